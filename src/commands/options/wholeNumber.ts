import { InvalidArgumentError } from 'commander'

/** The value of `--limit N`. */
export function readLimit(text: string): number {
  return readWholeNumber(text, 'write a whole number from 1.')
}

/** The value of `--position N`: a place in the display order, 1 being the first. */
export function readPosition(text: string): number {
  return readWholeNumber(text, 'write a whole number from 1, the first place.')
}

function readWholeNumber(text: string, objection: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError(objection)
  return number
}
