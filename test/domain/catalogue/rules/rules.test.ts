import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../../src/domain/catalogue/catalogue.ts'
import { patchDocument, toDocument } from '../../../../src/domain/catalogue/document.ts'
import { parseCatalogue } from '../../../../src/domain/catalogue/rules/rules.ts'
import { anyCatalogue } from '../../../support/catalogues.ts'

const online = { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, countAfterClose: false }
const offline = { id: 'offline', name: 'Offline', color: 'grey' }

/** The problems of a document as `path kind`, with the detail that tells two of a kind apart. */
function problemsOf(document: unknown): string[] {
  const parsed = parseCatalogue(document)
  if (parsed.ok) return []
  return parsed.failure.map(
    (problem) => `${problem.path} ${problem.kind}${'flaw' in problem ? ` ${problem.flaw}` : ''}`,
  )
}

function withStatuses(...statuses: unknown[]): object {
  return { version: 1, statuses }
}

function withSettings(settings: unknown): object {
  return { version: 1, statuses: [online, offline], settings }
}

function withOperators(...operators: unknown[]): object {
  return { version: 1, statuses: [online, offline], operators }
}

function withCalendar(calendar: object): object {
  return { version: 1, statuses: [online, offline], calendars: [{ id: 'day', timeZone: 'UTC', ...calendar }] }
}

test('only version and statuses are required, every other key has its default', () => {
  expect(parseCatalogue(withStatuses(online, offline))).toEqual({
    ok: true,
    value: {
      statuses: [online, { ...offline, color: '#808080', canReceive: false, countAfterClose: false }],
      settings: defaultSettings,
      calendars: [],
      operators: [],
    },
  })
})

test('an operator needs no more than an id', () => {
  const parsed = parseCatalogue(withOperators({ id: 'ana' }))
  expect(parsed.ok && parsed.value.operators).toEqual([
    { id: 'ana', name: 'ana', role: 'operator', account: null, initialStatus: null, calendar: null },
  ])
})

test('an absent status id is made from the name, and is no other status’s id or name', () => {
  const parsed = parseCatalogue(
    withStatuses(
      { name: 'On break', color: 'red' },
      { id: 'on-break', name: 'Pause', color: 'red' },
      { name: 'Обід', color: 'red' },
      { name: '休憩', color: 'red' },
    ),
  )
  expect(parsed.ok && parsed.value.statuses.map(({ id }) => id)).toEqual(['on-break-2', 'on-break', 'obid', 'status-1'])
})

