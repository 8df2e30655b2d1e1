import type { Failure } from '../../domain/failure.ts'
import type { HistoryFact } from '../../domain/history/history.ts'
import { ok, type Result } from '../../domain/result.ts'
import { type CatalogueChange, changedPage } from '../catalogue/changedText.ts'
import { syncDirectory } from '../disk/durableFile.ts'
import { attemptQuietlyAsync } from '../disk/refusal.ts'
import { settleRoster } from '../heldCatalogue.ts'
import { isLost } from '../history/alteration.ts'
import { type House, requireStore } from '../house.ts'
import type { Committed, Decide } from '../port.ts'
import { catalogueOf, look, lookUnlocked, type Memory, pageOf } from '../reading.ts'
import { takeSnapshot } from '../snapshot.ts'
import { type StoredCheckpoint, savedContent } from '../state/stateFile.ts'
import { readHead } from '../state/stateHead.ts'
import { factsByHand, foreseen } from './byHand.ts'
import { commit, keepWhole, type Settled, settle } from './commit.ts'

/** Locks, reads anew, decides, writes (port.ts). */
export async function transact<Value>(
  house: House,
  memory: Memory,
  decide: Decide<Value>,
): Promise<Result<Committed<Value>, Failure>> {
  requireStore(house, memory.files)
  return house.underLock(memory.files, async () => {
    const sight = await settle(house, memory)
    return transactAt(house, memory, { sight, decide })
  })
}

/** The same for who holds the lock. */
export async function transactLocked<Value>(
  house: House,
  memory: Memory,
  decide: Decide<Value>,
): Promise<Result<Committed<Value>, Failure>> {
  return transactAt(house, memory, { sight: await settle(house, memory), decide })
}

async function transactAt<Value>(
  house: House,
  memory: Memory,
  { sight, decide }: { readonly sight: Settled; readonly decide: Decide<Value> },
): Promise<Result<Committed<Value>, Failure>> {
  const catalogue = await catalogueOf(house, memory, sight.sheet)
  settleRoster(memory)
  const at = house.clock.now()
  const byHand = factsByHand(memory, sight, { catalogue, at })
  const recorded = byHand.length === 0 ? sight.fold.recorded : foreseen(sight.fold.recorded, byHand, at)
  const decided = await decide(takeSnapshot(house, memory, { catalogue, sheet: sight.sheet, recorded }), at)
  if (!decided.ok) return decided
  const { value, feed } = decided.value
  const facts = [...withoutOvertaken(byHand, decided.value.facts), ...decided.value.facts]
  const { catalogue: after = catalogue, rewrite } = decided.value
  const page = await pageFor(house, memory, { before: catalogue, after, rewrite: rewrite ?? null })
  if (facts.length === 0 && page === null) return ok({ value, entries: [] })
  const reconciles = sight.fold.mark?.after !== sight.sheet.hash
  return ok({ value, entries: await commit(house, memory, sight, { facts, feed, at, page, reconciles }) })
}

/** A first stay that the change knows to have begun earlier (a choice found in the feed) is left to the change. */
function withoutOvertaken(byHand: readonly HistoryFact[], facts: readonly HistoryFact[]): readonly HistoryFact[] {
  const began = new Map<string, number>()
  for (const fact of facts) {
    if (fact.type === 'status-entered' && !began.has(fact.operator)) began.set(fact.operator, fact.at)
  }
  return byHand.filter((fact) => fact.type !== 'status-entered' || fact.at <= (began.get(fact.operator) ?? fact.at))
}

async function pageFor(house: House, memory: Memory, change: CatalogueChange) {
  if (change.before === change.after && change.rewrite === null) return null
  return changedPage(memory.files.catalogue, await pageOf(house, memory), change)
}

/** The same without the lock and without writing. */
export async function rehearse<Value>(
  house: House,
  memory: Memory,
  decide: Decide<Value>,
): Promise<Result<Value, Failure>> {
  const sight = await lookUnlocked(house, memory)
  const catalogue = await catalogueOf(house, memory, sight.sheet)
  const at = house.clock.now()
  const recorded = foreseen(sight.fold.recorded, factsByHand(memory, sight, { catalogue, at }), at)
  const decided = await decide(takeSnapshot(house, memory, { catalogue, sheet: sight.sheet, recorded }), at)
  return decided.ok ? ok(decided.value.value) : decided
}

export async function saveCheckpoint(
  house: House,
  memory: Memory,
  { checkpoint, columns }: { readonly checkpoint: unknown; readonly columns: Uint8Array },
): Promise<Result<void, Failure>> {
  return house.underLock(memory.files, async () => {
    const { state: file } = memory.files
    const fold = memory.fold ?? (await look(house, memory)).fold
    const place = { ...memory.delivered }
    const noted = readHead(house.disk, file)
    // What was noted stays noted until a commit has told that it is not there any more.
    const head = noted !== null && isLost(noted, fold.recorded) ? noted : fold.recorded
    await keepWhole(house.disk, memory, {
      fold,
      checkpoint: { ...place, content: contentOnce(checkpoint, columns) },
      head,
    })
    // A power cut would bring back an older one: what was rotated away since could not be found again.
    await attemptQuietlyAsync(() => syncDirectory(house.disk, file))
    memory.checkpoint = { ...place, content: savedContent(house.disk, file) }
    return ok(undefined)
  })
}

/** A function of its own: closures made in one place would keep each other's content alive. */
function contentOnce(checkpoint: unknown, columns: Uint8Array): StoredCheckpoint['content'] {
  return () => ({ text: JSON.stringify(checkpoint) ?? 'null', columns })
}
