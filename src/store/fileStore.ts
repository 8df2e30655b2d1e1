import type { Failure } from '../domain/failure.ts'
import type { HistoryEntry } from '../domain/history/history.ts'
import { ok, type Result, refuse } from '../domain/result.ts'
import { answer, StoreRefusal } from './disk/refusal.ts'
import { createHouse, type FileStoreOptions, type House } from './house.ts'
import { withPauses } from './pausing.ts'
import type { Store } from './port.ts'
import { catalogueOf, lookUnlocked, type Memory } from './reading.ts'
import { takeSnapshot } from './snapshot.ts'
import { noColumns } from './state/stateFile.ts'
import { readHead } from './state/stateHead.ts'
import { plainStoreFiles, storeFiles } from './storeFiles.ts'

/** The store in files (contract §1): catalogue, history, state and two lock files side by side. */
export function createFileStore(options: FileStoreOptions): Store {
  const house = createHouse(options)
  return {
    name: options.file,
    read: () => house.inTurn(async (memory) => ok(await readSnapshot(house, memory))),
    transact: (decide) => house.inTurn(async (memory) => (await writing()).transact(house, memory, decide)),
    transactOn: (change) =>
      house.inTurn(async (memory) => (await import('./writing/transactOn.ts')).transactOn(house, memory, change)),
    rehearse: (decide) => house.inTurn(async (memory) => (await writing()).rehearse(house, memory, decide)),
    create: (catalogue, wish) =>
      house.inTurn(async (memory) =>
        (await import('./writing/creation.ts')).create(house, memory, { catalogue, ...wish }),
      ),
    history: () => readHistory(house),
    verify: (onPause) => house.inTurn((memory) => verify(house, memory, onPause)),
    archive: (wish) =>
      house.inTurn(async (memory) => (await import('./writing/archival.ts')).archive(house, memory, wish)),
    files: () => plainStoreFiles(house.disk, options.file),
    inspect: () =>
      house.inTurn(async (memory) => {
        const { inspectStore } = await import('./inspection.ts')
        return ok(await inspectStore(house, memory, options.file))
      }),
    places: () =>
      house.inTurn(async (memory) => {
        const { placesOf } = await import('./inspection.ts')
        return ok(placesOf(house.disk, memory.files, options.file))
      }),
    saveCheckpoint: (checkpoint, columns = noColumns) =>
      house.inTurn(async (memory) => (await writing()).saveCheckpoint(house, memory, { checkpoint, columns })),
    lead: () =>
      answer(async () => {
        const { takeLead } = await import('./disk/leadership.ts')
        return ok(await takeLead(house.disk, storeFiles(house.disk, options.file).watchLock))
      }),
    close: () => house.rest(),
  }
}

/** Reading is what most commands do: whatever else there is to do is loaded when it is done. */
function writing() {
  return import('./writing/transacting.ts')
}

async function readSnapshot(house: House, memory: Memory) {
  const { sheet, fold } = await lookUnlocked(house, memory)
  const catalogue = await catalogueOf(house, memory, sheet)
  return takeSnapshot(house, memory, { catalogue, sheet, recorded: fold.recorded })
}

async function* readHistory(house: House): AsyncGenerator<Result<HistoryEntry, Failure>> {
  const { entriesOf } = await import('./history/segments.ts')
  try {
    for (const entry of entriesOf(house.disk, house.files().history)) yield ok(entry)
  } catch (error) {
    if (!(error instanceof StoreRefusal)) throw error
    yield refuse(error.failure)
  }
}

const secondLookMs = 100

/** A commit that is just being written looks unfinished: only what is broken twice is broken. */
async function verify(house: House, { files }: Memory, onPause: Parameters<Store['verify']>[0]) {
  const { verifyHistory } = await import('./history/verifyHistory.ts')
  const once = async () => {
    const noted = readHead(house.disk, files.state)
    const found = await withPauses(verifyHistory(house.disk, files.history, noted), onPause)
    const { seq, head, since, missing, alterations } = found
    const away = missing === null ? {} : { away: { entries: since, file: missing } }
    return ok({ entries: seq, head, ...away, ...(alterations.length > 0 && { alterations }) })
  }
  const first = await answer(once)
  if (first.ok || first.failure.code !== 'history-broken') return first
  await house.clock.sleep(secondLookMs, new AbortController().signal)
  return once()
}
