import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsOf } from '../../src/views/rows.ts'
import { machinePieces, showMachine } from '../../src/views/show.ts'

const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null), fc.constant([]), fc.constant({}))
const rows = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.record({ operator: cell, 'a "key"': cell }), { maxLength: 5 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 510, max: 1030 }).map((count) => Array.from({ length: count }, (_, index) => index)),
  },
)

test('lists that are written row by row come to the same JSON as when they stand in memory', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.string(), cell, fc.option(rows)), { maxLength: 4 }), async (parts) => {
      const whole = Object.fromEntries(parts.map(([key, value, list]) => [key, list ?? value]))
      const lazy = Object.fromEntries(
        parts.map(([key, value, list]) => [
          key,
          list === null
            ? value
            : rowsOf<unknown>(
                () => list,
                (one) => one,
              ),
        ]),
      )
      const text = await showMachine({ value: whole, human: () => '' }, 'json')
      let written = ''
      for await (const piece of machinePieces({ value: lazy, human: () => '' }, 'json')) written += piece
      expect(written).toBe(text)
      expect(await showMachine({ value: lazy, human: () => '' }, 'json')).toBe(text)
      expect(await showMachine({ value: lazy, human: () => '' }, 'yaml')).toBe(
        await showMachine({ value: whole, human: () => '' }, 'yaml'),
      )
    }),
    { numRuns: 100 },
  )
})
