import type { Failure } from '../domain/failure.ts'
import type { HistoryEntry, HistoryFact } from '../domain/history.ts'
import { ok, type Result, refuse } from '../domain/result.ts'
import { archive } from './archival.ts'
import { type CatalogueChange, changedBytes } from './catalogue/catalogueText.ts'
import { commit, keepWhole, largeIdentity, settle } from './commit.ts'
import { create } from './creation.ts'
import { takeLead } from './disk/leadership.ts'
import { answer, StoreRefusal } from './disk/refusal.ts'
import { entriesOf } from './history/segments.ts'
import { verifyHistory } from './history/verifyHistory.ts'
import { createHouse, exists, type FileStoreOptions, type House } from './house.ts'
import { inspectStore, placesOf } from './inspection.ts'
import type { Committed, Decide, Store, StoreFiles } from './port.ts'
import { catalogueOf, look, lookUnlocked, type Memory, pageOf } from './reading.ts'
import { factsByHand, foreseen, takeSnapshot } from './snapshot.ts'
import { readHead } from './state/stateFile.ts'
import { plainStoreFiles, storeFiles } from './storeFiles.ts'

/** The store in files (contract §1): catalogue, history, state and two lock files side by side. */
export function createFileStore(options: FileStoreOptions): Store {
  const house = createHouse(options)
  return {
    name: options.file,
    read: () => house.inTurn(async (memory) => ok(await readSnapshot(house, memory))),
    transact: (decide) => house.inTurn((memory) => transact(house, memory, decide)),
    rehearse: (decide) => house.inTurn((memory) => rehearse(house, memory, decide)),
    create: (catalogue, wish) => house.inTurn((memory) => create(house, memory, { catalogue, ...wish })),
    history: () => readHistory(house),
    verify: () => house.inTurn((memory) => verify(house, memory)),
    archive: (wish) => house.inTurn((memory) => archive(house, memory, wish)),
    files: () => plainStoreFiles(house.disk, options.file),
    inspect: () => house.inTurn(async (memory) => ok(await inspectStore(house, memory, options.file))),
    places: () => house.inTurn(async (memory) => ok(placesOf(house.disk, memory.files, options.file))),
    saveCheckpoint: (checkpoint) => house.inTurn((memory) => saveCheckpoint(house, memory, checkpoint)),
    lead: () => answer(async () => ok(await takeLead(house.disk, storeFiles(house.disk, options.file).watchLock))),
    close: () => house.rest(),
  }
}

async function readSnapshot(house: House, memory: Memory) {
  const { sheet, fold } = await lookUnlocked(house, memory)
  const catalogue = await catalogueOf(house, memory, sheet)
  return takeSnapshot(house, memory, { catalogue, recorded: fold.recorded })
}

async function transact<Value>(
  house: House,
  memory: Memory,
  decide: Decide<Value>,
): Promise<Result<Committed<Value>, Failure>> {
  requireStore(house, memory.files)
  return house.underLock(memory.files, async () => {
    const sight = await settle(house, memory)
    const catalogue = await catalogueOf(house, memory, sight.sheet)
    const at = house.clock.now()
    const byHand = factsByHand(memory, sight, { catalogue, at })
    const recorded = byHand.length === 0 ? sight.fold.recorded : foreseen(sight.fold.recorded, byHand, at)
    const decided = await decide(takeSnapshot(house, memory, { catalogue, recorded }), at)
    if (!decided.ok) return decided
    const { value, feed } = decided.value
    const facts = [...withoutOvertaken(byHand, decided.value.facts), ...decided.value.facts]
    const { catalogue: after = catalogue, rewrite } = decided.value
    const bytes = await bytesFor(house, memory, { before: catalogue, after, rewrite: rewrite ?? null })
    if (facts.length === 0 && bytes === null) return ok({ value, entries: [] })
    const reconciles = sight.fold.mark?.after !== sight.sheet.hash
    return ok({ value, entries: await commit(house, memory, sight, { facts, feed, at, bytes, reconciles }) })
  })
}

/** A first stay that the change knows to have begun earlier (a choice found in the feed) is left to the change. */
function withoutOvertaken(byHand: readonly HistoryFact[], facts: readonly HistoryFact[]): readonly HistoryFact[] {
  const began = new Map<string, number>()
  for (const fact of facts) {
    if (fact.type === 'status-entered' && !began.has(fact.operator)) began.set(fact.operator, fact.at)
  }
  return byHand.filter((fact) => fact.type !== 'status-entered' || fact.at <= (began.get(fact.operator) ?? fact.at))
}

async function bytesFor(house: House, memory: Memory, change: CatalogueChange) {
  if (change.before === change.after && change.rewrite === null) return null
  return changedBytes(memory.files.catalogue, await pageOf(house, memory), change)
}

async function rehearse<Value>(house: House, memory: Memory, decide: Decide<Value>): Promise<Result<Value, Failure>> {
  const sight = await lookUnlocked(house, memory)
  const catalogue = await catalogueOf(house, memory, sight.sheet)
  const at = house.clock.now()
  const recorded = foreseen(sight.fold.recorded, factsByHand(memory, sight, { catalogue, at }), at)
  const decided = await decide(takeSnapshot(house, memory, { catalogue, recorded }), at)
  return decided.ok ? ok(decided.value.value) : decided
}

async function* readHistory(house: House): AsyncGenerator<Result<HistoryEntry, Failure>> {
  try {
    for (const entry of entriesOf(house.disk, house.files().history)) yield ok(entry)
  } catch (error) {
    if (!(error instanceof StoreRefusal)) throw error
    yield refuse(error.failure)
  }
}

const secondLookMs = 100

/** A commit that is just being written looks unfinished: only what is broken twice is broken. */
async function verify(house: House, { files }: Memory) {
  const once = async () => {
    const noted = readHead(house.disk, files.state)
    const { seq, head, since, missing } = verifyHistory(house.disk, files.history, noted)
    return ok({ entries: seq, head, ...(missing === null ? {} : { away: { entries: since, file: missing } }) })
  }
  const first = await answer(once)
  if (first.ok || first.failure.code !== 'history-broken') return first
  await house.clock.sleep(secondLookMs, new AbortController().signal)
  return once()
}

async function saveCheckpoint(house: House, memory: Memory, checkpoint: unknown): Promise<Result<void, Failure>> {
  return house.underLock(memory.files, async () => {
    const { state: file } = memory.files
    const fold = memory.fold ?? (await look(house, memory)).fold
    const stored = { text: JSON.stringify(checkpoint) ?? 'null', ...memory.delivered }
    const noted = readHead(house.disk, file)
    const head = noted !== null && noted.seq > fold.recorded.seq ? noted : fold.recorded
    await keepWhole(house.disk, memory, { state: { fold, catalogue: largeIdentity(memory), checkpoint: stored }, head })
    memory.checkpoint = stored
    return ok(undefined)
  })
}

/** Without a catalogue and without a history that might hold one, there is nothing to lock. */
function requireStore(house: House, { catalogue, history }: StoreFiles): void {
  if (exists(house, catalogue) || exists(house, history)) return
  throw new StoreRefusal({ code: 'store-missing', file: catalogue })
}
