import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBatch, noneSkipped, type SkipReason } from '../../src/domain/records/records.ts'
import { createLineParser } from '../../src/feed/lineParser.ts'
import { mutatedLines } from './mutatedLines.ts'
import { readPlainly } from './plainLines.ts'
import { namesFor } from './rosterNames.ts'

const futureLimit = Date.parse('2026-11-22T20:00:00Z')

test('damaged lines come to the same as with JSON.parse, however the bytes are cut', () => {
  fc.assert(
    fc.property(
      mutatedLines,
      fc.array(fc.nat(200), { maxLength: 6 }),
      fc.constantFrom('strings' as const, 'bytes' as const),
      (bytes, cuts, lookups) => {
        const plain = readPlainly(bytes, { names: namesFor(), futureLimit })
        const names = namesFor(lookups)
        const parser = createLineParser({ names, futureLimit })
        const batch = createBatch(4)
        let start = 0
        for (const cut of [...cuts, bytes.length]) {
          parser.parse(bytes.subarray(start, start + cut), batch)
          start = Math.min(bytes.length, start + cut)
        }
        expect(names.describe(batch)).toEqual(namesOf(bytes))
        expect(parser.counts.lines).toBe(plain.outcomes.length)
        expect(parser.counts.accepted).toBe(plain.batch.length)
        const skipped = noneSkipped()
        for (const outcome of plain.outcomes) if (outcome !== 'accepted') skipped[outcome] += 1
        expect(parser.counts.skipped).toEqual(skipped)
        for (const [reason, first] of Object.entries(parser.counts.firstSkipped)) {
          expect(plain.outcomes.indexOf(reason as SkipReason) + 1).toBe(first.line)
        }
      },
    ),
    { numRuns: 4000 },
  )
})

function namesOf(bytes: Buffer): string[] {
  const names = namesFor()
  return names.describe(readPlainly(bytes, { names, futureLimit }).batch)
}
