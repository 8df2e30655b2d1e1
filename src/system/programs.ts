import { type ChildProcess, spawn } from 'node:child_process'
import type { ProgramEnd, ProgramRun } from './system.ts'

/** So much of what a program said on stderr is kept, for messages. */
const saidBytes = 500

/**
 * Runs a program without a shell, in a process group of its own, and waits for its end. Never rejects. Whoever takes
 * longer than allowed, or is not wanted any more, is killed with everything it started.
 */
export function runProgram({ command, input, timeoutMs, signal }: ProgramRun): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const [file, ...args] = command
    const child = spawn(file, args, { stdio: ['pipe', 'ignore', 'pipe'], detached: true })
    let said = ''
    let cutShort: ProgramEnd | null = null
    const cut = (end: ProgramEnd) => {
      cutShort ??= end
      killGroup(child)
    }
    const stop = () => cut({ end: 'stopped' })
    const timer = setTimeout(() => cut({ end: 'timeout', timeoutMs }), timeoutMs)
    const finish = (end: ProgramEnd) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      child.stderr.destroy()
      resolve(cutShort ?? end)
    }
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, saidBytes)
    })
    // A program need not read what it is given.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    child.on('error', (error: NodeJS.ErrnoException) => finish({ end: 'not-started', errno: error.code ?? 'EIO' }))
    // Not `close`: what the program left running in the background may keep stderr open.
    child.on('exit', (code, killer) => {
      setImmediate(() =>
        finish(killer === null ? { end: 'exit', code: code ?? 0, said } : { end: 'killed', by: killer }),
      )
    })
  })
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // It ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
