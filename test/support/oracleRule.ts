import type { Status } from '../../src/domain/catalogue/catalogue.ts'
import type { FeedRecord } from '../../src/domain/records/records.ts'
import type { OracleTransition, Person, World } from './oracle.ts'
import { byText } from './oracleRows.ts'

const minute = 60_000

export function statusOf(world: World, id: string): Status | undefined {
  return world.catalogue.statuses.find((status) => status.id === id)
}

export function receiving(world: World): Person[] {
  return world.people.filter((person) => statusOf(world, person.status)?.canReceive === true)
}

/** When `amount` of counted time after `base` is complete. Ahead of the clock it is taken to go on being covered. */
function reach(world: World, base: number, amount: number): { at: number; known: boolean } {
  const { stamps } = world
  if (stamps === null) return { at: base + amount, known: false }
  let rest = amount
  for (const [index, to] of stamps.entries()) {
    const from = index === 0 ? Number.NEGATIVE_INFINITY : (stamps[index - 1] as number)
    const counts = index === 0 || to - from <= (world.catalogue.settings.feedTimeoutMs as number)
    const start = Math.max(base, from)
    if (!counts || to < start) continue
    if (to - start >= rest) return { at: start + rest, known: true }
    rest -= to - start
  }
  return { at: Math.max(base, world.clock) + rest, known: false }
}

/** The deadline of a receiving operator (§4.3). `known`: the covered time up to it is complete. */
export function dueOf(world: World, person: Person): { at: number; known: boolean } {
  return reach(world, Math.max(person.lastSeen, person.since), world.catalogue.settings.offlineAfterMs as number)
}

/**
 * When a silent operator is switched: at the deadline or at the release, whichever is later. Reading: a sign of life
 * at the own deadline restores (§4.3) even where the release falls on the same instant.
 */
export function switchOf(world: World, person: Person): { at: number; known: boolean; due: number; released: boolean } {
  const due = dueOf(world, person)
  if (person.heldFrom === null) return { ...due, due: due.at, released: false }
  const release = reach(world, person.heldFrom, world.catalogue.settings.massGuard?.holdMs as number)
  const at = Math.max(due.at, release.at)
  return { at, known: due.known && release.known, due: due.at, released: release.at > due.at }
}

interface Question {
  readonly record: FeedRecord | null
  readonly now: number
  readonly inclusive: boolean
  readonly pending?: boolean
}

/** Decides what has passed, in order of time; `record` has not acted yet. */
export function decide(world: World, question: Question): void {
  const { settings } = world.catalogue
  if (settings.offlineAfterMs === null || world.target === null) return
  for (;;) {
    const next = receiving(world)
      .map((person) => ({ person, ...switchOf(world, person) }))
      .filter((candidate) => candidate.person.pending === null && isOver(world, question, candidate))
      .sort(
        (a, b) =>
          a.at - b.at ||
          Number(a.person.heldFrom === null) - Number(b.person.heldFrom === null) ||
          byText(a.person.id, b.person.id),
      )[0]
    if (next === undefined) return
    if (next.person.heldFrom === null && isHeld(world, next.at)) continue
    // Covered time is completed by a record, and the switch is that record's time (§5).
    const at = world.stamps === null ? next.at : Math.max(next.at, (question.record as FeedRecord).at)
    if (question.pending === true) next.person.pending = { at }
    else switchAway(world, next.person, { at, due: next.due })
  }
}

function isOver(
  world: World,
  { record, now, inclusive }: Question,
  { person, at, known, due, released }: { person: Person; at: number; known: boolean; due: number; released: boolean },
): boolean {
  if (world.stamps === null) return at < now || (at === now && (inclusive || released))
  const own = record !== null && isSignOfLife(record) && record.operator === person.id
  return known && !(own && (record.at <= due || (released && record.at < at)))
}

/** The guard (§5). Reading: "one minute later" is a minute of the clock even where a gap lies in it. */
function isHeld(world: World, first: number): boolean {
  const guard = world.catalogue.settings.massGuard
  const subject = receiving(world).filter(({ pending }) => pending === null)
  const wave = subject.filter((person) => {
    const due = dueOf(world, person).at
    return person.heldFrom === null && due >= first && due <= first + minute
  })
  if (guard === null || wave.length < guard.atLeast || wave.length <= guard.share * subject.length) return false
  for (const person of wave) person.heldFrom = first
  world.held.push({ at: first, operators: wave.map(({ id }) => id).sort(byText) })
  return true
}

