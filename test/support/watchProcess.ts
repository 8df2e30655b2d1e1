import { type ChildProcess, spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { binFile, cleanEnv, ensureBuilt } from './opstat.ts'

type Said = Readonly<Record<string, unknown>> & { readonly type: string }

/** A watcher as a process of its own, whose lines are awaited. */
export interface WatchProcess {
  readonly child: ChildProcess
  readonly said: readonly Said[]
  /** Resolves with the first line so far, or to come, that fits; rejects after a minute. */
  until(fits: (line: Said) => boolean): Promise<Said>
  /** Sends a signal and resolves with the exit code and how long the end took, in milliseconds. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly tookMs: number }>
}

const patienceMs = 60_000

export function startWatch(
  folder: string,
  flags: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): WatchProcess {
  ensureBuilt()
  const child = spawn(process.execPath, [binFile, 'watch', '-o', 'json', ...flags], {
    cwd: folder,
    env: { ...cleanEnv, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said: Said[] = []
  const waiting = new Set<() => void>()
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() as string
    said.push(...lines.map((line) => JSON.parse(line) as Said))
    for (const look of waiting) look()
  })
  return {
    child,
    said,
    until: (fits) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`the watcher never said it: ${JSON.stringify(said)}`)),
          patienceMs,
        )
        const look = () => {
          const found = said.find(fits)
          if (found === undefined) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    end: (signal) =>
      new Promise((resolve) => {
        const asked = performance.now()
        child.on('exit', (code) => resolve({ code, tookMs: performance.now() - asked }))
        child.kill(signal)
      }),
  }
}
