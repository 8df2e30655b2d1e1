import { dirname } from 'node:path'
import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import type { Failure } from '../../domain/failure.ts'
import { handMadeFacts } from '../../domain/history/reconcile.ts'
import { ok, type Result } from '../../domain/result.ts'
import { backUp } from '../catalogue/backup.ts'
import { requireValid } from '../catalogue/catalogueText.ts'
import { freshText } from '../catalogue/jsonStyle.ts'
import { attempt } from '../disk/refusal.ts'
import { exists, type House } from '../house.ts'
import type { Memory } from '../reading.ts'
import { commit, settle } from './commit.ts'

export interface Creation {
  readonly catalogue: Catalogue
  readonly existing: 'keep' | 'replace'
  readonly document: unknown
}

/** Creates the catalogue; one that exists is kept, or backed up and replaced. The history goes on. */
export async function create(
  house: House,
  memory: Memory,
  { catalogue, existing, document }: Creation,
): Promise<Result<'created' | 'kept' | 'replaced', Failure>> {
  const { catalogue: file } = memory.files
  if (exists(house, file) && existing === 'keep') return ok('kept')
  attempt({ file, action: 'create' }, () => house.disk.statName(dirname(file)))
  return house.underLock(memory.files, async () => {
    const sight = await settle(house, memory)
    const { hash, stat } = sight.sheet
    if (hash !== null && existing === 'keep') return ok('kept')
    const at = house.clock.now()
    const valid = requireValid(file, document)
    if (stat !== null) await backUp(house.disk, file, { old: { bytes: memory.catalogue.bytes(), stat }, at })
    const facts = handMadeFacts({ recorded: sight.fold.recorded, catalogue, editedAt: at, now: at, by: house.by })
    const page = { bytes: Buffer.from(freshText(document)), catalogue: valid }
    await commit(house, memory, sight, { facts, feed: undefined, at, page, reconciles: true })
    return ok(hash === null ? 'created' : 'replaced')
  })
}
