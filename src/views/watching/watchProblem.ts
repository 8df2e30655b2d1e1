import { unreachable } from '../../domain/result.ts'
import { formatDuration } from '../../domain/time.ts'
import type { HookEnd, WatchProblem } from '../../domain/watching/notice.ts'
import { counted } from '../catalogue/outcome.ts'
import { wordErrno } from '../failures/errno.ts'
import { wordFailure } from '../failures/failure.ts'
import { exposureWords } from '../findings/fileFindingWords.ts'
import { skippedNext, skipReasonWords } from '../findings/skippedLines.ts'

/** A watcher's problem as a line for people. */
export function watchProblemLine(problem: WatchProblem): string {
  const { message, hint } = wordsOf(problem)
  const advice = hint === null ? '' : ` (${hint})`
  return `problem: ${message}${advice}${problem.code === 'refused' ? '; trying again' : ''}`
}

/** The same as an object of `watch -o json`. */
export function watchProblemShape(problem: WatchProblem): Record<string, unknown> {
  switch (problem.code) {
    case 'refused': {
      const { message, hint, details } = wordFailure(problem.failure)
      return { code: problem.failure.code, message, hint, details }
    }
    case 'no-target':
      return { code: problem.code, operator: problem.operator, message: watchProblemLine(problem) }
    case 'line-skipped':
      return { ...problem, line: Number.isNaN(problem.line) ? null : problem.line, ...wordsOf(problem) }
    case 'exposed':
      return { code: problem.code, file: problem.exposure.file, ...wordsOf(problem) }
    case 'hook-failed':
      return { code: problem.code, operator: problem.operator, ...wordsOf(problem), ...problem.end }
    case 'hook-skipped':
    case 'metrics-file':
      return { ...problem, ...wordsOf(problem) }
    default:
      return unreachable(problem)
  }
}

function wordsOf(problem: WatchProblem): { readonly message: string; readonly hint: string | null } {
  switch (problem.code) {
    case 'refused': {
      const { message, hint } = wordFailure(problem.failure)
      return { message, hint }
    }
    case 'no-target':
      return {
        message: `${problem.operator} is absent, but every status can receive, so nobody can be switched; add a status with 'opstat status create NAME'`,
        hint: null,
      }
    case 'line-skipped': {
      const place = Number.isNaN(problem.line) ? 'a line of the feed' : `line ${problem.line} of the feed`
      const message = `${place} was passed over, ${skipReasonWords[problem.reason]}: ${problem.excerpt}`
      return { message, hint: skippedNext[problem.reason] }
    }
    case 'exposed': {
      const { detail, next } = exposureWords(problem.exposure)
      return { message: detail, hint: next }
    }
    case 'hook-failed':
      return {
        message: `the --on-switch program for ${problem.operator} ${endWords(problem.end)}`,
        hint: 'the switch stands; what was missed is in opstat history',
      }
    case 'hook-skipped':
      return {
        message:
          problem.reason === 'queue-full'
            ? `the --on-switch program is too slow: ${counted(problem.switches, 'switch')} not told`
            : `ended before the --on-switch program was told of ${counted(problem.switches, 'switch')}`,
        hint: 'the switches stand; what was missed is in opstat history',
      }
    case 'metrics-file':
      return {
        message: `can't write the metrics to ${problem.file}: ${wordErrno(problem.errno)} (${problem.errno})`,
        hint: null,
      }
    default:
      return unreachable(problem)
  }
}

function endWords(end: HookEnd): string {
  switch (end.end) {
    case 'exit':
      return `ended with ${end.code}${end.said.trim() === '' ? '' : `: ${end.said.trim()}`}`
    case 'killed':
      return `was ended by ${end.by}`
    case 'timeout':
      return `took longer than ${formatDuration(end.timeoutMs)} and was killed`
    case 'stopped':
      return 'was killed when the watcher ended'
    case 'not-started':
      return `could not be started: ${wordErrno(end.errno)} (${end.errno})`
    default:
      return unreachable(end)
  }
}
