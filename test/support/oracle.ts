import type { Catalogue, Status } from '../../src/domain/catalogue/catalogue.ts'
import type { FeedRecord } from '../../src/domain/records/records.ts'
import { byText, inContractOrder, presenceRow, timeRows } from './oracleRows.ts'
import { act, decide, dueOf, moveClock, switchAway } from './oracleRule.ts'

/**
 * The rule by brute force: contract §3, §4 and §5, worked out from the text and sharing no code with `src`. Where the
 * text leaves something open the comment starts with "Reading:".
 */
export interface OracleInput {
  readonly catalogue: Catalogue
  /** In file order. */
  readonly records: readonly FeedRecord[]
  readonly start: number | null
  readonly until: number | null
  readonly initial: Readonly<Record<string, string>>
}

/** A turn of a live watcher: it reads so many more records, then decides for `now`. */
export interface Turn {
  readonly reads: number
  readonly now: number
}

export interface Person {
  readonly id: string
  readonly name: string
  status: string
  since: number
  lastSeen: number
  lastDialogueAt: number
  /** The deadline of the last automatic switch. */
  switchedDue: number
  /** The first deadline of the wave in which the guard holds this operator. */
  heldFrom: number | null
  /** Live: a switch that a record completed and that the turn's end makes. */
  pending: { at: number } | null
  readonly sessions: Map<string, { at: number; open: boolean }>
  readonly dialogues: Set<string>
  readonly spans: { from: number; to: number }[]
  readonly stays: { status: string; from: number; to: number; absentFrom: number | null }[]
}

export interface OracleTransition {
  readonly at: number
  readonly operator: string
  readonly from: string
  readonly to: string
  readonly cause: string
  readonly due: number | null
  readonly lastSeen: number | null
}

export interface World {
  readonly catalogue: Catalogue
  readonly people: readonly Person[]
  readonly target: string | null
  readonly sessionTimeout: number
  readonly transitions: OracleTransition[]
  readonly inquiries: { at: number; inquiry: string; eligible: string[]; absent: string[] }[]
  readonly held: { at: number; operators: string[] }[]
  late: number
  clock: number
  /** Every stamp since the first tick, in order of time; null before. Reading: the first of them is the clock there. */
  stamps: readonly number[] | null
}

const never = Number.NEGATIVE_INFINITY

/** A replay (§4.7). */
export function oracle(input: OracleInput) {
  const played = input.records.filter((record) => input.until === null || record.at <= input.until)
  const from = input.start ?? played[0]?.at ?? input.until ?? 0
  const world = createWorld(input, from)
  for (const record of played) {
    moveClock(world, record)
    decide(world, { record, now: world.clock, inclusive: false })
    act(world, record)
  }
  if (world.stamps === null)
    decide(world, { record: null, now: input.until ?? Number.POSITIVE_INFINITY, inclusive: true })
  const to = input.until ?? Math.max(from, world.clock, ...world.transitions.map(({ at }) => at))
  return {
    from,
    to,
    late: world.late,
    records: played.length,
    transitions: inContractOrder(world.transitions),
    inquiries: world.inquiries,
    held: world.held,
    operators: world.people.map((person) => presenceRow(world, person, to)),
    time: world.people.flatMap((person) => timeRows(world, person, to)),
  }
}

/** A live watcher (§4.8): a turn's records act, then it decides for the present. Answers where that leads. */
export function liveOracle(input: OracleInput, turns: readonly Turn[]) {
  const world = createWorld(input, input.start as number)
  let next = 0
  for (const { reads, now } of turns) {
    for (const read of input.records.slice(next, next + reads)) {
      const record = read.at > now + 60_000 ? { ...read, at: now } : read
      moveClock(world, record)
      if (world.stamps !== null) decide(world, { record, now, inclusive: true, pending: true })
      act(world, record)
    }
    next += reads
    if (world.stamps === null) decide(world, { record: null, now, inclusive: false })
    for (const person of world.people) {
      if (person.pending !== null) switchAway(world, person, { ...person.pending, due: dueOf(world, person).at })
    }
  }
  const { now } = turns.at(-1) as Turn
  const operators = world.people.map((person) => presenceRow(world, person, now))
  return { late: world.late, transitions: inContractOrder(world.transitions), held: world.held, operators }
}

function createWorld({ catalogue, initial }: OracleInput, from: number): World {
  const { settings, statuses } = catalogue
  const target = chooseTarget(catalogue)
  const people = [...catalogue.operators]
    .sort((a, b) => byText(a.id, b.id))
    .map(
      ({ id, name, initialStatus }): Person => ({
        id,
        name,
        status: initial[id] ?? initialStatus ?? settings.defaultOffline ?? target ?? (statuses[0] as Status).id,
        since: from,
        lastSeen: never,
        lastDialogueAt: never,
        switchedDue: never,
        heldFrom: null,
        pending: null,
        sessions: new Map(),
        dialogues: new Set(),
        spans: [],
        stays: [],
      }),
    )
  const sessionTimeout = Math.min(settings.sessionTimeoutMs, settings.offlineAfterMs ?? Number.POSITIVE_INFINITY)
  const found = { transitions: [], inquiries: [], held: [], late: 0, clock: never, stamps: null }
  return { catalogue, people, target, sessionTimeout, ...found }
}

/** Rule 4 of §4. */
function chooseTarget({ statuses, settings }: Catalogue): string | null {
  if (settings.autoOffline.enabled) return settings.autoOffline.status
  if (settings.defaultOffline !== null) return settings.defaultOffline
  const deaf = statuses.filter((status) => !status.canReceive)
  return (deaf.find((status) => !status.countAfterClose) ?? deaf[0])?.id ?? null
}
