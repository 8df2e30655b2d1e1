import type { Clock } from '../../domain/clock.ts'
import type { LockNote } from '../../domain/inspection/evidence.ts'
import { formatTime, parseTime } from '../../domain/time.ts'
import { type Disk, openForReading, openForWriting, openNew } from './disk.ts'
import { giveNewMode, readFully, requireFile, writeFully } from './durableFile.ts'
import { attempt, attemptAsync, attemptQuietly, errnoOf, StoreRefusal, unlessMissing } from './refusal.ts'

/** Held until released, or until the process ends in whatever way: the kernel sees to that. */
export interface HeldLock {
  /** What the lock file said before this holder; to be asked before anything is noted. */
  readPrevious(): LockNote | null
  /** Says in the lock file who holds it. Only for messages: a full disk may lose it. */
  note(note: LockNote): void
  release(): void
}

export interface LockWish {
  readonly disk: Disk
  readonly file: string
  /** A file of the store that the holder locks too, where it is there. */
  readonly guarded: string
  readonly clock: Clock
  readonly waitMs: number
  /** Asked for where there is something to wait for. */
  readonly signal: () => AbortSignal
}

const longestPauseMs = 32

/** Waits its turn up to `waitMs`, then refuses with `busy`. A lock is never taken from a holder. */
export async function acquireLock(wish: LockWish): Promise<HeldLock> {
  const lock = (await tryHoldBoth(wish)) ?? (await waitForLock(wish))
  lock.note({ pid: process.pid, at: wish.clock.now() })
  return lock
}

async function waitForLock(wish: LockWish): Promise<HeldLock> {
  const { disk, file, clock, waitMs, signal: askSignal } = wish
  const startedAt = clock.steady()
  const signal = askSignal()
  let pausedMs = 0
  for (let round = 0; ; round += 1) {
    const waitedMs = Math.max(clock.steady() - startedAt, pausedMs)
    if (waitedMs >= waitMs || signal.aborted) throw new StoreRefusal(busy(disk, file, waitedMs))
    // Processes that began together don't come back together.
    const pauseMs = Math.min(2 ** round + (process.pid % 5), longestPauseMs, Math.max(1, waitMs - waitedMs))
    await clock.sleep(pauseMs, signal)
    pausedMs += pauseMs
    const lock = await tryHoldBoth(wish)
    if (lock !== null) return lock
  }
}

/**
 * The lock file may be removed while it is held, and the next process would lock a new one of that name. So the holder
 * locks a second file, which is there as long as the store is. Null while another has either.
 */
async function tryHoldBoth({ disk, file, guarded }: LockWish): Promise<HeldLock | null> {
  const lock = await tryHold(disk, file)
  if (lock === null) return null
  let guard: HeldLock | 'busy' | 'missing' = 'busy'
  try {
    guard = await tryGuard(disk, guarded)
  } finally {
    if (guard === 'busy') lock.release()
  }
  if (guard === 'busy') return null
  return guard === 'missing' ? lock : holdingBoth(lock, guard)
}

async function tryGuard(disk: Disk, file: string): Promise<HeldLock | 'busy' | 'missing'> {
  return attemptAsync({ file, action: 'lock' }, async () => {
    const fd = unlessMissing(() => disk.open(file, openForWriting, 0))
    if (fd === null) return 'missing'
    return (await lockOrClose(disk, fd, file)) === 'held' ? heldLock(disk, fd) : 'busy'
  })
}

/** Lets go of the lock file last: whoever waits for it then finds the other file free. */
function holdingBoth(lock: HeldLock, guard: HeldLock): HeldLock {
  return {
    ...lock,
    release: () => {
      guard.release()
      lock.release()
    },
  }
}

/** One attempt; null while another process, or another open of this one, holds it. */
export async function tryHold(disk: Disk, file: string): Promise<HeldLock | null> {
  return attemptAsync({ file, action: 'lock' }, async () => {
    for (;;) {
      const fd = openLock(disk, file)
      const locked = await lockOrClose(disk, fd, file)
      if (locked === 'held') return heldLock(disk, fd)
      if (locked === 'busy') return null
    }
  })
}

/** `gone`: somebody removed the lock file between opening and locking; the lock on it would bind nobody. */
async function lockOrClose(disk: Disk, fd: number, file: string): Promise<'held' | 'busy' | 'gone'> {
  let outcome: 'held' | 'busy' | 'gone' = 'gone'
  try {
    const mine = disk.stat(fd)
    requireFile(file, mine)
    if (!(await disk.tryLock(fd))) outcome = 'busy'
    else {
      const named = unlessMissing(() => disk.statName(file))
      if (named !== null && named.ino === mine.ino && named.dev === mine.dev) outcome = 'held'
    }
  } finally {
    if (outcome !== 'held') disk.close(fd)
  }
  return outcome
}

function openLock(disk: Disk, file: string): number {
  for (;;) {
    const existing = unlessMissing(() => disk.open(file, openForWriting, 0))
    if (existing !== null) return existing
    const created = createLock(disk, file)
    if (created !== null) return created
  }
}

/** Null where another process was quicker. */
function createLock(disk: Disk, file: string): number | null {
  let fd: number | null = null
  try {
    fd = disk.open(file, openNew, 0o660)
    giveNewMode(disk, fd, file)
    return fd
  } catch (error) {
    if (fd !== null) disk.close(fd)
    if (errnoOf(error) === 'EEXIST') return null
    throw error
  }
}

function heldLock(disk: Disk, fd: number): HeldLock {
  let open = true
  return {
    readPrevious: () => readNoteQuietly(disk, fd),
    note: (note) => {
      if (open) attemptQuietly(() => writeFully(disk, fd, noteBytes(note), 0))
    },
    release: () => {
      if (open) attemptQuietly(() => disk.close(fd))
      open = false
    },
  }
}

/** Always as long as every other note, so that one write replaces it whole. */
function noteBytes({ pid, at }: LockNote): Buffer {
  return Buffer.from(`${JSON.stringify({ pid, at: formatTime(at) }).padEnd(62)}\n`)
}

/** A note that can't be read must not cost the lock: nobody would ever let go of it. */
function readNoteQuietly(disk: Disk, fd: number): LockNote | null {
  let note: LockNote | null = null
  attemptQuietly(() => {
    note = readLockNote(disk, fd)
  })
  return note
}

/** What the last holder said; null where nothing readable was. */
export function readLockNote(disk: Disk, fd: number): LockNote | null {
  const bytes = Buffer.alloc(63)
  const count = readFully(disk, fd, bytes, 0)
  const match = /^\{"pid":(\d{1,10}),"at":"([^"]+)"\} *\n$/.exec(bytes.toString('utf8', 0, count))
  const at = match?.[2] === undefined ? null : parseTime(match[2])
  return match === null || at === null ? null : { pid: Number(match[1]), at }
}

function busy(disk: Disk, file: string, waitedMs: number) {
  const holder = attempt({ file, action: 'lock' }, () => {
    const fd = unlessMissing(() => disk.open(file, openForReading, 0))
    if (fd === null) return null
    try {
      return readNoteQuietly(disk, fd)
    } finally {
      disk.close(fd)
    }
  })
  return {
    code: 'busy',
    file,
    holder: holder && { pid: holder.pid, since: holder.at },
    waitedMs: Math.round(waitedMs),
  } as const
}
