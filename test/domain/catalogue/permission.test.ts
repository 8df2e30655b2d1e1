import { expect, test } from 'vitest'
import { type Access, defaultSettings, type Role } from '../../../src/domain/catalogue/catalogue.ts'
import { hasLeader, permit } from '../../../src/domain/catalogue/permission.ts'
import type { Deed } from '../../../src/domain/failure.ts'

const roster: readonly [id: string, role: Role, account: string | null][] = [
  ['ana', 'operator', 'ana'],
  ['sam', 'supervisor', 'sam'],
  ['ada', 'administrator', 'ada'],
  ['eve', 'administrator', null],
  ['bob', 'operator', 'shared'],
  ['bea', 'supervisor', 'shared'],
]

const operators = roster.map(([id, role, account]) => ({
  id,
  name: id,
  role,
  account,
  initialStatus: null,
  calendar: null,
}))

const deeds: Record<string, Deed> = {
  settings: { kind: 'change', what: 'settings' },
  ana: { kind: 'set-status', operator: 'ana' },
  bob: { kind: 'set-status', operator: 'bob' },
}

const cases: readonly [access: Access, account: string, uid: number, deed: string, permitted: boolean][] = [
  ['open', 'nobody', 1000, 'settings', true],
  ['roles', 'sam', 1000, 'settings', true],
  ['roles', 'ada', 1000, 'settings', true],
  ['roles', 'shared', 1000, 'settings', true],
  ['roles', 'root', 0, 'settings', true],
  ['roles', 'ana', 0, 'settings', true],
  ['roles', 'ana', 1000, 'settings', false],
  ['roles', 'nobody', 1000, 'settings', false],
  ['roles', 'root', 1000, 'settings', false],
  // The name of an operator without an account is nobody's.
  ['roles', 'eve', 1000, 'settings', false],
  ['roles', 'null', 1000, 'settings', false],
  ['roles', 'ana', 1000, 'ana', true],
  ['roles', 'ana', 1000, 'bob', false],
  ['roles', 'nobody', 1000, 'ana', false],
  ['roles', 'sam', 1000, 'ana', true],
]

test.each(cases)('where access is %s, the account %s (uid %i) and %s: %s', (access, name, uid, deed, permitted) => {
  const catalogue = { settings: { ...defaultSettings, access }, operators }
  expect(permit(catalogue, { name, uid }, deeds[deed] as Deed).ok).toBe(permitted)
})

test('a refusal names the account, whose it is and what they may not do', () => {
  const catalogue = { settings: { ...defaultSettings, access: 'roles' as const }, operators }
  const bobsStatus: Deed = { kind: 'set-status', operator: 'bob' }
  expect(permit(catalogue, { name: 'ana', uid: 1000 }, bobsStatus)).toEqual({
    ok: false,
    failure: { code: 'not-permitted', account: 'ana', operator: 'ana', deed: bobsStatus },
  })
  const roster: Deed = { kind: 'change', what: 'roster' }
  expect(permit(catalogue, { name: 'nobody', uid: 1000 }, roster)).toEqual({
    ok: false,
    failure: { code: 'not-permitted', account: 'nobody', operator: null, deed: roster },
  })
})

test('a roster whose leaders have no account has nobody but root to lead it', () => {
  expect(hasLeader({ operators })).toBe(true)
  expect(hasLeader({ operators: operators.filter(({ id }) => id === 'eve' || id === 'ana') })).toBe(false)
})
