import { realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readAccount } from './account.ts'
import { machineClock } from './clock.ts'
import { canRedraw, colorLevel, isPlain } from './color.ts'
import { colorless } from './colorless.ts'
import { spareMemory } from './memory.ts'
import { openPrompter } from './prompts/openPrompter.ts'
import { listenForStop } from './signals.ts'
import { openInput, openOutput } from './streams.ts'
import type { Account, System } from './system.ts'

export interface RealSystem extends System {
  readonly isStopped: boolean
  /** Lets go of standard input, so that nothing keeps the process from ending. */
  close(): void
}

/** The process as a System. Nothing is read or asked before it is needed. */
export function openRealSystem(): RealSystem {
  const stopper = listenForStop()
  const cwd = process.cwd()
  let account: Account | undefined
  let reads = false
  const stdin = openInput()
  return {
    clock: machineClock,
    stdin: {
      get isTerminal() {
        return stdin.isTerminal
      },
      bytes() {
        reads = true
        return stdin.bytes()
      },
    },
    stdout: openOutput('stdout', () => stopper.stop('reader-gone')),
    stderr: openOutput('stderr', () => undefined),
    prompter: openPrompter(canRedraw(process.env) ? 'drawn' : 'plain'),
    isPlain: isPlain(process.env),
    get account() {
      account ??= readAccount()
      return account
    },
    nodeVersion: process.versions.node,
    env: process.env,
    cwd,
    absolute: (file) => resolve(cwd, file),
    beside: (file, sibling) => join(dirname(linkedFile(resolve(cwd, file))), sibling),
    async chalk(output, choice) {
      const level = colorLevel({ choice, env: process.env, isTerminal: output.isTerminal })
      if (level === 0) return colorless
      const { Chalk } = await import('chalk')
      return new Chalk({ level })
    },
    runProgram: async (run) => (await import('./programs.ts')).runProgram(run),
    spareMemory,
    get stop() {
      return stopper.signal
    },
    stopped: stopper.stopped,
    get isStopped() {
      return stopper.isStopped
    },
    close() {
      if (reads || stopper.isStopped) process.stdin.destroy()
    },
  }
}

/** The file that a link leads to; the name itself where nothing is there yet. */
function linkedFile(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
