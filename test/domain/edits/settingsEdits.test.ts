import { expect, test } from 'vitest'
import { type Catalogue, type Settings, starterCatalogue } from '../../../src/domain/catalogue/catalogue.ts'
import { usedAs, usesOf } from '../../../src/domain/catalogue/usage.ts'
import {
  addOperator,
  editOperator,
  type OperatorChanges,
  type OperatorInput,
  removeOperators,
} from '../../../src/domain/edits/operatorEdits.ts'
import { setSetting } from '../../../src/domain/edits/settingsEdits.ts'
import { exitCodeOf } from '../../../src/domain/failure.ts'
import { catalogueWith, statusNamed } from '../../support/catalogues.ts'

const chosen = catalogueWith({ settings: { autoOffline: { enabled: true, status: 'on-break' } } })

test.each<[string, string, Partial<Settings>]>([
  ['default-offline', 'ON BREAK', { defaultOffline: 'on-break' }],
  ['default-offline', 'none', { defaultOffline: null }],
  ['auto-offline', 'offline', { autoOffline: { enabled: true, status: 'offline' } }],
  ['auto-offline', 'off', { autoOffline: { enabled: false, status: 'on-break' } }],
  ['auto-offline', 'None', { autoOffline: { enabled: false, status: null } }],
  ['offline-after', '90s', { offlineAfterMs: 90_000 }],
  ['offline-after', '24h', { offlineAfterMs: 86_400_000 }],
  ['offline-after', 'never', { offlineAfterMs: null }],
  ['session-timeout', '30s', { sessionTimeoutMs: 30_000 }],
  ['feed-timeout', 'never', { feedTimeoutMs: null }],
  ['mass-guard', '12.5%', { massGuard: { share: 0.125, atLeast: 3, holdMs: 120_000 } }],
  ['mass-guard', '{"share":0.3,"atLeast":2,"hold":"5m"}', { massGuard: { share: 0.3, atLeast: 2, holdMs: 300_000 } }],
  ['access', 'roles', { access: 'roles' }],
])('%s %s', (key, value, change) => {
  const edit = setSetting(chosen, key, value)
  expect(edit.ok && edit.value).toEqual({
    catalogue: { ...chosen, settings: { ...chosen.settings, ...change } },
    key,
    changed: true,
  })
})

test.each([
  ['offlineAfter', '5m', 'setting-not-found 4'],
  ['default-offline', 'nowhere', 'status-not-found 4'],
  ['default-offline', 'off', 'status-not-found 4'],
  ['default-offline', 'online', 'invalid 3'],
  ['auto-offline', 'Online', 'invalid 3'],
  ['offline-after', '600', 'invalid 3'],
  ['offline-after', '25h', 'invalid 3'],
  ['offline-after', 'soon', 'invalid 3'],
  ['session-timeout', 'never', 'invalid 3'],
  ['mass-guard', '0%', 'invalid 3'],
  ['mass-guard', '101%', 'invalid 3'],
  ['mass-guard', '30', 'invalid 3'],
  ['mass-guard', '{"share":0.3', 'invalid 3'],
  ['mass-guard', '{"share":0.3,"atleast":9}', 'invalid 3'],
  ['mass-guard', '{"atLeast":3}', 'invalid 3'],
  ['access', 'root', 'usage 2'],
])('%s %s is refused: %s', (key, value, expected) => {
  const edit = setSetting(chosen, key, value)
  expect(edit.ok ? 'done' : `${edit.failure.code} ${exitCodeOf(edit.failure)}`).toBe(expected)
})

test('a setting that has the value already gives the very same catalogue', () => {
  const edit = setSetting(chosen, 'offline-after', '600s')
  expect(edit.ok && [edit.value.changed, edit.value.catalogue === chosen]).toEqual([false, true])
})

test('a status called Off can be chosen by its name, while `off` stays the word', () => {
  const named = catalogueWith({ statuses: [statusNamed('Off')], settings: { defaultOffline: null } })
  const autoOffline = (value: string) => {
    const edit = setSetting(named, 'auto-offline', value)
    return edit.ok && edit.value.catalogue.settings.autoOffline
  }
  expect([autoOffline('off'), autoOffline('Off')]).toEqual([
    { enabled: false, status: null },
    { enabled: true, status: 'off' },
  ])
})

test('the settings that use a status, also one that is switched off', () => {
  const both = catalogueWith({ settings: { autoOffline: { enabled: false, status: 'offline' } } })
  expect(usedAs(both, 'offline')).toEqual(['default-offline', 'auto-offline'])
  expect(usesOf(both, 'offline')).toEqual([{ by: 'default-offline' }, { by: 'auto-offline', enabled: false }])
  expect(usedAs(both, 'online')).toEqual([])
})

const calendars: Catalogue['calendars'] = [{ id: 'day', name: 'Day', timeZone: 'UTC', week: {}, exceptions: new Map() }]
const roster = catalogueWith({ calendars, operators: [{ id: 'ana', initialStatus: 'online', account: 'a' }] })
const blank: OperatorInput = { id: 'bo', name: null, role: null, account: null, status: null, calendar: null }

test('an operator is added with what is given, the rest by default', () => {
  const added = addOperator(roster, {
    ...blank,
    id: '__proto__',
    status: 'On Break',
    calendar: 'day',
    role: 'supervisor',
  })
  expect(added.ok && added.value.operator).toEqual({
    id: '__proto__',
    name: '__proto__',
    role: 'supervisor',
    account: null,
    initialStatus: 'on-break',
    calendar: 'day',
  })
})

test.each<[Partial<OperatorInput>, string]>([
  [{ id: 'ana' }, 'id-taken 5'],
  [{ id: 'a b' }, 'invalid 3'],
  [{ id: '' }, 'invalid 3'],
  [{ name: 'a\u202eb' }, 'invalid 3'],
  [{ id: 'a\u200bb' }, 'invalid 3'],
  [{ account: '' }, 'invalid 3'],
  [{ role: 'boss' }, 'usage 2'],
  [{ status: 'nowhere' }, 'status-not-found 4'],
  [{ calendar: 'night' }, 'calendar-not-found 4'],
])('adding %j is refused: %s', (input, expected) => {
  const added = addOperator(roster, { ...blank, ...input })
  expect(added.ok ? 'done' : `${added.failure.code} ${exitCodeOf(added.failure)}`).toBe(expected)
})

test.each<[OperatorChanges, object]>([
  [{ name: ' Ana ' }, { name: 'Ana' }],
  [
    { account: null, status: null, calendar: 'day' },
    { account: null, initialStatus: null, calendar: 'day' },
  ],
  [{ role: 'administrator' }, { role: 'administrator' }],
])('editing with %j changes only that', (changes, expected) => {
  const edited = editOperator(roster, 'ana', changes)
  expect(edited.ok && edited.value.catalogue.operators).toEqual([{ ...roster.operators[0], ...expected }])
})

test('an edit of nothing gives the very same catalogue', () => {
  const edited = editOperator(roster, 'ana', { name: 'ana', status: 'ONLINE' })
  expect(edited.ok && edited.value.catalogue === roster).toBe(true)
})

test('an operator is removed; one who isn’t there is asked after', () => {
  const removed = removeOperators(roster, ['ana'])
  expect(removed.ok && removed.value.catalogue).toEqual({ ...starterCatalogue, calendars })
  expect(removeOperators(roster, ['ana', 'anna'])).toEqual({
    ok: false,
    failure: { code: 'operator-not-found', reference: 'anna', similar: ['ana'] },
  })
})
