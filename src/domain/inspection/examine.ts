import { type Catalogue, targetOf } from '../catalogue/catalogue.ts'
import { hasLeader } from '../catalogue/permission.ts'
import type { Recorded } from '../history/recorded.ts'
import { compareIds } from '../order.ts'
import type { Evidence, LockCondition } from './evidence.ts'
import { examineFeed } from './examineFeed.ts'
import { exposuresOf } from './exposure.ts'
import type { Finding } from './findings.ts'

/** Whatever can be said about an installation, the worst and the merely interesting, area by area. */
export function examine(evidence: Evidence): Finding[] {
  return [
    ...examineNode(evidence),
    ...examineCatalogue(evidence),
    ...examineHistory(evidence),
    ...examineLock(evidence),
    ...examineWatcher(evidence),
    ...examineFeed(evidence),
    ...examineFiles(evidence),
  ]
}

/** What package.json says under `engines`; a test holds them together. */
export const supportedNode = '^20.19.0 || ^22.12.0 || >=24.0.0'

/** Does a version such as `22.12.0` satisfy ranges such as `^20.19.0 || >=24.0.0`? Knows `^` and `>=` alone. */
export function satisfies(version: string, ranges: string): boolean {
  const found = numbersOf(version)
  return ranges.split('||').some((range) => {
    const wanted = numbersOf(range)
    if (range.trim().startsWith('^') && found[0] !== wanted[0]) return false
    for (let index = 0; index < 3; index++) {
      const difference = (found[index] ?? 0) - (wanted[index] ?? 0)
      if (difference !== 0) return difference > 0
    }
    return true
  })
}

function numbersOf(version: string): number[] {
  return (version.match(/\d+/g) ?? []).slice(0, 3).map(Number)
}

function examineNode({ nodeVersion: version }: Evidence): Finding[] {
  return satisfies(version, supportedNode) ? [] : [{ finding: 'old-node', version, wanted: supportedNode }]
}

function examineCatalogue({ catalogue: read, files, store }: Evidence): Finding[] {
  if (!read.ok) {
    const { failure } = read
    // What is wrong with the history is said there.
    if (failure.code === 'history-broken') return []
    return [
      failure.code === 'store-missing'
        ? { finding: 'no-catalogue', file: failure.file }
        : { finding: 'bad-catalogue', failure },
    ]
  }
  const { catalogue, recorded } = read.value
  const { statuses, operators } = catalogue
  return [
    { finding: 'catalogue', file: files.catalogue, statuses: statuses.length, operators: operators.length },
    ...vanishedStatuses(catalogue, recorded),
    ...(store.unrecorded === 0
      ? []
      : [{ finding: 'unrecorded-edits' as const, facts: store.unrecorded, file: files.catalogue }]),
    ...examineSettings(catalogue),
  ]
}

function vanishedStatuses({ statuses, operators }: Catalogue, recorded: Recorded): Finding[] {
  const known = new Set(statuses.map(({ id }) => id))
  const inside = new Map<string, string[]>()
  for (const { id } of operators) {
    const status = recorded.stays.get(id)?.status
    if (status !== undefined && !known.has(status)) inside.set(status, [...(inside.get(status) ?? []), id])
  }
  return [...inside].map(([status, absent]) => ({
    finding: 'vanished-status',
    status,
    name: recorded.statuses.get(status)?.name ?? status,
    operators: absent.sort(compareIds),
  }))
}

function examineSettings(catalogue: Catalogue): Finding[] {
  const { offlineAfterMs, sessionTimeoutMs, autoOffline, access } = catalogue.settings
  const findings: Finding[] = []
  if (access === 'roles' && !hasLeader(catalogue)) findings.push({ finding: 'nobody-leads' })
  if (offlineAfterMs === null) return [...findings, { finding: 'rule-off' }]
  const target = targetOf(catalogue)
  if (target.source === 'none') findings.push({ finding: 'no-target' })
  else if (!autoOffline.enabled) {
    findings.push({
      finding: 'switching-all-the-same',
      target: target.status,
      source: target.source,
      offlineAfterMs,
    })
  }
  if (sessionTimeoutMs >= offlineAfterMs) {
    findings.push({ finding: 'session-outlasts-rule', sessionTimeoutMs, offlineAfterMs })
  }
  return findings
}

