import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue.ts'
import { toDocument } from '../../../src/domain/catalogue/document.ts'
import { parseCatalogue } from '../../../src/domain/catalogue/rules/rules.ts'
import { exitCodeOf } from '../../../src/domain/failure.ts'
import { parseManifest } from '../../../src/domain/manifest/manifest.ts'
import { movedBetween } from '../../../src/domain/manifest/movedBetween.ts'
import { type PlanRequest, planApply } from '../../../src/domain/manifest/plan.ts'
import { anyCatalogue, catalogueWith } from '../../support/catalogues.ts'

const current = catalogueWith({ operators: [{ id: 'ana', initialStatus: 'on-break' }, { id: 'bo' }] })

function plan(
  manifest: object,
  around: Partial<Pick<PlanRequest, 'current' | 'unlisted'>> & { readonly occupants?: Record<string, string> } = {},
) {
  const wanted = parseManifest({ version: 1, ...manifest })
  if (!wanted.ok)
    return { ok: false as const, failure: { code: 'invalid' as const, source: 'm', problems: wanted.failure } }
  const occupants = new Map(Object.entries(around.occupants ?? {}))
  return planApply({ current, unlisted: 'keep', ...around, wanted: wanted.value, source: 'm', occupants })
}

/** The plan, a line for each change; or the refusal with its places. */
function planned(...args: Parameters<typeof plan>): string[] {
  const result = plan(...args)
  if (!result.ok) {
    const { failure } = result
    const details = failure.code === 'invalid' ? failure.problems.map(({ path, kind }) => `${path} ${kind}`) : []
    return [`${failure.code} ${exitCodeOf(failure)}`, ...details]
  }
  return result.value.changes.map(({ action, kind, id, fields }) => {
    const details = fields.map(
      ({ field, before, after }) => `${field} ${JSON.stringify(before)}→${JSON.stringify(after)}`,
    )
    return [action, kind, id, ...(action === 'edit' ? details : [])].join(' ')
  })
}

const lunch = { name: 'Lunch', color: 'red' }

test.each<[string, object, string[]]>([
  ['nothing is asked for', {}, []],
  [
    'what is there',
    { statuses: [{ name: 'ONLINE', color: '#2E7D32' }], settings: { offlineAfter: '600s' } },
    ['edit status online name "Online"→"ONLINE"'],
  ],
  ['a rename by id', { statuses: [{ id: 'online', name: 'Ready' }] }, ['edit status online name "Online"→"Ready"']],
  ['a new one without id or colour', { statuses: [{ name: 'Обід' }] }, ['create status obid']],
  [
    'a new order',
    { statuses: [{ id: 'offline' }, { id: 'online' }] },
    ['edit status offline position 3→1', 'edit status online position 1→3'],
  ],
  ['a new one between', { statuses: [{ id: 'online' }, lunch, { id: 'offline' }] }, ['create status lunch']],
  [
    'settings',
    { settings: { defaultOffline: 'on-break', feedTimeout: null } },
    ['edit settings settings defaultOffline "offline"→"on-break" feedTimeout "1m"→null'],
  ],
  [
    'operators',
    { operators: [{ id: 'bo', name: 'Bo' }, { id: 'cy' }] },
    ['edit operator bo name "bo"→"Bo"', 'create operator cy'],
  ],
  [
    'a calendar for an operator',
    { calendars: [{ id: 'day', timeZone: 'UTC' }], operators: [{ id: 'bo', calendar: 'day' }] },
    ['create calendar day', 'edit operator bo calendar null→"day"'],
  ],
  ['no version', { version: undefined }, ['invalid 3', '$ missing']],
  ['a status without a name', { statuses: [{ color: 'red' }] }, ['invalid 3', '$.statuses[0] missing']],
  ['a new status with an id alone', { statuses: [{ id: 'x', color: 'red' }] }, ['invalid 3', '$.statuses[0] missing']],
  ['a name twice', { statuses: [lunch, lunch] }, ['invalid 3', '$.statuses[1].name duplicate-name']],
  [
    'both flags, one of them there',
    { statuses: [lunch, { id: 'on-break', canReceive: true }] },
    ['invalid 3', '$.statuses[1] both-flags'],
  ],
  [
    'an unknown status',
    { statuses: [lunch], operators: [{ id: 'cy', initialStatus: 'gone' }] },
    ['invalid 3', '$.operators[0].initialStatus unknown-status'],
  ],
  [
    'a receiving target it names',
    { settings: { defaultOffline: 'online' } },
    ['invalid 3', '$.settings.defaultOffline receiving-target'],
  ],
  ['a receiving target that is there', { statuses: [{ id: 'offline', canReceive: true }] }, ['receiving-in-use 5']],
  ['a name that is taken', { statuses: [{ id: 'x', name: 'Offline', color: 'red' }] }, ['name-taken 5']],
  ['a name that is an id there', { statuses: [{ id: 'x', name: 'On-Break', color: 'red' }] }, ['name-is-id 5']],
])('%s', (_, manifest, expected) => {
  expect(planned(manifest)).toEqual(expected)
})

