import type { OracleTransition, Person, World } from './oracle.ts'
import { activeSessions, dueOf, statusOf, switchOf } from './oracleRule.ts'

/** By code point, which is how UTF-8 sorts. */
export function byText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/**
 * Contract §6: by time; at one instant the records' in record order, then the automatic ones by operator. Reading: a
 * switch that a record brought about before it acted stands right before that operator's own transition.
 */
export function inContractOrder(transitions: readonly OracleTransition[]): OracleTransition[] {
  const sorted = transitions.filter(({ cause }) => cause !== 'auto-offline').sort((a, b) => a.at - b.at)
  const automatic = transitions.filter(({ cause }) => cause === 'auto-offline')
  for (const one of automatic.sort((a, b) => a.at - b.at || byText(a.operator, b.operator))) {
    const own = sorted.findIndex((other) => other.at === one.at && other.operator === one.operator)
    const later = sorted.findIndex((other) => other.at > one.at)
    sorted.splice(own !== -1 ? own : later !== -1 ? later : sorted.length, 0, one)
  }
  return sorted
}

/** A row of `presence list` (§6) at `now`. Reading: a deadline passes after its instant; covered time, on completion. */
export function presenceRow(world: World, person: Person, now: number) {
  const { settings } = world.catalogue
  const status = statusOf(world, person.status)
  const timed = status?.canReceive === true && settings.offlineAfterMs !== null
  const silent = world.stamps !== null && now - world.clock > (settings.feedTimeoutMs as number)
  const sessions = activeSessions(world, person, now)
  const due = timed ? dueOf(world, person) : null
  const overdue = due !== null && !silent && (world.stamps === null ? due.at < now : due.known)
  const switchAt = timed && world.target !== null && !silent ? switchOf(world, person).at : null
  return {
    operator: person.id,
    name: person.name,
    status: person.status,
    statusName: status?.name ?? null,
    canReceive: status?.canReceive === true,
    since: person.since,
    presence: sessions > 0 ? 'connected' : status?.canReceive !== true ? 'away' : overdue ? 'overdue' : 'waiting',
    sessions,
    lastSeen: Number.isFinite(person.lastSeen) ? person.lastSeen : null,
    dialogues: person.dialogues.size,
    switchAt,
    switchTo: switchAt === null ? null : world.target,
  }
}

/** The `time` rows of one operator (§7): every stay against every span with a dialogue. */
export function timeRows(world: World, person: Person, to: number) {
  const stays = [...person.stays, { status: person.status, from: person.since, to, absentFrom: null }]
  const entered = [...new Set(stays.map(({ status }) => status))].sort(byText)
  return entered.map((id) => {
    const mine = stays.filter(({ status }) => status === id)
    const sum = (length: (stay: (typeof mine)[number]) => number) => mine.reduce((ms, stay) => ms + length(stay), 0)
    const wallMs = sum((stay) => stay.to - stay.from)
    const overlapMs = (stay: (typeof mine)[number], span: { from: number; to: number }) =>
      Math.max(0, Math.min(stay.to, span.to) - Math.max(stay.from, span.from))
    const dialogueMs = sum((stay) => person.spans.reduce((ms, span) => ms + overlapMs(stay, span), 0))
    return {
      operator: person.id,
      name: statusOf(world, id)?.name,
      status: id,
      stays: mine.length,
      wallMs,
      dialogueMs,
      countedMs: statusOf(world, id)?.countAfterClose === true ? wallMs - dialogueMs : wallMs,
      absentMs: sum((stay) => (stay.absentFrom === null ? 0 : stay.to - stay.absentFrom)),
    }
  })
}
