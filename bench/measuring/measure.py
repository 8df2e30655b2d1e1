# Runs programs one after the other and says what each one cost: a line of JSON in, a line of JSON out.
#
# Node can't ask what an ended child has cost, and the shell's `time` cuts to whole milliseconds, of which a start
# takes thirteen. wait4 has the kernel's own microseconds, and the peak of resident memory besides.
import json
import os
import signal
import sys
import time

child = None


def end(*_):
    if child is not None:
        os.kill(child, signal.SIGKILL)
    sys.exit(1)


# Who interrupts the benchmark at the terminal interrupts what is measured; the benchmark itself asks to end.
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, end)

for line in sys.stdin:
    job = json.loads(line)
    os.chdir(job["cwd"])
    streams = [
        (os.POSIX_SPAWN_OPEN, 0, job["input"], os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, job["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, job["complaints"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    ]
    started = time.monotonic()
    child = os.posix_spawn(job["words"][0], job["words"], job["env"], file_actions=streams, setsigdef=[signal.SIGINT, signal.SIGTERM])
    _, status, usage = os.wait4(child, 0)
    child = None
    spent = {
        "wallMs": (time.monotonic() - started) * 1000,
        "cpuMs": (usage.ru_utime + usage.ru_stime) * 1000,
        # Linux counts kibibytes, macOS bytes.
        "peakBytes": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "code": os.waitstatus_to_exitcode(status),
    }
    print(json.dumps(spent), flush=True)
