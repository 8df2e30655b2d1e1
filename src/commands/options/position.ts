import { InvalidArgumentError, Option } from 'commander'

/** `--position N`: a place in the display order, 1 being the first. */
export function positionOption(description: string): Option {
  return new Option('--position <n>', description).argParser((text) => {
    const position = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(position) || position < 1) {
      throw new InvalidArgumentError('write a whole number from 1, the first place.')
    }
    return position
  })
}
