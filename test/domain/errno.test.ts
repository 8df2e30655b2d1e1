import { expect, test } from 'vitest'
import { errnoName } from '../../src/domain/errno.ts'

const thrown = (about: object) => Object.assign(new Error('failed'), about)

test.each([
  ['ENOSPC', thrown({ code: 'ENOSPC', errno: -28 })],
  ['EDQUOT', thrown({ code: 'UNKNOWN', errno: -122 })],
  ['EDQUOT', thrown({ code: 'Unknown system error -122', errno: -122 })],
  ['UNKNOWN', thrown({ code: 'UNKNOWN', errno: -9999 })],
  ['EACCES', thrown({ code: 'EACCES', errno: -122 })],
  ['MODULE_NOT_FOUND', thrown({ code: 'MODULE_NOT_FOUND' })],
  [null, thrown({ errno: -28 })],
  [null, { code: 'ENOSPC' }],
])('the system names %s', (name, error) => {
  expect(errnoName(error)).toBe(name)
})