test.each<[string, unknown, string[]]>([
  ['no object', 7, ['$ wrong-type']],
  ['a list', [], ['$ wrong-type']],
  ['nothing in it', {}, ['$ missing', '$ missing']],
  ['version 2', { version: 2, statuses: [] }, ['$.version wrong-type']],
  ['version as text', { version: '1', statuses: [] }, ['$.version wrong-type']],
  ['statuses as an object', { version: 1, statuses: {} }, ['$.statuses wrong-type']],
  ['a status that is none', withStatuses(null), ['$.statuses[0] wrong-type']],
  ['a status without anything', withStatuses({}), ['$.statuses[0] missing', '$.statuses[0] missing']],
  ['a number for an id', withStatuses({ ...online, id: 7 }), ['$.statuses[0].id wrong-type']],
  ['an upper-case id', withStatuses({ ...online, id: 'Online' }), ['$.statuses[0].id bad-status-id characters']],
  ['an id of 64', withStatuses({ ...online, id: 'a'.repeat(64) }), ['$.statuses[0].id bad-status-id too-long']],
  ['an empty id', withStatuses({ ...online, id: '' }), ['$.statuses[0].id bad-status-id empty']],
  ['a blank name', withStatuses({ ...online, name: '  ' }), ['$.statuses[0].name bad-name empty']],
  ['a colour unknown to CSS', withStatuses({ ...online, color: 'transparent' }), ['$.statuses[0].color bad-color']],
  ['a flag as text', withStatuses({ ...online, canReceive: 'yes' }), ['$.statuses[0].canReceive wrong-type']],
  ['both flags', withStatuses({ ...online, countAfterClose: true }), ['$.statuses[0] both-flags']],
  [
    'an id twice, and its name',
    withStatuses({ ...online, name: 'Ready' }, { ...offline, id: 'online', name: 'Online' }),
    ['$.statuses[1].id duplicate-id'],
  ],
  ['an empty account', withOperators({ id: 'ana', name: 'Ana', account: '' }), ['$.operators[0].account wrong-type']],
  ['an id twice', withStatuses(online, { ...offline, id: 'online' }), ['$.statuses[1].id duplicate-id']],
  ['a name twice', withStatuses(online, { ...offline, name: ' ONLINE ' }), ['$.statuses[1].name duplicate-name']],
  [
    'a name that is an id',
    withStatuses({ ...online, id: 'ready' }, { ...offline, name: 'Ready' }),
    ['$.statuses[1].name name-is-id'],
  ],
  ['an unknown default', withSettings({ defaultOffline: 'gone' }), ['$.settings.defaultOffline unknown-status']],
  ['a receiving default', withSettings({ defaultOffline: 'online' }), ['$.settings.defaultOffline receiving-target']],
  [
    'a receiving target, off',
    withSettings({ autoOffline: { enabled: false, status: 'online' } }),
    ['$.settings.autoOffline.status receiving-target'],
  ],
  [
    'enabled for nothing',
    withSettings({ autoOffline: { enabled: true } }),
    ['$.settings.autoOffline enabled-without-status'],
  ],
  ['a bare number', withSettings({ offlineAfter: 600 }), ['$.settings.offlineAfter bad-duration bare-number']],
  ['a bare number as text', withSettings({ feedTimeout: '60' }), ['$.settings.feedTimeout bad-duration bare-number']],
  ['more than a day', withSettings({ offlineAfter: '24h1s' }), ['$.settings.offlineAfter bad-duration too-long']],
  ['nothing at all', withSettings({ offlineAfter: '0s' }), ['$.settings.offlineAfter bad-duration too-short']],
  [
    'no session time-out',
    withSettings({ sessionTimeout: null }),
    ['$.settings.sessionTimeout bad-duration not-nullable'],
  ],
  ['an unknown mode', withSettings({ access: 'root' }), ['$.settings.access bad-choice']],
  ['a share above one', withSettings({ massGuard: { share: 30 } }), ['$.settings.massGuard.share bad-share']],
  [
    'a guard of none',
    withSettings({ massGuard: { share: 0.3, atLeast: 0 } }),
    ['$.settings.massGuard.atLeast bad-count'],
  ],
  ['an id with a blank', withOperators({ id: 'a b' }), ['$.operators[0].id bad-operator-id characters']],
  ['an operator without an id', withOperators({ name: 'Ana' }), ['$.operators[0] missing']],
  ['an operator twice', withOperators({ id: 'ana' }, { id: 'ana' }), ['$.operators[1].id duplicate-id']],
  ['an unknown role', withOperators({ id: 'ana', role: 'boss' }), ['$.operators[0].role bad-choice']],
  [
    'an unknown start',
    withOperators({ id: 'ana', initialStatus: 'gone' }),
    ['$.operators[0].initialStatus unknown-status'],
  ],
  ['an unknown calendar', withOperators({ id: 'ana', calendar: 'day' }), ['$.operators[0].calendar unknown-calendar']],
  ['an unknown zone', withCalendar({ timeZone: 'Mars/Base' }), ['$.calendars[0].timeZone bad-time-zone']],
  ['an offset for a zone', withCalendar({ timeZone: '+02:00' }), ['$.calendars[0].timeZone bad-time-zone']],
  ['no weekday', withCalendar({ week: { monday: [] } }), ['$.calendars[0].week.monday bad-weekday']],
  ['no date', withCalendar({ exceptions: { '2026-02-29': [] } }), ['$.calendars[0].exceptions["2026-02-29"] bad-date']],
  [
    '24:00 as a start',
    withCalendar({ week: { mon: [{ from: '24:00', to: '08:00' }] } }),
    ['$.calendars[0].week.mon[0] bad-interval clock'],
  ],
  [
    'a break in no status',
    withCalendar({ week: { mon: [{ from: '12:00', to: '13:00', status: 'lunch' }] } }),
    ['$.calendars[0].week.mon[0].status unknown-status'],
  ],
  [
    'two shifts at once',
    withCalendar({
      week: {
        mon: [
          { from: '09:00', to: '18:00' },
          { from: '17:59', to: '20:00' },
        ],
      },
    }),
    ['$.calendars[0].week.mon[1] bad-interval overlap'],
  ],
  [
    'a night into a morning',
    withCalendar({ week: { sun: [{ from: '22:00', to: '06:00' }], mon: [{ from: '05:00', to: '09:00' }] } }),
    ['$.calendars[0].week.mon[0] bad-interval overlap'],
  ],
])('refused: %s', (_, document, problems) => {
  expect(problemsOf(document)).toEqual(problems)
})

