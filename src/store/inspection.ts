import { dirname, join } from 'node:path'
import type { Failure } from '../domain/failure.ts'
import type { HistoryEnd } from '../domain/history/history.ts'
import type {
  HistoryCondition,
  LockCondition,
  Place,
  StateCondition,
  StoreInspection,
} from '../domain/inspection/evidence.ts'
import { stagedFiles } from './catalogue/staged.ts'
import { type Disk, openForReading } from './disk/disk.ts'
import { readWhole } from './disk/durableFile.ts'
import { readLockNote } from './disk/lock.ts'
import { attemptQuietly, errnoOf, StoreRefusal, unlessMissing } from './disk/refusal.ts'
import { commitsIn, withHistory } from './history/historyFile.ts'
import { verifyHistory } from './history/verifyHistory.ts'
import type { House } from './house.ts'
import { withoutPause } from './pausing.ts'
import type { StoreFiles } from './port.ts'
import { catalogueOf, lookUnlocked, type Memory } from './reading.ts'
import { readState } from './state/stateFile.ts'
import { readHead } from './state/stateHead.ts'
import { factsByHand } from './writing/byHand.ts'

/** How everything beside the catalogue is, without changing or repairing anything. */
export async function inspectStore(house: House, memory: Memory, named: string): Promise<StoreInspection> {
  const { disk } = house
  const { files } = memory
  return {
    history: historyCondition(disk, files),
    state: stateCondition(disk, files.state),
    unrecorded: await countUnrecorded(house, memory),
    lock: await lockCondition(disk, files.lock),
    watchLock: await lockCondition(disk, files.watchLock),
    staged: listQuietly(() => [...stagedFiles(disk, files.catalogue), ...stagedFiles(disk, files.state)]),
    backups: listQuietly(() => backupsOf(disk, files.catalogue)),
    places: placesOf(disk, files, named),
  }
}

function historyCondition(disk: Disk, files: StoreFiles): HistoryCondition {
  try {
    const noted = notedEnd(disk, files.state)
    const isThere = unlessMissing(() => disk.statName(files.history)) !== null
    if (!isThere && noted === null) return { condition: 'absent' }
    const { seq, head, since, missing, alterations } = withoutPause(verifyHistory(disk, files.history, noted))
    const away = missing === null ? null : { entries: since, file: missing }
    return { condition: 'whole', entries: seq, head, away, alterations }
  } catch (error) {
    const failure = failureOf(error, files.history)
    const entries = failure.code === 'history-broken' ? wholeEntries(disk, files.history) : null
    // What stands behind the last whole commit was cut off by a crash; anything before it was changed.
    const isLast = failure.code === 'history-broken' && failure.file === files.history
    return entries !== null && isLast && failure.line > entries
      ? { condition: 'unfinished', entries }
      : { condition: 'broken', failure }
  }
}

/** Why the state can't be read is said where the state is looked at. */
function notedEnd(disk: Disk, file: string): HistoryEnd | null {
  let noted: HistoryEnd | null = null
  attemptQuietly(() => {
    noted = readHead(disk, file)
  })
  return noted
}

/** How many lines the whole commits have, if something unfinished follows them; null else. */
function wholeEntries(disk: Disk, file: string): number | null {
  let count: number | null = null
  attemptQuietly(() => {
    count = withHistory(disk, file, (fd, size) => {
      let end = 0
      let lines = 0
      for (const commit of commitsIn(disk, fd, { file, from: 0, to: size, linesBefore: 0 })) {
        end = commit.end
        lines += commit.opening === undefined ? commit.lines.length : 1
      }
      return size > end ? lines : null
    })
  })
  return count
}

function stateCondition(disk: Disk, file: string): StateCondition {
  if (readState(disk, file) !== null) return { condition: 'usable' }
  try {
    return { condition: readWhole(disk, file) === null ? 'absent' : 'unusable' }
  } catch (error) {
    const failure = failureOf(error, file)
    // A link in its place is not followed: it can be removed like any nonsense.
    return failure.code === 'file' && failure.errno !== 'ELOOP'
      ? { condition: 'unreadable', errno: failure.errno }
      : { condition: 'unusable' }
  }
}

async function countUnrecorded(house: House, memory: Memory): Promise<number> {
  try {
    const sight = await lookUnlocked(house, memory)
    const catalogue = await catalogueOf(house, memory, sight.sheet)
    return factsByHand(memory, sight, { catalogue, at: house.clock.now() }).length
  } catch (error) {
    // Why the catalogue can't be read is said where it is read.
    if (error instanceof StoreRefusal) return 0
    throw error
  }
}

/** Asks the kernel with a shared lock that is let go at once: a command that wants its own then tries again. */
async function lockCondition(disk: Disk, file: string): Promise<LockCondition> {
  let fd: number | null = null
  try {
    fd = unlessMissing(() => disk.open(file, openForReading, 0))
    if (fd === null) return { lock: 'absent' }
    const note = readLockNote(disk, fd)
    return { lock: (await disk.tryShare(fd)) ? 'free' : 'held', note }
  } catch (error) {
    return { lock: 'unknown', errno: error instanceof StoreRefusal ? 'EIO' : errnoOf(error) }
  } finally {
    if (fd !== null) disk.close(fd)
  }
}

function backupsOf(disk: Disk, catalogue: string): string[] {
  const directory = dirname(catalogue)
  const beginning = `${catalogue.slice(directory.length).replace(/^\//, '')}.bak-`
  const names = disk.list(directory).filter((name) => name.startsWith(beginning))
  return names.sort().map((name) => join(directory, name))
}

function listQuietly(list: () => string[]): string[] {
  let found: string[] = []
  attemptQuietly(() => {
    found = list()
  })
  return found
}

/** The store's files as far as they exist, their directory, and that of a link to the catalogue. */
export function placesOf(disk: Disk, files: StoreFiles, named: string): Place[] {
  const wanted = [...Object.values(files), dirname(files.catalogue), dirname(named)] as string[]
  return [...new Set(wanted)].flatMap((file): Place[] => {
    let place: Place[] = []
    attemptQuietly(() => {
      const { kind, mode, uid } = disk.statName(disk.realpath(file))
      place = [{ file, what: kind === 'directory' ? 'directory' : 'file', mode, uid }]
    })
    return place
  })
}

function failureOf(error: unknown, file: string): Failure {
  if (error instanceof StoreRefusal) return error.failure
  return { code: 'file', file, action: 'read', errno: errnoOf(error), hint: null }
}
