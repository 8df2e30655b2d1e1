import { expect, test } from 'vitest'
import { mistypedKeys } from '../../../src/domain/manifest/mistypedKeys.ts'

const told = (document: unknown) => mistypedKeys(document).map(({ path, key, meant }) => `${path} ${key} ${meant}`)

test('a key that looks like one that its place leaves out is told with it', () => {
  const document = {
    operatros: [],
    settings: { offlineafter: '5m', autoOffline: { enable: true }, massGuard: { share: 0.3, atleast: 9 } },
    statuses: [{ id: 'online', canRecieve: true }],
    calendars: [{ id: 'day', timezone: 'Europe/Kyiv' }],
  }
  expect(told(document)).toEqual([
    '$ operatros operators',
    '$.settings offlineafter offlineAfter',
    '$.settings.autoOffline enable enabled',
    '$.settings.massGuard atleast atLeast',
    '$.statuses[0] canRecieve canReceive',
    '$.calendars[0] timezone timeZone',
  ])
})

test('the same slip in many places is told once, with their number', () => {
  const operators = [{ id: 'ana', name: 'Ana' }, ...['bo', 'cy', 'di'].map((id) => ({ id, nmae: id }))]
  expect(mistypedKeys({ operators })).toEqual([{ path: '$.operators[1]', key: 'nmae', meant: 'name', count: 3 }])
})

test.each([
  [{ statuses: [{ id: 'online', color: 'red', colour: 'red' }] }],
  [
    {
      operators: [{ id: 'ana', 'x-name': 'Ana', email: 'a@example.org', accountNumber: 7, names: ['Ana'], name: 'A' }],
    },
  ],
  [{ 'x-status': 1, owner: 'ops', statuses: 'none', settings: null }],
  [['statuses']],
])('what others may keep there is no slip: %j', (document) => {
  expect(told(document)).toEqual([])
})
