import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { onTestFinished } from 'vitest'
import { binFile, cleanEnv, ensureBuilt } from './opstat.ts'

export const keys = { enter: '\r', up: '\x1b[A', down: '\x1b[B', ctrlC: '\x03', ctrlD: '\x04' } as const

export interface Terminal {
  /** Resolves with what was shown since the last call, without control characters, once `words` are among it. */
  shows(words: string): Promise<string>
  type(text: string): void
  /** The exit code. */
  readonly ended: Promise<number>
  /** Every byte that reached the terminal, echoes too. */
  readonly bytes: () => string
}

/**
 * Runs the built program on a pseudo-terminal of its own (util-linux's `script`), which is its only standard stream;
 * with `input`, standard input is that file.
 */
export function onTerminal(
  args: readonly string[],
  {
    folder,
    env = {},
    input,
  }: { readonly folder: string; readonly env?: Readonly<Record<string, string>>; readonly input?: string },
): Terminal {
  ensureBuilt()
  const words = [process.execPath, binFile, ...args].map(quoted).join(' ')
  const command = input === undefined ? words : `${words} < ${quoted(input)}`
  const child = spawn('script', ['-qefc', `stty cols 100 rows 40; exec ${command}`, '/dev/null'], {
    cwd: folder,
    env: { ...cleanEnv, TERM: 'xterm-256color', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let bytes = ''
  let seen = 0
  let look: () => void = () => undefined
  let over = false
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    bytes += chunk
    look()
  })
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      over = true
      look()
      resolve(code ?? -1)
    })
  })
  return {
    shows: (words) =>
      new Promise((resolve, reject) => {
        look = () => {
          const text = stripVTControlCharacters(bytes.slice(seen)).replaceAll('\r', '')
          if (text.includes(words)) {
            seen = bytes.length
            look = () => undefined
            resolve(text)
          } else if (over) reject(new Error(`${JSON.stringify(words)} never came; since then there was:\n${text}`))
        }
        look()
      }),
    type(text) {
      child.stdin.write(text)
    },
    ended,
    bytes: () => bytes,
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
