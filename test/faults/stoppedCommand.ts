import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { binFile, cleanEnv, type Ended, ensureBuilt } from '../support/opstat.ts'
import { copyOf, oneThread, type Run, type StoreCall } from './faultedCalls.ts'

/** A command that stands still, stopped right after one of its calls. */
export interface StoppedCommand {
  readonly folder: string
  /** Lets it go on to its end. */
  goOn(): Promise<Ended>
  kill(): void
}

/** Runs a command in a copy of a folder until a call of its main thread; resolves when it was stopped there. */
export async function startAndStop({ args, template }: Run, { kind, nth }: StoreCall): Promise<StoppedCommand> {
  ensureBuilt()
  const folder = copyOf(template)
  const log = `${folder}.strace`
  const flags = ['-f', '-o', log, '-e', `trace=${kind}`, '-e', `inject=${kind}:signal=STOP:when=${nth}`]
  const child = spawn('strace', [...flags, process.execPath, binFile, ...args], {
    cwd: folder,
    env: { ...cleanEnv, ...oneThread },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  let isOver = false
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      isOver = true
      resolve({ code: code ?? 137, stdout: '', stderr })
    })
  })
  const pid = await stoppedPid(log, () => isOver)
  onTestFinished(() => {
    if (!isOver) process.kill(pid, 'SIGKILL')
    rmSync(log, { force: true })
  })
  return {
    folder,
    goOn: () => {
      process.kill(pid, 'SIGCONT')
      return ended
    },
    kill: () => {
      isOver = process.kill(pid, 'SIGKILL')
    },
  }
}

/** The main thread's number, once strace has seen all stop. */
async function stoppedPid(log: string, isOver: () => boolean): Promise<number> {
  for (;;) {
    const text = readQuietly(log)
    const [, pid] = /^(\d+) +--- stopped by SIGSTOP ---$/m.exec(text) ?? []
    if (pid !== undefined) return Number(/^\d+/.exec(text)?.[0])
    if (isOver()) throw new Error(`it never stopped:\n${text}`)
    await pause(5)
  }
}

function readQuietly(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
