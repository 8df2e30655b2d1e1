import type { FeedHappening } from '../domain/watching/notice.ts'
import { errnoOf } from './feedFile.ts'
import type { Follower, FollowState, Look, Looking } from './follower.ts'
import { createLineCutter } from './lines/lineCutter.ts'

/** So much is read ahead of the watcher's turns. */
const queueBytes = 1 << 22

/** A stream that brought nothing for so long has, for one look, come to its end. */
const quietMs = 20

/**
 * Follows bytes that are handed in: standard input. Reads ahead a little and no further. Its end is the end of
 * evidence (`ended`); a last line without newline is dropped. There is no position to come back to.
 */
export function createStreamFollower(bytes: AsyncIterable<Uint8Array>): Follower {
  const inlet = createInlet(bytes)
  const cutter = createLineCutter()
  let state: FollowState = { state: 'following' }

  async function readToEnd(looking: Looking): Promise<Look> {
    let bytesRead = 0
    for (let chunk = await inlet.next(); chunk !== null; chunk = await inlet.next()) {
      bytesRead += chunk.length
      for (const lines of cutter.cut(chunk)) {
        const done = looking.onChunk({ ...lines, file: '-', place: 'new' })
        if (done !== undefined) await done
      }
      if (looking.stop?.aborted === true) break
    }
    const happened = whatHappened()
    return { state, happened, bytesRead, drained: state.state !== 'unreadable', beganLate: false }
  }

  function whatHappened(): FeedHappening[] {
    if (state.state !== 'following' || inlet.outcome === null) return []
    const outcome = inlet.outcome
    state = outcome
    return [outcome.state === 'ended' ? { event: 'ended' } : { event: 'unreadable', file: '-', errno: outcome.errno }]
  }

  return { readToEnd, position: () => null, feedPosition: () => null, close: async () => inlet.close() }
}

type Outcome = Extract<FollowState, { state: 'ended' | 'unreadable' }>

interface Inlet {
  /** How the stream ended, once everything of it was taken. */
  readonly outcome: Outcome | null
  /** The next bytes; null where the stream is quiet or at its end. */
  next(): Promise<Uint8Array | null>
  close(): void
}

/** Reads a stream into a short queue, beginning with the first question. */
function createInlet(bytes: AsyncIterable<Uint8Array>): Inlet {
  const queue: Uint8Array[] = []
  let queued = 0
  let outcome: Outcome | null = null
  let isStarted = false
  let isClosed = false
  /** Wakes the one who waits for bytes; wakes the reading when there is room again. */
  let arrived: () => void = () => undefined
  let emptied: () => void = () => undefined

  async function pump(): Promise<Outcome> {
    try {
      for await (const chunk of bytes) {
        if (isClosed) break
        queue.push(chunk)
        queued += chunk.length
        arrived()
        if (queued > queueBytes) await new Promise<void>((resolve) => (emptied = resolve))
      }
      return { state: 'ended' }
    } catch (error) {
      return { state: 'unreadable', errno: errnoOf(error) }
    }
  }

  async function start(): Promise<void> {
    isStarted = true
    outcome = await pump()
    arrived()
  }

  async function next(): Promise<Uint8Array | null> {
    if (!isStarted) void start()
    if (queue.length === 0 && outcome === null) await quietOr((resolve) => (arrived = resolve))
    const chunk = queue.shift()
    if (chunk === undefined) return null
    queued -= chunk.length
    if (queued <= queueBytes) emptied()
    return chunk
  }

  return {
    next,
    get outcome() {
      return queue.length === 0 ? outcome : null
    },
    close: () => {
      isClosed = true
      emptied()
    },
  }
}

/** Resolves when told to, or after a quiet while. */
function quietOr(listen: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, quietMs)
    listen(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
