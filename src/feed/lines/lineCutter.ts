import { longestLine, newline } from '../feedFile.ts'

/** Whole lines, each with its newline. */
export interface CutLines {
  readonly bytes: Buffer
  /** Where the first line began and the last one ended, in bytes since the beginning. */
  readonly offset: number
  readonly end: number
}

/** Cuts a stream of bytes behind its newlines. Keeps the unfinished line, of an over-long one only the beginning. */
export interface LineCutter {
  /** The lines that are complete with these bytes: none, one piece, or two where the first line was begun before. */
  cut(bytes: Uint8Array): CutLines[]
}

export function createLineCutter(): LineCutter {
  let unfinished: Buffer = Buffer.alloc(0)
  let lineStart = 0
  let position = 0

  function keep(bytes: Buffer): void {
    const room = longestLine + 1 - unfinished.length
    if (room > 0 && bytes.length > 0) unfinished = Buffer.concat([unfinished, bytes.subarray(0, room)])
  }

  function finish(end: number): CutLines {
    const line = Buffer.concat([unfinished, Buffer.of(newline)])
    const lines = { bytes: line, offset: lineStart, end }
    unfinished = Buffer.alloc(0)
    lineStart = end
    return lines
  }

  return {
    cut: (bytes) => {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const chunkStart = position
      position += chunk.length
      const wholeEnd = chunk.lastIndexOf(newline) + 1
      if (wholeEnd === 0) {
        keep(chunk)
        return []
      }
      const pieces: CutLines[] = []
      let start = 0
      if (lineStart < chunkStart) {
        start = chunk.indexOf(newline) + 1
        keep(chunk.subarray(0, start - 1))
        pieces.push(finish(chunkStart + start))
      }
      if (start < wholeEnd) {
        pieces.push({ bytes: chunk.subarray(start, wholeEnd), offset: lineStart, end: chunkStart + wholeEnd })
        lineStart = chunkStart + wholeEnd
      }
      keep(chunk.subarray(wholeEnd))
      return pieces
    },
  }
}