function examineHistory({ store, files, catalogue }: Evidence): Finding[] {
  const { history, state } = store
  const findings: Finding[] = []
  switch (history.condition) {
    case 'absent':
      if (catalogue.ok) findings.push({ finding: 'no-history', file: files.history })
      break
    case 'whole':
      findings.push({ finding: 'history', entries: history.entries })
      if (history.away !== null) findings.push({ finding: 'history-away', ...history.away })
      for (const alteration of history.alterations) findings.push({ finding: 'altered-history', alteration })
      break
    case 'unfinished':
      findings.push({ finding: 'unfinished-history', file: files.history, entries: history.entries })
      break
    case 'broken':
      findings.push({ finding: 'broken-history', failure: history.failure })
  }
  if (state.condition === 'unusable') findings.push({ finding: 'bad-state', file: files.state })
  if (state.condition === 'unreadable')
    findings.push({ finding: 'unreadable-state', file: files.state, errno: state.errno })
  if (state.condition === 'absent' && history.condition !== 'absent')
    findings.push({ finding: 'no-state', file: files.state })
  return findings
}

/** A command holds the lock for milliseconds; one that holds it so long was stopped or waits for a dead disk. */
const stuckMs = 30_000

function examineLock({ store: { lock }, now }: Evidence): Finding[] {
  if (lock.lock === 'unknown') return [{ finding: 'lock-unknown', errno: lock.errno }]
  if (lock.lock !== 'held') return []
  const forMs = lock.note === null ? null : Math.max(0, now - lock.note.at)
  return lock.note !== null && forMs !== null && forMs > stuckMs
    ? [{ finding: 'lock-stuck', holder: lock.note, forMs }]
    : [{ finding: 'lock-held', holder: lock.note, forMs }]
}

/** A watcher takes a turn each second; one that did not for so long was stopped or hangs. */
const stalledMs = 60_000
/** Who looks from time to time (`watch --once` by cron) was awake within this time. */
const leastPatienceMs = 5 * 60_000

function examineWatcher(evidence: Evidence): Finding[] {
  const { store, now, presence } = evidence
  const watched = store.watchLock.lock === 'held'
  const overdue = presence?.rows.filter((row) => row.presence === 'overdue' && !presence.held.has(row.operator)) ?? []
  const held = presence === null ? [] : [...presence.held].sort(compareIds)
  return [
    ...watcherFinding(evidence, store.watchLock, now),
    ...(overdue.length === 0
      ? []
      : [{ finding: 'operators-overdue' as const, operators: overdue.map(({ operator }) => operator), watched }]),
    ...(held.length === 0 ? [] : [{ finding: 'operators-held' as const, operators: held }]),
  ]
}

function watcherFinding(evidence: Evidence, watchLock: LockCondition, now: number): Finding[] {
  if (!evidence.catalogue.ok) return []
  const note = watchLock.lock === 'absent' || watchLock.lock === 'unknown' ? null : watchLock.note
  if (watchLock.lock === 'held') {
    const agoMs = note === null ? null : Math.max(0, now - note.at)
    return note !== null && agoMs !== null && agoMs > stalledMs
      ? [{ finding: 'watcher-stalled', watcher: note, agoMs }]
      : [{ finding: 'watcher', watcher: note, agoMs }]
  }
  const { offlineAfterMs } = evidence.catalogue.value.catalogue.settings
  const lastAwakeAt = note?.at ?? null
  const wanted = offlineAfterMs !== null && evidence.feed.found.state === 'read' && evidence.feed.found.tail !== null
  const patienceMs = Math.max(leastPatienceMs, offlineAfterMs ?? 0)
  const recently = lastAwakeAt !== null && now - lastAwakeAt <= patienceMs
  return [{ finding: wanted && !recently ? 'nobody-watches' : 'no-watcher', lastAwakeAt }]
}

function examineFiles({ store, feed, uid }: Evidence): Finding[] {
  const places = new Map([...store.places, ...feed.places].map((place) => [place.file, place]))
  const exposures = exposuresOf([...places.values()], uid)
  return [
    ...exposures.map((exposure): Finding => ({ finding: 'others-may-write', exposure })),
    ...(store.staged.length === 0 ? [] : [{ finding: 'staged-files' as const, files: store.staged }]),
    ...(store.backups.length === 0 ? [] : [{ finding: 'backups' as const, files: store.backups }]),
  ]
}
