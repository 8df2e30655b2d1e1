/**
 * How names are hashed, four bytes at a time. Names come from outside: with the secret mixed in after each
 * multiplication nobody who does not know it can make names that collide on purpose.
 */
export interface NameHashing {
  readonly start: number
  /** Odd. */
  readonly factor: number
}

/** `secret`: a whole number that nobody can foresee; 0 where the names are one's own. */
export function nameHashing(secret: number): NameHashing {
  const start = finishHash(Math.imul(secret ^ 0x2545f491, spread))
  return { start, factor: finishHash(start ^ 0x5bd1e995) | 1 }
}

const spread = 0x9e3779b1

/** Takes four bytes in; a name's last bytes are filled up with zeros. */
export function mixWord(hash: number, word: number, factor: number): number {
  const mixed = Math.imul(hash ^ word, spread)
  return Math.imul(mixed ^ (mixed >>> 15), factor)
}

export function finishHash(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** The hash of two names that belong together. */
export function hashOfPair(first: number, second: number): number {
  const mixed = Math.imul(first ^ 0x27d4eb2f, spread) ^ second
  return finishHash(mixed)
}

/** The hash of the bytes in `[start, end)`, of which at least three more stand after `end`. */
export function hashOfBytes(hashing: NameHashing, view: DataView, range: { start: number; end: number }): number {
  const { factor } = hashing
  const { start, end } = range
  let hash = hashing.start
  let position = start
  for (; position + 4 <= end; position += 4) hash = mixWord(hash, view.getInt32(position, true), factor)
  if (position < end) hash = mixWord(hash, tailWord(view, position, end - position), factor)
  return finishHash(hash)
}

/** One to three bytes at `position`, filled up with zeros. */
export function tailWord(view: DataView, position: number, count: number): number {
  return view.getInt32(position, true) & ((1 << (count << 3)) - 1)
}
