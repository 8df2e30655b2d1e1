import { expect, test } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }
import type { Catalogue } from '../../../src/domain/catalogue/catalogue.ts'
import { createRecorded } from '../../../src/domain/history/recorded.ts'
import type { Evidence, FeedTail, PresenceEvidence, StoreInspection } from '../../../src/domain/inspection/evidence.ts'
import { examine, satisfies, supportedNode } from '../../../src/domain/inspection/examine.ts'
import { exposuresOf } from '../../../src/domain/inspection/exposure.ts'
import { type Finding, needsAttention } from '../../../src/domain/inspection/findings.ts'
import type { PresenceRow } from '../../../src/domain/presence/presence.ts'
import { noneSkipped } from '../../../src/domain/records/records.ts'
import { ok, refuse } from '../../../src/domain/result.ts'
import { catalogueWith } from '../../support/catalogues.ts'
import { noon } from '../../support/system.ts'

const second = 1000
const minute = 60 * second

/** A healthy installation with one operator at work, and what a test changes in it. */
interface Installation {
  readonly catalogue?: Catalogue | 'missing' | 'broken'
  readonly stays?: Readonly<Record<string, string>>
  readonly store?: Partial<StoreInspection>
  readonly feed?: Partial<Evidence['feed']>
  readonly tail?: Partial<FeedTail>
  readonly presence?: Partial<PresenceEvidence>
  readonly nodeVersion?: string
  readonly uid?: number
}

const wholeHistory = { condition: 'whole', entries: 3, head: 'abc', away: null, alterations: [] } as const
const alteration = { seq: 3, expected: { seq: 9, head: 'f00d' }, found: { seq: 2, head: 'cafe' } }
const online = { id: 'online', name: 'Online', color: '#000000', canReceive: true, countAfterClose: false }

function evidenceOf(installation: Installation): Evidence {
  const { catalogue = catalogueWith({ operators: [{ id: 'ana' }], settings: autoOffline }), tail, store } = installation
  const recorded = createRecorded()
  for (const [operator, status] of Object.entries(installation.stays ?? {})) {
    recorded.stays.set(operator, { status, since: noon, cause: 'admin', due: null })
  }
  return {
    now: noon,
    uid: installation.uid ?? 1000,
    nodeVersion: installation.nodeVersion ?? '22.12.0',
    catalogue:
      catalogue === 'missing'
        ? refuse({ code: 'store-missing', file: '/s/statuses.json' })
        : catalogue === 'broken'
          ? refuse({ code: 'not-json', file: '/s/statuses.json', line: 1, column: 2, backup: null })
          : ok({ catalogue, recorded }),
    files: { catalogue: '/s/statuses.json', history: '/s/statuses.history.jsonl', state: '/s/statuses.state.json' },
    store: {
      history: wholeHistory,
      state: { condition: 'usable' },
      unrecorded: 0,
      lock: { lock: 'free', note: null },
      watchLock: { lock: 'held', note: { pid: 7, at: noon - second } },
      staged: [],
      backups: [],
      places: [{ file: '/s/statuses.json', what: 'file', mode: 0o640, uid: 1000 }],
      ...store,
    },
    feed: {
      file: '/s/heartbeats.jsonl',
      named: false,
      found: { state: 'read', tail: { ...fineTail, ...tail } },
      places: [],
      ...installation.feed,
    },
    presence: { rows: [], held: new Set(), ticked: true, silentMs: null, oldDialogues: [], ...installation.presence },
  }
}

const autoOffline = { autoOffline: { enabled: true, status: 'offline' } } as const

const fineTail: FeedTail = {
  from: 0,
  lines: 9,
  skipped: noneSkipped(),
  firstSkipped: {},
  lastAt: noon - second,
  ahead: { count: 0, mostMs: 0 },
  modifiedAt: noon - second,
}

function row(operator: string, presence: PresenceRow['presence']): PresenceRow {
  return {
    operator,
    name: operator,
    status: 'online',
    statusName: 'Online',
    canReceive: presence !== 'away',
    since: noon,
    presence,
    sessions: 0,
    lastSeen: null,
    dialogues: 0,
    switchAt: null,
    switchTo: null,
  }
}

const fine = ['catalogue', 'history', 'watcher', 'feed', 'ticks']

function found(installation: Installation): readonly Finding[] {
  return examine(evidenceOf(installation))
}

test('a healthy installation needs no attention', () => {
  const findings = found({})
  expect(findings.map(({ finding }) => finding)).toEqual(fine)
  expect(needsAttention(findings)).toBe(false)
})

const settings = (changed: Partial<Catalogue['settings']>): Installation => ({
  catalogue: catalogueWith({ operators: [{ id: 'ana' }], settings: { ...autoOffline, ...changed } }),
})

