import { inflateSync } from 'node:zlib'

/** A picture's pixels. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** The colour of a pixel as `#rrggbb`. */
  color(x: number, y: number): string
}

/** Reads a PNG of eight bits a channel, without interlacing, as browsers write them. Source: W3C, PNG, third edition. */
export function readPng(bytes: Buffer): Picture {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const channels = bytes[25] === 6 ? 4 : 3
  if (bytes[24] !== 8 || (bytes[25] !== 6 && bytes[25] !== 2) || bytes[28] !== 0) throw new Error('another kind of PNG')
  const packed: Buffer[] = []
  for (let place = 8; place < bytes.length; ) {
    const length = bytes.readUInt32BE(place)
    if (bytes.toString('latin1', place + 4, place + 8) === 'IDAT')
      packed.push(bytes.subarray(place + 8, place + 8 + length))
    place += length + 12
  }
  const pixels = unfiltered(inflateSync(Buffer.concat(packed)), { width, height, channels })
  return {
    width,
    height,
    color: (x, y) => `#${pixels.subarray((y * width + x) * channels, (y * width + x) * channels + 3).toString('hex')}`,
  }
}

function unfiltered(
  lines: Buffer,
  { width, height, channels }: { width: number; height: number; channels: number },
): Buffer {
  const lineLength = width * channels
  const pixels = Buffer.alloc(lineLength * height)
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (lineLength + 1)]
    for (let x = 0; x < lineLength; x++) {
      const left = x < channels ? 0 : (pixels[y * lineLength + x - channels] as number)
      const up = y === 0 ? 0 : (pixels[(y - 1) * lineLength + x] as number)
      const upLeft = x < channels || y === 0 ? 0 : (pixels[(y - 1) * lineLength + x - channels] as number)
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter as number] as number
      pixels[y * lineLength + x] = (lines[y * (lineLength + 1) + 1 + x] as number) + predicted
    }
  }
  return pixels
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft
  const [fromLeft, fromUp, fromUpLeft] = [left, up, upLeft].map((value) => Math.abs(guess - value)) as [
    number,
    number,
    number,
  ]
  if (fromLeft <= fromUp && fromLeft <= fromUpLeft) return left
  return fromUp <= fromUpLeft ? up : upLeft
}