test('what is not listed goes with prune, in the order in which it can', () => {
  const manifest = { statuses: [{ id: 'online' }, { id: 'offline' }], operators: [{ id: 'bo' }] }
  expect(planned(manifest, { unlisted: 'prune' })).toEqual(['delete operator ana', 'delete status on-break'])
})

test('prune leaves alone what the manifest says nothing about', () => {
  expect(planned({ settings: {} }, { unlisted: 'prune' })).toEqual([])
})

test.each<[string, object, Record<string, string>, string]>([
  ['somebody starts in it', { statuses: [{ id: 'online' }, { id: 'offline' }] }, {}, 'status-in-use 5'],
  ['somebody is in it', { statuses: [{ id: 'on-break' }, { id: 'offline' }] }, { bo: 'online' }, 'status-in-use 5'],
  ['a setting names it', { statuses: [{ id: 'on-break' }, { id: 'online' }] }, {}, 'status-in-use 5'],
])('prune is as careful as delete: %s', (_, manifest, occupants, expected) => {
  expect(planned(manifest, { unlisted: 'prune', occupants })).toEqual([expected])
})

test('a calendar that somebody keeps is not pruned', () => {
  const calendars: Catalogue['calendars'] = [
    { id: 'day', name: 'Day', timeZone: 'UTC', week: {}, exceptions: new Map() },
  ]
  const assigned = catalogueWith({ calendars, operators: [{ id: 'bo', calendar: 'day' }] })
  expect(planned({ calendars: [] }, { current: assigned, unlisted: 'prune' })).toEqual(['calendar-in-use 5'])
})

test('a pruned name is free for a new status', () => {
  const manifest = {
    statuses: [{ id: 'online' }, { id: 'pause', name: 'On break', color: 'red' }, { id: 'offline' }],
    operators: [{ id: 'ana', initialStatus: 'pause' }],
  }
  expect(planned(manifest, { unlisted: 'prune' })).toEqual([
    'create status pause',
    'edit operator ana initialStatus "on-break"→"pause"',
    'delete operator bo',
    'delete status on-break',
  ])
})

test.each([
  [
    [{ name: 'First' }, { id: 'on-break' }, lunch, { id: 'offline' }, { name: 'Last' }],
    'online first on-break lunch offline last',
  ],
  [[{ name: 'First' }, { id: 'online' }, { id: 'offline' }], 'first online on-break offline'],
  [[{ id: 'offline' }, { id: 'online' }, lunch], 'offline on-break online lunch'],
  [[{ id: 'on-break', name: 'Pause' }, { name: 'On break' }], 'online on-break on-break-2 offline'],
])('%j stand where they are listed, the others where they were', (statuses, expected) => {
  const result = plan({ statuses })
  expect(result.ok && result.value.catalogue.statuses.map(({ id }) => id).join(' ')).toBe(expected)
})

test('an export changes nothing, and from any catalogue to any other prune leads all the way', () => {
  fc.assert(
    fc.property(anyCatalogue, anyCatalogue, (from, to) => {
      const asManifest = (catalogue: Catalogue) => JSON.parse(JSON.stringify(toDocument(catalogue)))
      expect(planned(asManifest(from), { current: from, unlisted: 'prune' })).toEqual([])
      const result = plan(asManifest(to), { current: from, unlisted: 'prune' })
      if (!result.ok) throw new Error(JSON.stringify(result.failure))
      const sorted = (catalogue: Catalogue) => ({
        ...catalogue,
        calendars: catalogue.calendars.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        operators: catalogue.operators.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      })
      expect(sorted(result.value.catalogue)).toEqual(sorted(to))
    }),
    { numRuns: 300 },
  )
})

test('a plan’s result keeps the rules, and planning again on it changes nothing', () => {
  let done = 0
  fc.assert(
    fc.property(anyCatalogue, anyCatalogue, fc.gen(), fc.constantFrom('keep', 'prune'), (from, to, gen, unlisted) => {
      const document = structuredClone(toDocument(to)) as unknown as Record<string, unknown>
      const entries = [
        document,
        ...(document.statuses as Record<string, unknown>[]),
        document.settings as Record<string, unknown>,
      ]
      for (const entry of entries) {
        for (const key of Object.keys(entry)) {
          if (key !== 'version' && key !== 'name' && gen(fc.boolean)) delete entry[key]
        }
      }
      const result = plan(document, { current: from, unlisted })
      if (!result.ok) return
      done++
      const { catalogue, changes } = result.value
      expect(parseCatalogue(JSON.parse(JSON.stringify(toDocument(catalogue))))).toEqual({ ok: true, value: catalogue })
      expect(changes.length === 0).toBe(catalogue === from)
      expect(planned(document, { current: catalogue, unlisted })).toEqual([])
    }),
    { numRuns: 500 },
  )
  expect(done).toBeGreaterThan(50)
})

test('as few move as must', () => {
  const before = ['a', 'b', 'c', 'd', 'e']
  const moved = (after: string) => [...movedBetween(before, after.split(''))].sort().join('')
  expect(['abcde', 'bcdea', 'eabcd', 'acbde', 'edcba', 'ax'].map(moved)).toEqual(['', 'a', 'e', 'b', 'abde', ''])
})