test.each<[string, Installation, Finding]>([
  ['an old Node', { nodeVersion: '20.18.1' }, { finding: 'old-node', version: '20.18.1', wanted: supportedNode }],
  ['no catalogue', { catalogue: 'missing' }, { finding: 'no-catalogue', file: '/s/statuses.json' }],
  [
    'a broken catalogue',
    { catalogue: 'broken' },
    {
      finding: 'bad-catalogue',
      failure: { code: 'not-json', file: '/s/statuses.json', line: 1, column: 2, backup: null },
    },
  ],
  [
    'a status that vanished while operators are in it',
    { stays: { ana: 'lunch' } },
    { finding: 'vanished-status', status: 'lunch', name: 'lunch', operators: ['ana'] },
  ],
  ['edits by hand', { store: { unrecorded: 2 } }, { finding: 'unrecorded-edits', facts: 2, file: '/s/statuses.json' }],
  [
    'nobody can be switched',
    {
      catalogue: catalogueWith({ statuses: [online], settings: { defaultOffline: null } }),
    },
    { finding: 'no-target' },
  ],
  ['the rule is off', settings({ offlineAfterMs: null }), { finding: 'rule-off' }],
  [
    'auto-offline is off, and still operators are switched',
    settings({ autoOffline: { enabled: false, status: null } }),
    {
      finding: 'switching-all-the-same',
      target: 'offline',
      source: 'default-offline',
      offlineAfterMs: 10 * minute,
    },
  ],
  [
    'a session outlasts the rule',
    settings({ sessionTimeoutMs: 10 * minute }),
    { finding: 'session-outlasts-rule', sessionTimeoutMs: 10 * minute, offlineAfterMs: 10 * minute },
  ],
  ['roles without anybody who leads', settings({ access: 'roles' }), { finding: 'nobody-leads' }],
  [
    'no history',
    { store: { history: { condition: 'absent' } } },
    { finding: 'no-history', file: '/s/statuses.history.jsonl' },
  ],
  [
    'an unfinished history',
    { store: { history: { condition: 'unfinished', entries: 3 } } },
    { finding: 'unfinished-history', file: '/s/statuses.history.jsonl', entries: 3 },
  ],
  ['no cache', { store: { state: { condition: 'absent' } } }, { finding: 'no-state', file: '/s/statuses.state.json' }],
  [
    'a part of the history that is elsewhere',
    { store: { history: { ...wholeHistory, away: { entries: 6, file: '/s/old.jsonl' } } } },
    { finding: 'history-away', entries: 6, file: '/s/old.jsonl' },
  ],
  [
    'a history that tells of a changed end',
    { store: { history: { ...wholeHistory, alterations: [alteration] } } },
    { finding: 'altered-history', alteration },
  ],
  [
    'a cache that this account may not read',
    { store: { state: { condition: 'unreadable', errno: 'EACCES' } } },
    { finding: 'unreadable-state', file: '/s/statuses.state.json', errno: 'EACCES' },
  ],
  [
    'a cache that is none',
    { store: { state: { condition: 'unusable' } } },
    { finding: 'bad-state', file: '/s/statuses.state.json' },
  ],
  [
    'a lock that is held for a moment',
    { store: { lock: { lock: 'held', note: { pid: 9, at: noon - 30 * second } } } },
    { finding: 'lock-held', holder: { pid: 9, at: noon - 30 * second }, forMs: 30 * second },
  ],
  [
    'a lock that is held for long',
    { store: { lock: { lock: 'held', note: { pid: 9, at: noon - 31 * second } } } },
    { finding: 'lock-stuck', holder: { pid: 9, at: noon - 31 * second }, forMs: 31 * second },
  ],
  ['no locks', { store: { lock: { lock: 'unknown', errno: 'ENOSYS' } } }, { finding: 'lock-unknown', errno: 'ENOSYS' }],
  [
    'a watcher that stalls',
    { store: { watchLock: { lock: 'held', note: { pid: 7, at: noon - 61 * second } } } },
    { finding: 'watcher-stalled', watcher: { pid: 7, at: noon - 61 * second }, agoMs: 61 * second },
  ],
  [
    'a feed that nobody watches',
    { store: { watchLock: { lock: 'free', note: { pid: 7, at: noon - 11 * minute } } } },
    { finding: 'nobody-watches', lastAwakeAt: noon - 11 * minute },
  ],
  [
    'a watcher that looks from time to time',
    { store: { watchLock: { lock: 'free', note: { pid: 7, at: noon - 10 * minute } } } },
    { finding: 'no-watcher', lastAwakeAt: noon - 10 * minute },
  ],
  [
    'operators that are overdue, and one that is held',
    { presence: { rows: [row('ana', 'overdue'), row('bo', 'overdue'), row('cy', 'waiting')], held: new Set(['bo']) } },
    { finding: 'operators-overdue', operators: ['ana'], watched: true },
  ],
  ['no feed', { feed: { found: { state: 'missing' } } }, { finding: 'no-feed', file: '/s/heartbeats.jsonl' }],
  [
    'a feed that was named and is not there',
    { feed: { named: true, found: { state: 'missing' } } },
    { finding: 'named-feed-missing', file: '/s/heartbeats.jsonl' },
  ],
  [
    'a directory for a feed',
    { feed: { found: { state: 'not-a-file', found: 'directory' } } },
    { finding: 'feed-not-a-file', file: '/s/heartbeats.jsonl', found: 'directory' },
  ],
  [
    'a feed that may not be read',
    { feed: { found: { state: 'unreadable', errno: 'EACCES' } } },
    { finding: 'feed-unreadable', file: '/s/heartbeats.jsonl', errno: 'EACCES' },
  ],
  ['an empty feed', { tail: { lines: 0, lastAt: null } }, { finding: 'feed-empty', file: '/s/heartbeats.jsonl' }],
  [
    'an old feed while somebody should be at work',
    {
      tail: { lastAt: noon - 11 * minute, modifiedAt: noon - 11 * minute },
      presence: { rows: [row('ana', 'waiting')] },
    },
    { finding: 'feed-old', file: '/s/heartbeats.jsonl', lastAt: noon - 11 * minute, ageMs: 11 * minute },
  ],
  [
    'an old feed at night',
    { tail: { lastAt: noon - 11 * minute, modifiedAt: noon - 11 * minute }, presence: { rows: [row('ana', 'away')] } },
    { finding: 'feed', file: '/s/heartbeats.jsonl', lastAt: noon - 11 * minute, ageMs: 11 * minute },
  ],
  [
    'lines that were skipped at the end of a long feed',
    {
      tail: {
        from: 100,
        skipped: { ...noneSkipped(), unknownOperator: 2 },
        firstSkipped: { unknownOperator: { line: 4, excerpt: '{}' } },
      },
    },
    { finding: 'lines-skipped', reason: 'unknownOperator', count: 2, line: null, excerpt: '{}' },
  ],
  [
    'stamps ahead',
    { tail: { ahead: { count: 3, mostMs: 90 * second } } },
    { finding: 'stamps-ahead', count: 3, mostMs: 90 * second },
  ],
  [
    'stamps behind',
    { tail: { lastAt: noon - 2 * minute } },
    { finding: 'stamps-behind', lastAt: noon - 2 * minute, modifiedAt: noon - second },
  ],
  ['no ticks', { presence: { ticked: false } }, { finding: 'no-ticks' }],
  ['a silent feed', { presence: { silentMs: 61 * second } }, { finding: 'feed-silent', silentMs: 61 * second }],
  [
    'a dialogue that nobody closed',
    { presence: { oldDialogues: [{ operator: 'ana', dialogue: 'D', since: noon }] } },
    { finding: 'old-dialogues', dialogues: [{ operator: 'ana', dialogue: 'D', since: noon }] },
  ],
  [
    'a staged file',
    { store: { staged: ['/s/statuses.json.0123456789abcdef.tmp'] } },
    { finding: 'staged-files', files: ['/s/statuses.json.0123456789abcdef.tmp'] },
  ],
  ['backups', { store: { backups: ['/s/a'] } }, { finding: 'backups', files: ['/s/a'] }],
  [
    'a file that everybody may write',
    { feed: { places: [{ file: '/s/heartbeats.jsonl', what: 'file', mode: 0o666, uid: 1000 }] } },
    {
      finding: 'others-may-write',
      exposure: { file: '/s/heartbeats.jsonl', what: 'file', why: { kind: 'mode', mode: 0o666 } },
    },
  ],
])('%s', (_what, installation, finding) => {
  expect(found(installation)).toContainEqual(finding)
})

test.each([
  [0o640, 1000, []],
  [0o660, 0, []],
  [0o642, 1000, ['mode']],
  [0o1777, 0, ['mode']],
  [0o640, 1001, ['owner']],
])('a place of mode %o that belongs to %i is exposed by: %j', (mode, uid, why) => {
  expect(
    exposuresOf([{ file: '/s', what: 'directory', mode, uid }], 1000).map((exposure) => exposure.why.kind),
  ).toEqual(why)
})

test.each([
  ['20.18.9', false],
  ['20.19.0', true],
  ['21.7.0', false],
  ['22.11.9', false],
  ['22.12.0', true],
  ['23.1.0', false],
  ['24.0.0', true],
  ['26.1.0', true],
])('Node %s is supported: %s', (version, answer) => {
  expect(satisfies(version, supportedNode)).toBe(answer)
  expect(supportedNode).toBe(packageJson.engines.node)
})

test('what a broken installation cannot say is left out, not invented', () => {
  expect(
    found({ catalogue: 'broken', store: { history: { condition: 'absent' } } }).map(({ finding }) => finding),
  ).toEqual(['bad-catalogue', 'feed', 'ticks'])
})
