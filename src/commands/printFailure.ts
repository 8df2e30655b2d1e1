import { exitCodeOf, type Failure } from '../domain/failure.ts'
import { type ColorChoice, OutputFailed, PromptClosed, type System } from '../system/system.ts'
import { errorLine, failureLine, showFailure, showWords } from '../views/failure.ts'
import type { Paint } from '../views/paint.ts'
import type { OutputFormat } from '../views/shown.ts'
import type { FailureWords } from '../views/words.ts'

/** Writes a refusal to stderr: words for people, one line of JSON for programs. The answer is the exit code. */
export async function printFailure(
  failure: Failure,
  format: OutputFormat,
  system: System,
  color: ColorChoice = 'auto',
): Promise<number> {
  const text = format === 'table' ? showFailure(failure, await stderrPaint(system, color)) : failureLine(failure)
  await system.stderr.write(`${text}\n`).catch(ignoreLostStderr)
  return exitCodeOf(failure)
}

/** Writes what should not have happened. The answer is the exit code. */
export async function printUnexpected(
  error: unknown,
  format: OutputFormat,
  system: System,
  verbose: boolean,
): Promise<number> {
  if (error instanceof OutputFailed) {
    const file = error.stream === 'stdout' ? 'standard output' : 'standard error'
    return printFailure(
      { code: 'file', file, action: 'write', errno: error.errno, hint: 'what was printed is incomplete' },
      format,
      system,
    )
  }
  const known = error instanceof PromptClosed ? promptWords[error.why] : unexpectedWords(error, verbose)
  const text = format === 'table' ? showWords(known, await stderrPaint(system, 'auto')) : errorLine(known)
  await system.stderr.write(`${text}\n`).catch(ignoreLostStderr)
  return known.exitCode
}

type Ended = FailureWords & { readonly code: string; readonly exitCode: number }

const promptWords: Record<PromptClosed['why'], Ended> = {
  interrupted: {
    code: 'interrupted',
    message: 'interrupted; nothing was changed',
    details: [],
    hint: null,
    exitCode: 130,
  },
  ended: {
    code: 'missing-answer',
    message: 'the terminal was closed before the question was answered; nothing was changed',
    details: [],
    hint: 'give the answer as an argument or flag: see --help',
    exitCode: 2,
  },
}

function unexpectedWords(error: unknown, verbose: boolean): Ended {
  const message = error instanceof Error ? error.message : String(error)
  const stack = verbose && error instanceof Error ? (error.stack ?? '').split('\n').slice(1) : []
  return {
    code: 'unexpected',
    message: `unexpected: ${message}`,
    details: stack.map((line) => line.trim()),
    hint: verbose
      ? 'this is a bug: please report it with the lines above'
      : 'this is a bug: please report it with the output of the same command and --verbose',
    exitCode: 1,
  }
}

async function stderrPaint(system: System, color: ColorChoice): Promise<Paint> {
  const { stderr } = system
  return {
    chalk: await system.chalk(stderr, color),
    columns: stderr.columns,
    terminal: stderr.isTerminal,
    now: system.clock.now(),
  }
}

/** Where even stderr can't be written there is nobody left to tell; the exit code still does. */
function ignoreLostStderr(error: unknown): void {
  if (!(error instanceof OutputFailed)) throw error
}
