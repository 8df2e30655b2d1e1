import type { FailureWords } from './words.ts'

/** An end that no command chose, in words. */
export type Ended = FailureWords & { readonly code: string; readonly exitCode: number }

/** The question was left without an answer: by Ctrl-C, or as the terminal went away. */
export function wordPromptClosed(why: 'interrupted' | 'ended'): Ended {
  if (why === 'interrupted')
    return { code: 'interrupted', message: 'interrupted; nothing was changed', details: [], hint: null, exitCode: 130 }
  return {
    code: 'missing-answer',
    message: 'the terminal was closed before the question was answered; nothing was changed',
    details: [],
    hint: 'give the answer as an argument or flag: see --help',
    exitCode: 2,
  }
}

/** A bug. `full`: with the place where it happened. */
export function wordUnexpected(error: unknown, detail: 'brief' | 'full'): Ended {
  const message = error instanceof Error ? error.message : String(error)
  const stack = detail === 'full' && error instanceof Error ? (error.stack ?? '').split('\n').slice(1) : []
  return {
    code: 'unexpected',
    message: `unexpected: ${message}`,
    details: stack.map((line) => line.trim()),
    hint:
      detail === 'full'
        ? 'this is a bug: please report it with the lines above'
        : 'this is a bug: please report it with the output of the same command and --verbose',
    exitCode: 1,
  }
}
