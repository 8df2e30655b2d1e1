import type { Status } from '../catalogue/catalogue.ts'
import { spansOf, sumTime, type TimeSums } from '../history/accounting.ts'
import type { Transition } from '../history/history.ts'
import { staysOf } from '../history/stayLines.ts'
import { compareIds } from '../order.ts'
import { type PresenceRow, presenceRows } from '../presence/presence.ts'
import type { PresenceState } from '../presence/presenceState.ts'
import type { PresenceEvent } from '../rule/events.ts'
import type { Replay } from './replay.ts'
import { transitionAt } from './transitionLog.ts'

/** A row of time per operator and status entered (contract §7). */
export interface TimeRow extends TimeSums {
  readonly operator: string
  readonly name: string
}

/** What a replay came to. Its lists are made when they are first asked for. */
export interface ReplayResult {
  /** Null where there was neither a start nor a record. */
  readonly from: number | null
  readonly to: number | null
  readonly records: number
  readonly beyond: number
  readonly late: number
  /** The status each operator started in, by operator id. */
  readonly startStatus: ReadonlyMap<string, string>
  /** In the order of contract §6. */
  readonly transitions: readonly Transition[]
  readonly operators: readonly PresenceRow[]
  readonly time: readonly TimeRow[]
  readonly inquiries: Replay['inquiries']
  readonly problems: readonly PresenceEvent[]
}

/** `to`: where a finished replay ends. */
export function resultOf(replay: Replay, to: number | null): ReplayResult {
  const { state, setup } = replay
  const startStatus = lazily(() => startStatusOf(replay))
  const transitions = lazily(() => [...eachTransition(replay)])
  const operators = lazily(() => (to === null ? [] : presenceRows(state, setup.catalogue, to)))
  const time = lazily(() => [...eachTimeRow(replay, to)])
  return {
    from: replay.from,
    to,
    records: replay.played,
    beyond: replay.beyond,
    late: state.late,
    get startStatus() {
      return startStatus()
    },
    get transitions() {
      return transitions()
    },
    get operators() {
      return operators()
    },
    get time() {
      return time()
    },
    inquiries: replay.inquiries,
    problems: replay.problems,
  }
}

/** The transitions of a finished replay in the order of contract §6, each made when it is looked at. */
export function* eachTransition({ log, order }: Replay): Iterable<Transition> {
  for (const index of order) yield transitionAt(log, index)
}

/** The time rows of a finished replay that ends at `to`: by operator id, then status id. */
export function* eachTimeRow(replay: Replay, to: number | null): Iterable<TimeRow> {
  const { state, from } = replay
  if (to === null || from === null) return
  const window = { from, to }
  const ofOperator = placesByOperator(replay)
  const statusOf = (id: string) => statusNamed(state, id)
  for (const index of indexesById(state)) {
    const operator = state.operators[index] as string
    const start = state.statuses[replay.startStatus[index] as number]
    if (start === undefined) continue
    const transitions = Array.from(ofOperator(index), (place) => transitionAt(replay.log, place))
    const stays = staysOf({ start, transitions, window, statusOf })
    const spans = spansOf(replay.dialogueEdges.get(operator) ?? [], to)
    const sums = sumTime(stays, spans, window).sort((a, b) => compareIds(a.status, b.status))
    for (const row of sums) yield { operator, name: statusOf(row.status).name, ...row }
  }
}

function startStatusOf({ state, startStatus }: Replay): Map<string, string> {
  return new Map(state.operators.map((id, index) => [id, state.statuses[startStatus[index] as number]?.id ?? '']))
}

function indexesById({ operators }: PresenceState): Int32Array {
  const compare = (a: number, b: number) => compareIds(operators[a] as string, operators[b] as string)
  return Int32Array.from(operators.keys()).sort(compare)
}

/** Each operator's own places in the log, in the log's order: first counted, then dealt out. */
function placesByOperator({ state, log, order }: Replay): (operator: number) => Int32Array {
  const ends = new Int32Array(state.operators.length + 1)
  for (const place of order) {
    const operator = log.operator[place] as number
    ends[operator + 1] = (ends[operator + 1] as number) + 1
  }
  for (let operator = 1; operator < ends.length; operator++)
    ends[operator] = (ends[operator] as number) + (ends[operator - 1] as number)
  const places = new Int32Array(order.length)
  for (const place of order) {
    const operator = log.operator[place] as number
    places[ends[operator] as number] = place
    ends[operator] = (ends[operator] as number) + 1
  }
  return (operator) => places.subarray(operator === 0 ? 0 : ends[operator - 1], ends[operator])
}

function statusNamed(state: PresenceState, id: string): Status {
  return state.statuses[state.statusIndexById.get(id) as number] as Status
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
