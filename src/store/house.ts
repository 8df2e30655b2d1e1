import type { Clock } from '../domain/clock.ts'
import type { Failure } from '../domain/failure.ts'
import type { Result } from '../domain/result.ts'
import { type Disk, realDisk, waitingDisk } from './disk/disk.ts'
import { requireFile } from './disk/durableFile.ts'
import { acquireLock } from './disk/lock.ts'
import { answer, attempt, StoreRefusal, unlessMissing } from './disk/refusal.ts'
import type { StoreFiles } from './port.ts'
import { createMemory, letGo, type Memory } from './reading.ts'
import { storeFiles } from './storeFiles.ts'

export interface FileStoreOptions {
  /** The catalogue's file; a symbolic link to it is followed. */
  readonly file: string
  readonly clock: Clock
  /** Who is named in the history's entries that the store itself makes: those of `create`. Asked for then alone. */
  readonly by: string
  /** How long a command waits for another one that holds the store; 10 s. */
  readonly lockWaitMs?: number
  /** Aborted: a wait for the lock ends at once, as `busy`. */
  readonly stop?: AbortSignal
  /** `alone`: the process has nothing else to do while the device writes. */
  readonly work?: 'alone' | 'beside others'
  /** The file system; tests make it fail. */
  readonly disk?: Disk
}

/** What all calls of one store object share. */
export interface House {
  readonly disk: Disk
  readonly clock: Clock
  readonly by: string
  files(): StoreFiles
  /** One call after the other: they share the memory. */
  inTurn<Value>(run: (memory: Memory) => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure>>
  rest(): Promise<void>
  underLock<Value>(files: StoreFiles, run: () => Promise<Value>): Promise<Value>
}

const patienceMs = 10_000

export function createHouse(options: FileStoreOptions): House {
  const { file, clock, lockWaitMs, disk = options.work === 'alone' ? waitingDisk() : realDisk } = options
  let last: Promise<unknown> = Promise.resolve()
  let memory: Memory | null = null
  const files = () => storeFiles(disk, file)
  const recall = () => {
    const now = files()
    // A symbolic link that points elsewhere is another store.
    if (memory?.files.catalogue !== now.catalogue) memory = createMemory({ disk, clock }, now)
    return memory
  }
  return {
    disk,
    clock,
    get by() {
      return options.by
    },
    files,
    inTurn: (run) => {
      const turn = last.then(() =>
        answer(async () => {
          const own = recall()
          try {
            return await run(own)
          } finally {
            letGo(own)
          }
        }),
      )
      // The next in turn comes whatever became of this one; its own caller hears of it.
      last = turn.catch(() => undefined)
      return turn
    },
    rest: async () => {
      await last
      memory?.catalogue.close()
      memory = null
    },
    underLock: async ({ lock: file, history: guarded }, run) => {
      const signal = () => options.stop ?? new AbortController().signal
      const wish = { disk, clock, waitMs: lockWaitMs ?? patienceMs, signal, file, guarded }
      const lock = await acquireLock(wish)
      try {
        return await run()
      } finally {
        lock.release()
      }
    },
  }
}

/** Is there a regular file? Refuses anything else in its place. */
export function exists({ disk }: House, file: string): boolean {
  return attempt({ file, action: 'read' }, () => {
    const stat = unlessMissing(() => disk.statName(file))
    if (stat !== null) requireFile(file, stat)
    return stat !== null
  })
}

/** Without a catalogue and without a history that might hold one, there is nothing to lock. */
export function requireStore(house: House, { catalogue, history }: StoreFiles): void {
  if (exists(house, catalogue) || exists(house, history)) return
  throw new StoreRefusal({ code: 'store-missing', file: catalogue })
}