export function switchAway(world: World, person: Person, { at, due }: { at: number; due: number }): void {
  person.switchedDue = due
  const lastSeen = Number.isFinite(person.lastSeen) ? person.lastSeen : null
  enter(world, person, { at, to: world.target as string, cause: 'auto-offline', due, lastSeen })
}

function enter(world: World, person: Person, move: Omit<OracleTransition, 'operator' | 'from'>): void {
  const absentFrom = move.cause === 'auto-offline' ? Math.max(person.lastSeen, person.since) : null
  person.stays.push({ status: person.status, from: person.since, to: move.at, absentFrom })
  world.transitions.push({ ...move, operator: person.id, from: person.status })
  Object.assign(person, { status: move.to, since: move.at, heldFrom: null, pending: null })
}

/** The clock is the latest stamp; the first tick itself is still judged by the plain rule. */
export function moveClock(world: World, { at }: FeedRecord): void {
  world.clock = Math.max(world.clock, at)
  const first = world.stamps?.[0]
  if (first !== undefined && at >= first) world.stamps = [...(world.stamps ?? []), at].sort((a, b) => a - b)
}

export function act(world: World, record: FeedRecord): void {
  if (record.event === 'tick') {
    if (world.stamps === null && world.catalogue.settings.feedTimeoutMs !== null) world.stamps = [world.clock]
  } else if (record.event === 'inquiry') {
    const eligible = receiving(world)
    const absent = eligible.filter((person) => activeSessions(world, person, record.at) === 0)
    const ids = (list: readonly Person[]) => list.map(({ id }) => id)
    world.inquiries.push({ at: record.at, inquiry: record.inquiry, eligible: ids(eligible), absent: ids(absent) })
  } else {
    const person = world.people.find(({ id }) => id === record.operator) as Person
    if ('dialogue' in record) actOnDialogue(world, person, record)
    else see(world, person, record)
  }
}

function actOnDialogue(
  world: World,
  person: Person,
  record: Extract<FeedRecord, { event: 'dialogue-open' | 'dialogue-close' }>,
): void {
  if (record.at < person.lastDialogueAt) world.late++
  const at = Math.max(record.at, person.lastDialogueAt)
  person.lastDialogueAt = at
  const before = person.dialogues.size
  if (record.event === 'dialogue-open') person.dialogues.add(record.dialogue)
  else person.dialogues.delete(record.dialogue)
  if (before === 0 && person.dialogues.size === 1) person.spans.push({ from: at, to: Number.POSITIVE_INFINITY })
  if (before === 1 && person.dialogues.size === 0) (person.spans.at(-1) as { to: number }).to = at
}

function see(
  world: World,
  person: Person,
  record: Extract<FeedRecord, { session: string } | { event: 'status' }>,
): void {
  const tooOld = record.event === 'status' && record.at < person.since
  if (record.at < person.lastSeen || record.at <= person.switchedDue || tooOld) world.late++
  // Reading: a sign of life that doesn't move the deadline (a double, one older than the stay) drops no held switch.
  if (record.at > Math.max(person.lastSeen, person.since)) Object.assign(person, { heldFrom: null, pending: null })
  person.lastSeen = Math.max(person.lastSeen, record.at)
  if (record.event === 'status') {
    if (tooOld || record.status === person.status) return
    enter(world, person, { at: record.at, to: record.status, cause: 'panel', due: null, lastSeen: null })
    return
  }
  const session = person.sessions.get(record.session)
  // Reading: a session is what its latest stamp says; on one stamp the later line.
  if (session !== undefined && record.at < session.at) return
  person.sessions.set(record.session, { at: record.at, open: record.event !== 'close' })
}

export function activeSessions(world: World, person: Person, now: number): number {
  return [...person.sessions.values()].filter(({ open, at }) => open && now - at <= world.sessionTimeout).length
}

function isSignOfLife(record: FeedRecord): record is Extract<FeedRecord, { session: string } | { event: 'status' }> {
  return ['open', 'beat', 'close', 'status'].includes(record.event)
}
