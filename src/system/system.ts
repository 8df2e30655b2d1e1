import type { ChalkInstance } from 'chalk'
import type { Clock } from '../domain/clock.ts'

/** The outside world as things that are handed in. `system/real.ts` makes it from the process, tests make their own. */
export interface System {
  readonly clock: Clock
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly prompter: Prompter
  /** Is the output read aloud? Then nothing is redrawn, and words stand where else there are marks and colours. */
  readonly isPlain: boolean
  readonly account: Account
  /** The version of Node that runs the program: `20.19.0`. */
  readonly nodeVersion: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Relative file names are taken from here. */
  readonly cwd: string
  /** A file name made absolute from `cwd`. */
  absolute(file: string): string
  /** The absolute name of `sibling` in the folder of `file`, or of what `file` links to. */
  beside(file: string, sibling: string): string
  /** The one decision about colour for a stream, as a chalk of that level. */
  chalk(output: Output, choice: ColorChoice): Promise<ChalkInstance>
  /** Starts other programs; absent where none may be started. */
  readonly runProgram?: (run: ProgramRun) => Promise<ProgramEnd>
  /** From now on little memory counts for more than a millisecond: for a command that holds much. */
  readonly spareMemory?: () => void
  /** Aborted by SIGINT, SIGTERM or a reader of stdout that went away; `reason` is a `StopReason`. */
  readonly stop: AbortSignal
  /** Resolves when `stop` is aborted. */
  readonly stopped: Promise<StopReason>
}

export const colorChoices = ['auto', 'always', 'never'] as const
export type ColorChoice = (typeof colorChoices)[number]

export type StopReason = 'SIGINT' | 'SIGTERM' | 'reader-gone'

/** A program to be run without a shell. */
export interface ProgramRun {
  readonly command: readonly [string, ...string[]]
  /** What it finds on standard input. */
  readonly input: string
  /** After so long it is killed. */
  readonly timeoutMs: number
  /** Aborted: it is killed. */
  readonly signal: AbortSignal
}

export type ProgramEnd =
  | { readonly end: 'exit'; readonly code: number; readonly said: string }
  | { readonly end: 'killed'; readonly by: string }
  | { readonly end: 'timeout'; readonly timeoutMs: number }
  | { readonly end: 'stopped' }
  | { readonly end: 'not-started'; readonly errno: string }

export interface Input {
  readonly isTerminal: boolean
  bytes(): AsyncIterable<Uint8Array>
}

export interface Output {
  readonly isTerminal: boolean
  /** The terminal's width in columns; 80 where there is none. */
  readonly columns: number
  /** The terminal's height in lines; absent where there is none. */
  readonly rows?: number | undefined
  /**
   * Resolves when the text is handed on, and also when nobody reads any more (then stdout aborts `stop`). Rejects
   * with `OutputFailed` where the system refuses it: a full disk, an I/O error.
   */
  write(text: string): Promise<void>
}

/** What a stream could not take. */
export class OutputFailed extends Error {
  readonly stream: 'stdout' | 'stderr'
  /** The system's name for it: `ENOSPC`. */
  readonly errno: string
  constructor(stream: 'stdout' | 'stderr', errno: string) {
    super(`${stream} failed with ${errno}`)
    this.stream = stream
    this.errno = errno
  }
}

/** The operating system's account that runs the program. */
export interface Account {
  /** Its name; `uid:1234` where the system has no name for it. */
  readonly name: string
  readonly uid: number
}

/** Asks on the terminal, on stderr: inquirer, or numbered questions where nothing can be redrawn. Only called where stdin and stderr are terminals. */
export interface Prompter {
  text(question: TextQuestion): Promise<string>
  choose<Value extends string>(question: {
    message: string
    choices: readonly Choice<Value>[]
    initial?: Value
  }): Promise<Value>
  confirm(question: { message: string; initial: boolean }): Promise<boolean>
}

export interface TextQuestion {
  readonly message: string
  readonly initial?: string
  /** The objection to an answer; it is asked for again until there is none. */
  readonly check: (answer: string) => string | null
  /** What stands beside the answer while it is typed. */
  readonly remark?: (answer: string) => string | null
}

export interface Choice<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly note?: string
}

/** Thrown where a long work finds that the program was told to stop. */
export class Interrupted extends Error {}

/** Thrown by a prompter: Ctrl-C, or the terminal went away. */
export class PromptClosed extends Error {
  readonly why: 'interrupted' | 'ended'
  constructor(why: 'interrupted' | 'ended') {
    super(`the prompt was ${why}`)
    this.why = why
  }
}
