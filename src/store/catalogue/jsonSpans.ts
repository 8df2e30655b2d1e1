/** A value's place in a JSON text: from its first character to behind its last. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A value in an array or object, `outer` with its key. `key` is null in an array. */
export interface ChildSpan extends Span {
  readonly key: string | null
  /** Where the child begins, the key included. */
  readonly outerStart: number
}

const quote = 0x22
const backslash = 0x5c

/** The whole text's value without the space around it. The text must be valid JSON, here and below. */
export function rootSpan(text: string): Span {
  return { start: skipSpace(text, 0), end: text.trimEnd().length }
}

/** The values that lie directly in the array or object at `start`, in order; looked for as they are asked for. */
export function* childSpans(text: string, start: number): Generator<ChildSpan> {
  const inObject = text[start] === '{'
  let at = skipSpace(text, start + 1)
  while (!isClosing(text.charCodeAt(at))) {
    const outerStart = at
    let key: string | null = null
    if (inObject) {
      const keyEnd = stringEnd(text, at)
      key = JSON.parse(text.slice(at, keyEnd)) as string
      at = skipSpace(text, skipSpace(text, keyEnd) + 1)
    }
    const end = valueEnd(text, at)
    yield { key, outerStart, start: at, end }
    at = skipSpace(text, end)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
}

function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start)
  if (first === quote) return stringEnd(text, start)
  if (first === 0x7b || first === 0x5b) return containerEnd(text, start)
  let at = start
  while (at < text.length && !isScalarEnd(text.charCodeAt(at))) at += 1
  return at
}

/** Deliberately a bare loop over characters: the value may be megabytes long and is only passed over. */
function containerEnd(text: string, start: number): number {
  let depth = 0
  for (let at = start; ; at += 1) {
    const character = text.charCodeAt(at)
    if (character === quote) at = stringEnd(text, at) - 1
    // Brackets and braces alone stand behind this place in the alphabet, but for the letters of true, false and null.
    else if (character > 0x5a) {
      if (character === 0x7b || character === 0x5b) depth += 1
      else if (isClosing(character)) {
        depth -= 1
        if (depth === 0) return at + 1
      }
    }
  }
}

/** The quote behind the string, found by the engine's own search: measured, it beats a loop. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes += 1
    if (escapes % 2 === 0) return end + 1
  }
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (isSpace(text.charCodeAt(at))) at += 1
  return at
}

function isSpace(character: number): boolean {
  return character === 0x20 || character === 0x0a || character === 0x0d || character === 0x09
}

function isClosing(character: number): boolean {
  return character === 0x7d || character === 0x5d
}

function isScalarEnd(character: number): boolean {
  return isSpace(character) || isClosing(character) || character === 0x2c
}
