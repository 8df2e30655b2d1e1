import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
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

describe('any one byte changed, left out or put in comes to the same as with JSON.parse', () => {
  test.each([
    '{"at":"2026-11-22T10:00:00.000Z","operator":"ana","session":"tab-1","event":"beat"}',
    '{"at":"2026-11-22T10:59:59.999Z","operator":"bo","session":"a","event":"close"}',
    '{"at":"2026-11-22T09:30:05.120Z","operator":"Олена","session":"вкладка-7","event":"open"}',
    '{"event":"beat","session":"s-12","operator":"ana","at":"2026-11-22T10:00:00.000Z"}',
    '{"at":"2026-11-22T19:59:59.999Z","operator":"ana","session":"tab-1","event":"beat","rtt":12}',
    '{"at":"2026-11-22T10:00:00.000Z","operator":"bo","session":"\\u0061b\\/","event":"beat"}',
  ])('of %s', (text) => {
    const line = Buffer.from(`${text}\n`)
    // A whole line behind each keeps a change from running into the next one.
    const parts = Array.from(line.keys()).flatMap((place) =>
      Array.from({ length: 256 }, (_, byte) => [
        Buffer.concat([line.subarray(0, place), Buffer.of(byte), line.subarray(place + 1), line]),
        ...(byte % 5 === 0
          ? [Buffer.concat([line.subarray(0, place), Buffer.of(byte), line.subarray(place), line])]
          : []),
        ...(byte === 0 ? [Buffer.concat([line.subarray(0, place), line.subarray(place + 1), line])] : []),
      ]).flat(),
    )
    for (const isValid of [true, false]) {
      const bytes = Buffer.concat(parts.filter((part) => isUtf8(part) === isValid))
      const plain = readPlainly(bytes, { names: namesFor(), futureLimit })
      const names = namesFor('bytes')
      const parser = createLineParser({ names, futureLimit })
      const batch = createBatch(4)
      parser.parse(bytes, batch)
      expect(names.describe(batch)).toEqual(namesOf(bytes))
      expect(parser.counts.accepted).toBe(plain.batch.length)
      expect(sumOf(parser.counts.skipped)).toBe(plain.outcomes.length - plain.batch.length)
    }
  })
})

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

function namesOf(bytes: Buffer): string[] {
  const names = namesFor()
  return names.describe(readPlainly(bytes, { names, futureLimit }).batch)
}
