import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { errnoOf, specialKindOf } from './feedFile.ts'
import type { FollowEvent, Follower, FollowPosition, FollowState, Look, Looking } from './follower.ts'

const newline = 0x0a
const blockBytes = 1 << 18

/** Follows a file that only grows. */
export function createSimpleFollower(options: {
  readonly file: string
  readonly position: FollowPosition | null
}): Follower {
  let position = options.position
  let state: FollowState = { state: 'following' }

  async function readToEnd(looking: Looking): Promise<Look> {
    const happened: FollowEvent[] = []
    const start = position?.offset ?? 0
    try {
      const handle = await open(options.file, constants.O_RDONLY | constants.O_NONBLOCK)
      try {
        const stats = await handle.stat()
        if (!stats.isFile()) return become({ state: 'refused', found: specialKindOf(stats) }, happened)
        await readLines(handle, `${stats.dev}-${stats.ino}`, looking)
      } finally {
        await handle.close()
      }
    } catch (error) {
      const errno = errnoOf(error)
      return become(errno === 'ENOENT' ? { state: 'missing' } : { state: 'unreadable', errno }, happened)
    }
    return {
      ...become({ state: 'following' }, happened),
      bytesRead: (position?.offset ?? 0) - start,
    }
  }

  async function readLines(handle: Awaited<ReturnType<typeof open>>, file: string, looking: Looking): Promise<void> {
    const block = Buffer.allocUnsafe(blockBytes)
    for (;;) {
      const offset = position?.offset ?? 0
      const { bytesRead } = await handle.read(block, 0, block.length, offset)
      const length = block.subarray(0, bytesRead).lastIndexOf(newline) + 1
      if (length > 0) {
        const { recorded } = looking
        const place =
          recorded !== null && recorded.file === file && offset + length <= recorded.offset ? 'recorded' : 'new'
        await looking.onChunk({
          bytes: block.subarray(0, length),
          file,
          offset,
          end: offset + length,
          place,
        })
      }
      position = {
        version: 1,
        file,
        offset: offset + length,
        before: '',
        retired: [],
        known: [],
      }
      if (length === 0 || looking.stop?.aborted === true) return
    }
  }

  function become(next: FollowState, happened: FollowEvent[]): Look {
    if (next.state !== state.state) {
      if (next.state === 'following') happened.push({ event: 'appeared' })
      if (next.state === 'missing') happened.push({ event: 'missing' })
      if (next.state === 'refused') happened.push({ event: 'refused', found: next.found })
      if (next.state === 'unreadable')
        happened.push({
          event: 'unreadable',
          file: options.file,
          errno: next.errno,
        })
    }
    state = next
    return { state, happened, bytesRead: 0 }
  }

  return {
    readToEnd,
    position: () => position,
    feedPosition: () => (position === null ? null : { file: position.file, offset: position.offset }),
    close: async () => undefined,
  }
}
