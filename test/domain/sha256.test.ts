import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256OfFew } from '../../src/domain/sha256.ts'

test('a hash made here is the one that node:crypto makes, of every length around a block and of any bytes', () => {
  const check = (bytes: Uint8Array) => {
    expect(sha256OfFew(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'))
  }
  for (let length = 0; length <= 200; length++) check(Buffer.alloc(length, length))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 5000 }), check))
})
