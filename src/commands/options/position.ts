import { InvalidArgumentError } from 'commander'

/** The value of `--position N`: a place in the display order, 1 being the first. */
export function readPosition(text: string): number {
  const position = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(position) || position < 1) {
    throw new InvalidArgumentError('write a whole number from 1, the first place.')
  }
  return position
}
