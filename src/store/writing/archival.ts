import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import { attemptQuietlyAsync } from '../disk/refusal.ts'
import { archiveHistory, type Cut, findCut } from '../history/archiveHistory.ts'
import { formatOpening } from '../history/opening.ts'
import type { House } from '../house.ts'
import type { Archived, ArchiveWish } from '../port.ts'
import { catalogueOf, lookUnlocked, type Memory, type Sight } from '../reading.ts'
import { sha256 } from '../sha256.ts'
import { readStateOrRefuse } from '../state/stateFile.ts'
import { commit, keepWhole, type Settled, settle } from './commit.ts'

const nothing = { entries: 0, file: null }

/** Closes the part of the history that was written before an instant (contract §6); the rest goes on where it was. */
export async function archive(house: House, memory: Memory, wish: ArchiveWish): Promise<Result<Archived, Failure>> {
  const { permit, before, rehearsed } = wish
  if (rehearsed) {
    const sight = await lookUnlocked(house, memory)
    const permitted = permit(await catalogueOf(house, memory, sight.sheet))
    if (!permitted.ok) return permitted
    return ok({ ...nothing, entries: findCut(house.disk, memory.files.history, before)?.entries ?? 0 })
  }
  return house.underLock(memory.files, async () => {
    const sight = await settle(house, memory)
    const permitted = permit(await catalogueOf(house, memory, sight.sheet))
    if (!permitted.ok) return permitted
    const cut = findCut(house.disk, memory.files.history, before)
    if (cut === null) return ok(nothing)
    return ok(await cutOff(house, memory, { sight: await told(house, memory, sight), cut, before }))
  })
}

/** An archiving renews the note of where the history ends: what somebody did to that end is told before. */
async function told(house: House, memory: Memory, sight: Settled): Promise<Settled> {
  if (sight.alteration === null) return sight
  const plan = { facts: [], feed: undefined, at: house.clock.now(), page: null, reconciles: false }
  await commit(house, memory, sight, plan)
  return settle(house, memory)
}

async function cutOff(
  { disk, clock, by }: House,
  memory: Memory,
  { sight, cut, before }: { sight: Sight; cut: Cut; before: number },
): Promise<Archived> {
  const { history: file, state } = memory.files
  const at = clock.now()
  // Before anything is done: a checkpoint that can't be moved along would be lost.
  const known = readStateOrRefuse(disk, state)?.checkpoint ?? null
  const { archived, opening, end } = await archiveHistory(disk, { file, cut, before, at, by, stagedAs: state })
  const line = formatOpening(opening)
  const moved = (offset: number) => Math.max(end, offset - cut.fold.offset + end)
  const fold = {
    ...sight.fold,
    offset: moved(sight.fold.offset),
    ...(sight.fold.offset === cut.fold.offset && { lastLine: Buffer.byteLength(line), lastText: null }),
    opening: { seq: opening.seq, end, hash: sha256(line) },
  }
  const checkpoint = known && { ...known, offset: moved(known.offset), seq: Math.max(known.seq, opening.seq) }
  memory.fold = fold
  memory.delivered = { offset: moved(memory.delivered.offset), seq: Math.max(memory.delivered.seq, opening.seq) }
  // The archived part is closed whether or not the cache can be written.
  await attemptQuietlyAsync(() => keepWhole(disk, memory, { fold, checkpoint, head: fold.recorded }))
  return { entries: cut.entries, file: archived }
}
