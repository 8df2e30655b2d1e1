import type { Failure } from '../../domain/failure.ts'
import { type Result, unreachable } from '../../domain/result.ts'
import type { Notice, WatchProblem } from '../../domain/watching/notice.ts'
import type { System } from '../../system/system.ts'
import { jsonLine } from '../../views/show.ts'
import { noticeLine, noticeShape } from '../../views/watching/watchNotice.ts'
import type { Call } from '../declaring/command.ts'

/** Tells notices as they come: JSON Lines on stdout, or lines for people. A problem is told once while it lasts. */
export interface Teller {
  tell(notices: readonly Notice[]): Promise<void>
  /** A turn's notices, or why it could not be taken. */
  tellTurn(turn: Result<readonly Notice[], Failure>, at: number): Promise<void>
}

export function createTeller({ globals }: Pick<Call, 'globals'>, system: System): Teller {
  const machine = globals.format !== 'table'
  let lasting = new Set<string>()

  async function tell(notices: readonly Notice[]): Promise<void> {
    for (const notice of notices) {
      if (machine) await system.stdout.write(`${jsonLine(noticeShape(notice))}\n`)
      else if (notice.type === 'switched' || notice.type === 'would-switch')
        await system.stdout.write(`${noticeLine(notice)}\n`)
      else if (!globals.quiet || notice.type === 'problem') await system.stderr.write(`${noticeLine(notice)}\n`)
    }
  }

  return {
    tell,
    async tellTurn(turn, at) {
      const notices: readonly Notice[] = turn.ok
        ? turn.value
        : [{ type: 'problem', at, problem: { code: 'refused', failure: turn.failure } }]
      const seen = new Set<string>()
      const news = notices.filter((notice) => {
        if (notice.type !== 'problem') return true
        const key = keyOf(notice.problem)
        seen.add(key)
        return !lasting.has(key)
      })
      await tell(news)
      const refusedBefore = [...lasting].some((key) => key.startsWith('refused '))
      const refusedNow = [...seen].some((key) => key.startsWith('refused '))
      if (refusedBefore && !refusedNow) await tell([{ type: 'mended', at }])
      lasting = new Set([...[...lasting].filter((key) => !key.startsWith('refused ')), ...seen])
    },
  }
}

function keyOf(problem: WatchProblem): string {
  switch (problem.code) {
    case 'no-target':
      return `no-target ${problem.operator}`
    case 'exposed':
      return `exposed ${problem.exposure.file}`
    case 'line-skipped':
      return `line-skipped ${problem.reason}`
    case 'hook-failed':
    case 'hook-skipped':
    case 'metrics-file':
      return problem.code
    case 'refused': {
      const { failure } = problem
      const kind = 'errno' in failure ? failure.errno : failure.code === 'not-a-file' ? failure.found : ''
      return `refused ${failure.code} ${kind}`
    }
    default:
      return unreachable(problem)
  }
}
