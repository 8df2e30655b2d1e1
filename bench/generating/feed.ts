import { operatorId } from './catalogue.ts'
import { createDice, shuffled } from './dice.ts'

/**
 * How the fields of a line stand: `canonical` as in the contract, `reordered` in any other order, `extra` with fields
 * that nobody asked for.
 */
export const variants = ['canonical', 'reordered', 'extra'] as const
export type Variant = (typeof variants)[number]

/** A feed of heartbeats: two sessions for each operator, each heard every 30 seconds. */
export interface FeedPlan {
  readonly operators: number
  readonly records: number
  readonly variant: Variant
  readonly seed: number
  /** The first record's time, in epoch milliseconds. */
  readonly startAt: number
}

export const heartbeatMs = 30_000
export const sessionsPerOperator = 2
/** Where the benchmarks' feeds begin. */
export const feedStartAt = Date.UTC(2026, 0, 5, 8)

const blockBytes = 1 << 20
const longestLine = 512

/**
 * The feed's bytes in blocks; each is good until the next one is asked for. Sessions come in an order of chance that
 * is the same in every round, evenly spread over the 30 seconds; the first round opens them.
 */
export function* feedBlocks(plan: FeedPlan): Generator<Uint8Array> {
  const sessions = plan.operators * sessionsPerOperator
  const dice = createDice(plan.seed)
  const order = shuffled(sessions, dice)
  const firstId = dice()
  const line = lineWriter(plan.variant)
  const block = Buffer.allocUnsafe(blockBytes)
  const now = { at: Number.NaN, text: '' }
  let length = 0
  for (let record = 0; record < plan.records; record++) {
    const round = Math.floor(record / sessions)
    const place = record % sessions
    const at = plan.startAt + round * heartbeatMs + Math.floor((place * heartbeatMs) / sessions)
    if (at !== now.at) {
      now.at = at
      now.text = new Date(at).toISOString()
    }
    const session = order[place] as number
    length += block.write(
      line({ at: now.text, session, id: sessionId(firstId, session), event: round === 0 ? 'open' : 'beat' }),
      length,
      'latin1',
    )
    if (length <= blockBytes - longestLine) continue
    yield block.subarray(0, length)
    length = 0
  }
  if (length > 0) yield block.subarray(0, length)
}

/** When the last record of the plan is stamped. */
export function feedEndAt({ operators, records, startAt }: FeedPlan): number {
  const sessions = operators * sessionsPerOperator
  const last = Math.max(0, records - 1)
  return startAt + Math.floor(last / sessions) * heartbeatMs + Math.floor(((last % sessions) * heartbeatMs) / sessions)
}

interface Heard {
  readonly at: string
  readonly session: number
  readonly id: string
  readonly event: 'open' | 'beat'
}

/** Eight digits that look like chance; different for each session, since an odd factor only permutes them. */
function sessionId(firstId: number, session: number): string {
  return (Math.imul(session + firstId, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')
}

function lineWriter(variant: Variant): (heard: Heard) => string {
  switch (variant) {
    case 'canonical':
      return ({ at, session, id, event }) =>
        `{"at":"${at}","operator":"${operatorOf(session)}","session":"${id}","event":"${event}"}\n`
    case 'reordered':
      return reorderedLine
    case 'extra':
      return ({ at, session, id, event }) =>
        `{"at":"${at}","operator":"${operatorOf(session)}","session":"${id}","event":"${event}","agent":"Panel/3.2","tab":{"visible":${session % 3 !== 0}},"rtt":${session % 97}}\n`
    default:
      return variant satisfies never
  }
}

/** Each session's panel has an order of its own, as different versions of a back end would. */
function reorderedLine({ at, session, id, event }: Heard): string {
  const operator = operatorOf(session)
  switch (session & 3) {
    case 0:
      return `{"event":"${event}","operator":"${operator}","session":"${id}","at":"${at}"}\n`
    case 1:
      return `{"session":"${id}","operator":"${operator}","event":"${event}","at":"${at}"}\n`
    case 2:
      return `{"at":"${at}","event":"${event}","session":"${id}","operator":"${operator}"}\n`
    default:
      return `{"operator":"${operator}","at":"${at}","event":"${event}","session":"${id}"}\n`
  }
}

function operatorOf(session: number): string {
  return operatorId(session >>> 1)
}