test.each<[string, unknown]>([
  ['no statuses at all', { version: 1, statuses: [] }],
  ['a name that is its own id', withStatuses({ ...online, name: 'online' })],
  ['two operators of one name', withOperators({ id: 'a', name: 'Ana' }, { id: 'b', name: 'Ana' })],
  ['operators named like JavaScript', withOperators({ id: '__proto__' }, { id: 'constructor' }, { id: 'toString' })],
  ['keys named like JavaScript', JSON.parse('{"version":1,"statuses":[],"__proto__":{"settings":7}}')],
  ['the rule switched off', withSettings({ offlineAfter: null, feedTimeout: null, massGuard: null })],
  ['exactly a day', withSettings({ offlineAfter: '24h' })],
  [
    'a shift to midnight, then one from it',
    withCalendar({ week: { mon: [{ from: '16:00', to: '24:00' }], tue: [{ from: '00:00', to: '08:00' }] } }),
  ],
  [
    'a break inside a shift',
    withCalendar({
      week: {
        mon: [
          { from: '09:00', to: '18:00' },
          { from: '13:00', to: '13:30', status: 'offline' },
        ],
      },
    }),
  ],
])('accepted: %s', (_, document) => {
  expect(problemsOf(document)).toEqual([])
})

test('1,000 statuses are accepted, 1,001 are not', () => {
  const many = (count: number) =>
    withStatuses(...Array.from({ length: count }, (_, index) => ({ name: `S ${index}`, color: 'red' })))
  expect(problemsOf(many(1000))).toEqual([])
  expect(problemsOf(many(1001))).toEqual(['$.statuses too-many-statuses'])
})

test('every problem is told at once', () => {
  expect(
    problemsOf({
      statuses: [{ id: 'A', name: 'x\u202e', color: 'redish', canReceive: true, countAfterClose: true }, 7],
      settings: { offlineAfter: 600, defaultOffline: 'gone' },
      operators: [{ id: 'ana', initialStatus: 'gone' }],
    }),
  ).toEqual([
    '$ missing',
    '$.statuses[0].id bad-status-id characters',
    '$.statuses[0].name bad-name bidirectional',
    '$.statuses[0].color bad-color',
    '$.statuses[1] wrong-type',
    '$.settings.offlineAfter bad-duration bare-number',
    '$.statuses[0] both-flags',
    '$.settings.defaultOffline unknown-status',
    '$.operators[0].initialStatus unknown-status',
  ])
})

test('a catalogue written out and read back is the same catalogue', () => {
  fc.assert(
    fc.property(anyCatalogue, (catalogue) => {
      const text = JSON.stringify(toDocument(catalogue))
      expect(parseCatalogue(JSON.parse(text))).toEqual({ ok: true, value: catalogue })
      expect(patchDocument(JSON.parse(text), catalogue, catalogue)).toEqual(JSON.parse(text))
    }),
    { numRuns: 300 },
  )
})

test('whatever the document, reading it ends with a catalogue or with problems', () => {
  const leaf = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('online', '10m', null, 'UTC', '09:00'))
  const entry = fc.oneof(
    leaf,
    fc.dictionary(fc.constantFrom('id', 'name', 'color', 'role', 'week', 'timeZone', 'calendar'), leaf),
  )
  const document = fc.record({
    version: fc.constant(1),
    statuses: fc.oneof(leaf, fc.array(entry)),
    settings: fc.oneof(
      leaf,
      fc.dictionary(fc.constantFrom('defaultOffline', 'autoOffline', 'massGuard', 'access'), leaf),
    ),
    calendars: fc.oneof(leaf, fc.array(entry)),
    operators: fc.oneof(leaf, fc.array(entry)),
  })
  fc.assert(
    fc.property(document, (value) => {
      const parsed = parseCatalogue(value)
      if (parsed.ok) expect(parseCatalogue(toDocument(parsed.value))).toEqual(parsed)
      else expect(parsed.failure.every(({ path }) => path.startsWith('$'))).toBe(true)
    }),
    { numRuns: 500 },
  )
})
