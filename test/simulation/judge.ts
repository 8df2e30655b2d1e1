import type { HistoryEntry } from '../../src/domain/history/history.ts'
import type { Line } from './backEnd.ts'
import type { Evidence, Writing } from './evidence.ts'

type Entered = Extract<HistoryEntry, { type: 'status-entered' }>

/** Every promise that was broken, in words; the oracle of the simulation (reliability W1–W6, S2, F4). */
export function judge(evidence: Evidence): string[] {
  const { history, lines, acknowledged, announced } = evidence
  const broken: string[] = []
  const stays = new Map<string, Entered>()
  const chosen = lines.filter(({ event, writtenAt }) => event === 'status' && Number.isFinite(writtenAt))
  const told = new Map<Line, number>()
  for (const entry of history) {
    if (entry.type !== 'status-entered') continue
    const before = stays.get(entry.operator)
    const where = `entry ${entry.seq}, ${entry.operator} to ${entry.to} by ${entry.cause}`
    if ((before?.to ?? null) !== entry.from) broken.push(`${where} leaves from ${entry.from}, not from ${before?.to}`)
    if (before?.to === entry.to) broken.push(`${where} was there already`)
    if (entry.cause === 'auto-offline')
      broken.push(...judgeSwitch(evidence, { entry, before, told }).map((flaw) => `${where} ${flaw}`))
    if (entry.cause === 'panel') {
      const source = sourceOf(evidence, entry, told)
      if (source === undefined) broken.push(`${where} has no source`)
      else told.set(source, entry.seq)
    }
    stays.set(entry.operator, entry)
  }
  for (const { seq, ...entry } of acknowledged) {
    if (JSON.stringify({ ...history[seq - 1] }) !== JSON.stringify({ ...history[seq - 1], ...entry, seq }))
      broken.push(`acknowledged entry ${seq} is ${JSON.stringify(history[seq - 1])}`)
  }
  const switches = history.filter((entry): entry is Entered => entry.type === 'status-entered' && entry.due !== null)
  for (const { operator, due } of announced) {
    const made = switches.filter((entry) => entry.operator === operator && entry.due === Date.parse(due))
    if (made.length !== 1) broken.push(`the switch of ${operator} due ${due} was told and made ${made.length} times`)
  }
  if (evidence.hasOneTime) broken.push(...chosen.flatMap((line) => judgeChoice(evidence, line)))
  for (const [operator, places] of evidence.finally) {
    const place = stays.get(operator)?.to ?? 'nowhere'
    if (!places.includes(place)) broken.push(`${operator} ends up ${place}`)
  }
  return broken
}

/** The choice that an entry tells of; each tells of one of its own, for a record acts once. */
function sourceOf(evidence: Evidence, entry: Entered, told: ReadonlyMap<Line, number>): Line | undefined {
  const { wroteAt } = writingOf(evidence, entry)
  const sources = evidence.lines.filter((line) => isChoice(line, entry) && line.writtenAt < wroteAt && !told.has(line))
  // After a step back of the clocks a stamp from before it lies ahead and counts as stamped when it was read, which
  // keeps the order of what happened: so the entry is earlier than its record by no more than what was stepped.
  const { steppedBackMs } = evidence
  const moved = sources.filter(({ at }) => entry.at < at && at - entry.at <= steppedBackMs)
  return sources.find(({ at }) => at === entry.at) ?? moved[0]
}

function isChoice({ event, operator, status }: Line, entry: Entered): boolean {
  return event === 'status' && operator === entry.operator && status?.toLowerCase() === entry.to
}

function writingOf({ writings }: Evidence, { seq }: Entered): Writing {
  return writings[seq] ?? { lockedAt: 0, lockedMs: 0, wroteAt: 0, wroteMs: 0 }
}

interface Switch {
  readonly entry: Entered
  readonly before: Entered | undefined
  /** The entry that tells of a choice. */
  readonly told: ReadonlyMap<Line, number>
}

function judgeSwitch(evidence: Evidence, { entry, before, told }: Switch): string[] {
  const { lines, windowMs, receiving, target, steady } = evidence
  const due = entry.due as number
  if (steady.includes(entry.operator)) return ['though present all the time']
  if (entry.to !== target || before === undefined || !receiving.has(before.to)) return ['is no switch of the rule']
  const { lockedAt, wroteAt, wroteMs } = writingOf(evidence, entry)
  const signs = lines.filter(
    (line) =>
      line.operator === entry.operator &&
      !line.event.startsWith('dialogue') &&
      line.writtenAt < lockedAt &&
      line.lostAt > lockedAt,
  )
  const choice = [...told].find(([, seq]) => seq === before.seq)?.[0]
  const beganMs = choice?.trueMs ?? writingOf(evidence, before).lockedMs
  const silentMs = wroteMs - Math.max(beganMs, ...signs.map(({ trueMs }) => trueMs))
  if (silentMs < windowMs - evidence.clockErrorMs) return [`comes after ${silentMs} ms of silence`]
  if (!evidence.hasOneTime) return []
  const base = Math.max(before.at, ...signs.map(({ at }) => at))
  const early = windowMs - countedMs(evidence, { from: base, to: due, wroteAt })
  return early > 0 ? [`is ${early} ms early`] : entry.at < due ? ['is dated before its deadline'] : []
}

/** By contract §5: all time before the first tick, then that between records not further apart than the time-out. */
function countedMs(evidence: Evidence, { from, to, wroteAt }: { from: number; to: number; wroteAt: number }): number {
  const written = evidence.lines.filter(({ writtenAt }) => writtenAt < wroteAt)
  // A tick that was lost again may never have been read: without it the feed is one that never ticked.
  const ticked =
    written.find(({ event, lostAt }) => event === 'tick' && lostAt > wroteAt)?.at ?? Number.POSITIVE_INFINITY
  const stamps = written.map(({ at }) => at).sort((one, other) => one - other)
  let counted = Math.max(0, Math.min(to, ticked) - from)
  for (const [index, end] of stamps.entries()) {
    const start = stamps[index - 1] ?? end
    if (end - start > evidence.feedTimeoutMs) continue
    counted += Math.max(0, Math.min(end, to) - Math.max(start, from, ticked))
  }
  return counted
}

/** A choice is lost if it is neither recorded, nor made where the operator was already, nor overtaken by another. */
function judgeChoice({ history, lines }: Evidence, line: Line): string[] {
  if (Number.isFinite(line.lostAt)) return []
  const own = history.filter(
    (entry): entry is Entered => entry.type === 'status-entered' && entry.operator === line.operator,
  )
  if (own.some((entry) => entry.cause === 'panel' && isChoice(line, entry) && entry.at === line.at)) return []
  const earlier = own.filter(({ at }) => at <= line.at)
  if (
    earlier.some(({ to }, index) => to === line.status?.toLowerCase() && (earlier[index + 1]?.at ?? line.at) >= line.at)
  )
    return []
  if (own.some(({ at, cause }) => at > line.at && cause !== 'panel')) return []
  const overtaken = lines.some(
    (other) =>
      other.operator === line.operator &&
      other.event === 'status' &&
      other.at > line.at &&
      other.writtenAt < line.writtenAt,
  )
  return overtaken ? [] : [`the choice of ${line.operator}, record ${line.serial}, is nowhere`]
}
