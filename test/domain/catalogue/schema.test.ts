import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toDocument } from '../../../src/domain/catalogue/document.ts'
import type { Problem } from '../../../src/domain/catalogue/rules/problem.ts'
import { parseCatalogue } from '../../../src/domain/catalogue/rules/rules.ts'
import { parseName } from '../../../src/domain/catalogue/rules/text.ts'
import { type DocumentKind, schemaOf } from '../../../src/domain/catalogue/schema.ts'
import { parseManifest } from '../../../src/domain/manifest/manifest.ts'
import { planApply } from '../../../src/domain/manifest/plan.ts'
import { anyCatalogue, catalogueWith } from '../../support/catalogues.ts'

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false })
const validate = { catalogue: ajv.compile(schemaOf('catalogue')), manifest: ajv.compile(schemaOf('manifest')) }
const parse = { catalogue: parseCatalogue, manifest: parseManifest }

/** What lies between entries, which JSON Schema can't say. */
function isRelation(problem: Problem): boolean {
  const relations = ['duplicate-id', 'duplicate-name', 'name-is-id', 'unknown-status', 'unknown-calendar']
  if (problem.kind === 'bad-time-zone') return /^[A-Za-z][\w+/-]*$/.test(problem.value)
  if (problem.kind === 'bad-interval') return problem.flaw === 'overlap'
  return [...relations, 'receiving-target'].includes(problem.kind)
}

/** `valid`, `invalid`, or `related` where only what lies between entries is wrong. */
function verdict(kind: DocumentKind, document: unknown): 'valid' | 'invalid' | 'related' {
  const parsed = parse[kind](document)
  if (parsed.ok) return 'valid'
  return parsed.failure.every(isRelation) ? 'related' : 'invalid'
}

function withStatus(status: object): object {
  return { version: 1, statuses: [{ name: 'A', color: 'red', ...status }] }
}

function withSettings(settings: object): object {
  return { ...withStatus({ id: 'a' }), settings }
}

function withCalendar(calendar: object): object {
  return { version: 1, statuses: [], calendars: [{ id: 'day', timeZone: 'UTC', ...calendar }] }
}

function withOperator(operator: object): object {
  return { version: 1, statuses: [], operators: [{ id: 'ana', ...operator }] }
}

const family = '👩‍👩‍👧'
const accepted: object[] = [
  { version: 1, statuses: [] },
  { version: 1, statuses: [], extra: { 'x-team': [1] }, $schema: 5 },
  ...['#FFF', '#A1b2C3', ' Tomato ', 'reBECCApurple', 'blac\u212a'].map((color) => withStatus({ color })),
  ...['休憩', 'هاتف', 'הפסקה', 'พักเที่ยง', ` ${family} Focus\t`, '1️⃣', '❤️', 'x'.repeat(64)].map((name) =>
    withStatus({ name }),
  ),
  ...['a', '0', 'a_b-c', 'a'.repeat(63)].map((id) => withStatus({ id })),
  ...['1s', '86400s', '1440m', '24h', '1d', '0d24h', '23h59m59s', '090s', '1h0m0s'].map((offlineAfter) =>
    withSettings({ offlineAfter }),
  ),
  withSettings({ offlineAfter: null, feedTimeout: null, massGuard: null, sessionTimeout: '366d', access: 'roles' }),
  withSettings({ massGuard: { share: 1 }, autoOffline: {}, defaultOffline: 'a' }),
  withSettings({ massGuard: { share: 0.001, atLeast: 1, hold: '1s' }, autoOffline: { enabled: true, status: 'a' } }),
  withCalendar({ week: { mon: [{ from: '09:00', to: '24:00' }], sun: [] }, exceptions: { '2024-02-29': [] } }),
  withCalendar({ exceptions: { '2000-02-29': [{ from: '22:00', to: '05:00', status: null }], '0000-02-29': [] } }),
  ...['a/b@c', 'оля', '😀'.repeat(64), '\u200b'].map((id) => withOperator({ id, name: 'Ana' })),
  withOperator({ role: 'supervisor', account: 'ana', initialStatus: null, calendar: null }),
]

const refused: unknown[] = [
  null,
  [],
  'text',
  {},
  { version: 1 },
  { version: 2, statuses: [] },
  { version: '1', statuses: [] },
  { version: 1, statuses: {} },
  { version: 1, statuses: [null] },
  { version: 1, statuses: Array.from({ length: 1001 }, (_, index) => ({ name: `n${index}`, color: 'red' })) },
  { version: 1, statuses: [{ name: 'A' }] },
  { version: 1, statuses: [{ color: 'red' }] },
  { version: 1, statuses: [], operators: null },
  ...['#ff', '#ffff', '#ggg', 'redd', '', 'rgb(1,2,3)', null, 5].map((color) => withStatus({ color })),
  ...['', ' ', 'a\u200bb', 'a\u202eb', 'a\nb', 'a\ufe0fb', `${family}\u200d`, 'x'.repeat(65), '\ud800', null].map(
    (name) => withStatus({ name }),
  ),
  ...['', 'A', '-a', 'a b', 'a'.repeat(64), 'é', null, 7].map((id) => withStatus({ id })),
  withStatus({ canReceive: true, countAfterClose: true }),
  withStatus({ canReceive: 'yes' }),
  ...['0s', '', '10', 10, '10 m', '1m1h', '86401s', '25h', '1d1s', '24h1m', '2d', '1.5h', '-1s'].map((offlineAfter) =>
    withSettings({ offlineAfter }),
  ),
  ...['367d', '31622401s', null, '0d'].map((sessionTimeout) => withSettings({ sessionTimeout })),
  ...[0, 1.5, -1, '30%', null].map((share) => withSettings({ massGuard: { share } })),
  ...[{}, { share: 1, atLeast: 0 }, { share: 1, atLeast: 1.5 }, { share: 1, hold: null }, '30%'].map((massGuard) =>
    withSettings({ massGuard }),
  ),
  withSettings({ autoOffline: { enabled: true } }),
  withSettings({ autoOffline: { enabled: true, status: null } }),
  withSettings({ autoOffline: null }),
  withSettings({ access: 'closed' }),
  ...[
    { timeZone: '+02:00' },
    { timeZone: null },
    { id: '' },
    { id: 'a b' },
    { week: { monday: [] } },
    { week: [] },
  ].map(withCalendar),
  ...['9:00', '24:00', '12:60', ''].map((from) => withCalendar({ week: { mon: [{ from, to: '18:00' }] } })),
  withCalendar({ week: { mon: [{ from: '09:00' }] } }),
  ...['2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '26-01-01', '2026-1-1'].map((date) =>
    withCalendar({ exceptions: { [date]: [] } }),
  ),
  ...[
    { id: '\u200b' },
    { id: 'a\u00a0b' },
    { id: 'x'.repeat(65) },
    { role: 'boss' },
    { account: '' },
    { name: '' },
  ].map(withOperator),
]

