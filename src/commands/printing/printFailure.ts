import { exitCodeOf, type Failure } from '../../domain/failure.ts'
import { type ColorChoice, OutputFailed, PromptClosed, type System } from '../../system/system.ts'
import { wordPromptClosed, wordUnexpected } from '../../views/failures/endedWords.ts'
import { errorLine, failureLine, showFailure, showWords } from '../../views/failures/failure.ts'
import type { Paint } from '../../views/painting/paint.ts'
import type { OutputFormat } from '../../views/shown.ts'
import { paintFor } from './paintFor.ts'

/** How errors are to be said, and where. */
export interface Saying {
  readonly format: OutputFormat
  readonly color: ColorChoice
  /** `full`: of a bug, where it happened too. */
  readonly detail: 'brief' | 'full'
  /** `done`: all but the printing. */
  readonly progress: 'under-way' | 'done'
  readonly system: System
}

/** Writes a refusal to stderr: words for people, one line of JSON for programs. The answer is the exit code. */
export async function printFailure(failure: Failure, saying: Saying): Promise<number> {
  await say(saying, (paint) => (paint === null ? failureLine(failure) : showFailure(failure, paint)))
  return exitCodeOf(failure)
}

/** Writes what should not have happened. The answer is the exit code. */
export async function printUnexpected(error: unknown, saying: Saying): Promise<number> {
  if (error instanceof OutputFailed) {
    const file = error.stream === 'stdout' ? 'standard output' : 'standard error'
    const hint = saying.progress === 'done' ? 'output-lost-but-done' : 'output-lost'
    return printFailure({ code: 'file', file, action: 'write', errno: error.errno, hint }, saying)
  }
  const known = error instanceof PromptClosed ? wordPromptClosed(error.why) : wordUnexpected(error, saying.detail)
  await say(saying, (paint) => (paint === null ? errorLine(known) : showWords(known, paint)))
  return known.exitCode
}

/** Null: it is said to a program. */
async function say({ format, color, system }: Saying, text: (paint: Paint | null) => string): Promise<void> {
  const paint = format === 'table' ? await paintFor(system.stderr, color, system) : null
  await system.stderr.write(`${text(paint)}\n`).catch(ignoreLostStderr)
}

/** Where even stderr can't be written there is nobody left to tell; the exit code still does. */
function ignoreLostStderr(error: unknown): void {
  if (!(error instanceof OutputFailed)) throw error
}
