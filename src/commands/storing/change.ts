import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { permit } from '../../domain/catalogue/permission.ts'
import type { Deed, Failure } from '../../domain/failure.ts'
import { factsOfChange, type Stamp } from '../../domain/history/factsOfChange.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Change, Decide, Store, StoreSnapshot } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Effect } from '../../views/catalogue/outcome.ts'
import type { Call } from '../declaring/command.ts'

/** A change that a command wants, and whether the account that runs it may make it. */
export interface Wish<Value> {
  readonly deed: Deed
  readonly decide: (current: StoreSnapshot, stamp: Stamp) => ReturnType<Decide<Value>>
}

/** What a change came to; `value` is what `decide` gave. */
export interface Outcome<Value> {
  readonly value: Value
  readonly effect: Effect
}

/** Commits the wish in one step, or only tries it with `--dry-run`. Permission is asked of what the lock protects. */
export async function change<Value>(
  store: Store,
  { call, system }: { readonly call: Call; readonly system: System },
  { deed, decide }: Wish<Value>,
): Promise<Result<Outcome<Value>, Failure>> {
  const rehearsed = call.options.dryRun === true
  const { account } = system
  const decideIfPermitted: Decide<Outcome<Value>> = async (current, at) => {
    const permitted = permit(current.catalogue, account, deed)
    if (!permitted.ok) return permitted
    const wanted = await decide(current, { at, by: account.name })
    if (!wanted.ok) return wanted
    const effect = wanted.value.facts.length === 0 ? 'none' : rehearsed ? 'rehearsed' : 'made'
    return ok({ ...wanted.value, value: { value: wanted.value.value, effect } })
  }
  if (rehearsed) return store.rehearse(decideIfPermitted)
  const committed = await store.transact(decideIfPermitted)
  return committed.ok ? ok(committed.value.value) : committed
}

/** The change from one catalogue to another, with the facts that tell of it. */
export function changeOf<Value>(
  { before, after, stamp }: { readonly before: Catalogue; readonly after: Catalogue; readonly stamp: Stamp },
  value: Value,
): Change<Value> {
  return { catalogue: after, facts: factsOfChange(before, after, stamp), value }
}