test.each(accepted.map((document) => [JSON.stringify(document), document]))(
  'program and schema accept %.120s',
  (_, document) => {
    expect(verdict('catalogue', document)).toBe('valid')
    expect(validate.catalogue(document)).toBe(true)
    expect(validate.manifest(document)).toBe(true)
  },
)

test.each(refused.map((document) => [JSON.stringify(document), document]))(
  'program and schema refuse %.120s',
  (_, document) => {
    expect(verdict('catalogue', document)).toBe('invalid')
    expect(validate.catalogue(document)).toBe(false)
  },
)

test.each<[string, object, boolean]>([
  ['says nothing', { version: 1 }, true],
  ['names a status', { version: 1, statuses: [{ name: 'A' }] }, true],
  ['names a status by id', { version: 1, statuses: [{ id: 'a', canReceive: true }] }, true],
  ['names none', { version: 1, statuses: [{ color: 'red' }] }, false],
  ['has no version', { statuses: [] }, false],
])('a manifest that %s', (_, document, isValid) => {
  expect(verdict('manifest', document) === 'valid').toBe(isValid)
  expect(validate.manifest(document)).toBe(isValid)
})

const junk = fc.oneof(
  fc.constantFrom<unknown[]>(null, true, 0, 1, -1, 0.5, '', 'x', 'a b', [], {}, '10m', '#fff', '٣', '\u200d'),
  fc.constantFrom<unknown[]>({ enabled: true }, { enabled: true, status: null }, { share: 2 }, { mon: [{}] }, [{}]),
  fc.string({ unit: 'binary', maxLength: 70 }),
)

/** The document with some values replaced by junk or left out, at any depth. */
function spoilt(value: unknown, gen: fc.GeneratorValue, depth = 0): unknown {
  if (depth > 0 && gen(fc.integer, { min: 0, max: 39 }) === 0) return gen(() => junk)
  if (Array.isArray(value)) return value.map((element) => spoilt(element, gen, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(() => gen(fc.integer, { min: 0, max: 59 }) > 0)
  return Object.fromEntries(entries.map(([key, element]) => [key, spoilt(element, gen, depth + 1)]))
}

test('a spoilt catalogue comes to the same with program and schema', () => {
  const seen = { valid: 0, invalid: 0, related: 0 }
  fc.assert(
    fc.property(anyCatalogue, fc.gen(), (catalogue, gen) => {
      const document = spoilt(JSON.parse(JSON.stringify(toDocument(catalogue))), gen)
      const said = verdict('catalogue', document)
      seen[said]++
      if (said !== 'related') expect(validate.catalogue(document)).toBe(said === 'valid')
    }),
    { numRuns: 3000 },
  )
  expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(100)
})

test('a manifest that the schema refuses can be applied to nothing, and one that it accepts keeps its own rules', () => {
  const seen = { accepted: 0, refused: 0 }
  const current = catalogueWith({ statuses: [], settings: { defaultOffline: null } })
  fc.assert(
    fc.property(anyCatalogue, fc.gen(), (catalogue, gen) => {
      const document = spoilt(JSON.parse(JSON.stringify(toDocument(catalogue))), gen)
      const isAccepted = validate.manifest(document)
      seen[isAccepted ? 'accepted' : 'refused']++
      if (isAccepted) expect(verdict('manifest', document)).not.toBe('invalid')
      const wanted = parseManifest(document)
      if (isAccepted || !wanted.ok) return
      const plan = planApply({ current, wanted: wanted.value, source: 'm', unlisted: 'keep', occupants: new Map() })
      expect(plan.ok).toBe(false)
    }),
    { numRuns: 3000 },
  )
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(100)
})

test('a name comes to the same with program and schema, whatever it is made of', () => {
  const parts = [
    '👩',
    '\u200d',
    '\ufe0f',
    '🏽',
    '1',
    '\u20e3',
    ' ',
    'é',
    '\u0301',
    '\u034f',
    '\u2028',
    '©',
    '\ufeff',
    'ก',
  ]
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ unit: 'binary', maxLength: 1 })), { maxLength: 20 }),
      (name) => {
        const text = name.join('')
        expect(validate.catalogue(withStatus({ name: text }))).toBe(parseName(text).ok)
      },
    ),
    { numRuns: 5000 },
  )
})
