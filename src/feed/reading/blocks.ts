import type { OpenFile } from '../feedFiles.ts'

const blockBytes = 1 << 18

/** A file's bytes from its beginning. One buffer for all blocks: each is used up before the next is asked for. */
export async function* blocksOf(open: OpenFile): AsyncIterable<Uint8Array> {
  const block = Buffer.allocUnsafeSlow(blockBytes)
  for (let position = 0; ; ) {
    const length = await open.read(block, position)
    if (length === 0) return
    yield block.subarray(0, length)
    position += length
  }
}
