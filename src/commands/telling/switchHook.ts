import type { HookEnd, Notice, SwitchedEntry } from '../../domain/watching/notice.ts'
import type { System } from '../../system/system.ts'
import { jsonLine } from '../../views/show.ts'
import { noticeShape } from '../../views/watching/watchNotice.ts'

/** The program of `--on-switch`: called once for each switch, in their order, one at a time. Never waited for. */
export interface SwitchHook {
  push(entries: readonly SwitchedEntry[]): void
  /** What went wrong since the last time. */
  takeProblems(at: number): Notice[]
  /** Gives the calls that are left so many milliseconds, then kills and skips. */
  finish(patienceMs: number): Promise<void>
}

const timeoutMs = 10_000
/** A program this far behind is not waited for: what it misses is in the history. */
const longestQueue = 1000

type Problem = Extract<Notice, { type: 'problem' }>['problem']

export function createSwitchHook(
  command: readonly [string, ...string[]],
  { runProgram, clock }: { runProgram: NonNullable<System['runProgram']>; clock: System['clock'] },
): SwitchHook {
  const queue: SwitchedEntry[] = []
  const stop = new AbortController()
  let problems: Problem[] = []
  let skipped = 0
  let running: Promise<void> | null = null

  async function work(): Promise<void> {
    for (let entry = queue.shift(); entry !== undefined && !stop.signal.aborted; entry = queue.shift()) {
      const input = `${jsonLine(noticeShape({ type: 'switched', entry }))}\n`
      const end: HookEnd = await runProgram({ command, input, timeoutMs, signal: stop.signal })
      if (end.end !== 'exit' || end.code !== 0) problems.push({ code: 'hook-failed', operator: entry.operator, end })
    }
    running = null
  }

  return {
    push(entries) {
      const room = longestQueue - queue.length
      queue.push(...entries.slice(0, Math.max(0, room)))
      skipped += Math.max(0, entries.length - room)
      if (queue.length > 0) running ??= work()
    },
    takeProblems(at) {
      if (skipped > 0) problems.push({ code: 'hook-skipped', switches: skipped, reason: 'queue-full' })
      const taken = problems
      problems = []
      skipped = 0
      return taken.map((problem) => ({ type: 'problem', at, problem }))
    },
    async finish(patienceMs) {
      const patience = new AbortController()
      const done = running?.then(() => patience.abort())
      if (done === undefined) return
      await clock.sleep(patienceMs, patience.signal)
      const left = queue.splice(0).length
      if (left > 0) problems.push({ code: 'hook-skipped', switches: left, reason: 'stopped' })
      stop.abort()
      await done
    },
  }
}
