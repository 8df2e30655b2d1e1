import { closeSync, openSync, writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { catalogueText } from './catalogue.ts'
import { feedBlocks, feedStartAt, type Variant, variants } from './feed.ts'

// `npm run bench -- generate catalogue|feed`: writes what the benchmarks read, the same for the same numbers.

const usage = `npm run bench -- generate catalogue --operators 10000 [--statuses 50] --out FILE
npm run bench -- generate feed --operators 100000 --records 10000000 [--variant ${variants.join('|')}] [--seed 1] --out FILE`

/** Writes a catalogue or a feed into the file named. Answers what was wrong with the words, or null. */
export function generate(words: readonly string[]): string | null {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      operators: { type: 'string', default: '1000' },
      statuses: { type: 'string', default: '50' },
      records: { type: 'string', default: '1000000' },
      variant: { type: 'string', default: 'canonical' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
    },
  })
  const numbers = [values.operators, values.statuses, values.records, values.seed].map(Number)
  const [operators, statuses, records, seed] = numbers as [number, number, number, number]
  const isVariant = (text: string): text is Variant => variants.some((variant) => variant === text)
  const { out, variant } = values
  if (out === undefined || numbers.some((value) => !Number.isSafeInteger(value) || value < 0)) return usage
  if (positionals[0] === 'catalogue') writePieces(out, catalogueText({ statuses, operators }))
  else if (positionals[0] === 'feed' && isVariant(variant) && operators > 0)
    writePieces(out, feedBlocks({ operators, records, variant, seed, startAt: feedStartAt }))
  else return usage
  return null
}

/** Writes pieces into a new file, one after the other. */
export function writePieces(file: string, pieces: Iterable<string | Uint8Array>): void {
  const fd = openSync(file, 'w')
  try {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
      for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written)
    }
  } finally {
    closeSync(fd)
  }
}
