import { asksRoster, permit } from '../../domain/catalogue/permission.ts'
import type { Deed, Failure } from '../../domain/failure.ts'
import type { Stamp } from '../../domain/history/factsOfChange.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Change, Decide, OperatorSnapshot, Store, StoreSnapshot } from '../../store/port.ts'
import type { Account, System } from '../../system/system.ts'
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

/** A wish about one operator. */
export interface OperatorWish<Value> extends Wish<Value> {
  readonly operator: string
  /** Decides by what the store holds of that operator alone; null where that is not enough. */
  readonly decideAlone: (
    current: OperatorSnapshot,
    stamp: Stamp,
  ) => Result<Pick<Change<Value>, 'facts' | 'value'>, Failure> | null
}

/** What `dryRunOption` declares. */
export interface ChangeOptions {
  readonly dryRun?: boolean
}

interface Around {
  readonly call: Pick<Call<ChangeOptions>, 'options'>
  readonly system: System
}

/** Commits the wish in one step, or only tries it with `--dry-run`. Permission is asked of what the lock protects. */
export async function change<Value>(
  store: Store,
  { call, system }: Around,
  wish: Wish<Value>,
): Promise<Result<Outcome<Value>, Failure>> {
  const rehearsed = call.options.dryRun === true
  const decide = permitted(wish, { actor: system.account, effect: rehearsed ? 'rehearsed' : 'made' })
  if (rehearsed) return store.rehearse(decide)
  const committed = await store.transact(decide)
  return committed.ok ? ok(committed.value.value) : committed
}

/** The same for a wish about one operator, at the same cost in a store of any size. */
export async function changeOperator<Value>(
  store: Store,
  { call, system }: Around,
  wish: OperatorWish<Value>,
): Promise<Result<Outcome<Value>, Failure>> {
  if (call.options.dryRun === true) return change(store, { call, system }, wish)
  const { account } = system
  const committed = await store.transactOn<Outcome<Value>>({
    operator: wish.operator,
    decideAlone(current, at) {
      if (asksRoster(current.catalogue.settings, account)) return null
      const wanted = wish.decideAlone(current, { at, by: account.name })
      return wanted === null || !wanted.ok ? wanted : ok(withEffect(wanted.value, 'made'))
    },
    decide: permitted(wish, { actor: account, effect: 'made' }),
  })
  return committed.ok ? ok(committed.value.value) : committed
}

function permitted<Value>(
  { deed, decide }: Wish<Value>,
  { actor, effect }: { readonly actor: Account; readonly effect: 'made' | 'rehearsed' },
): Decide<Outcome<Value>> {
  return async (current, at) => {
    const permission = permit(current.catalogue, actor, deed)
    if (!permission.ok) return permission
    const wanted = await decide(current, { at, by: actor.name })
    return wanted.ok ? ok(withEffect(wanted.value, effect)) : wanted
  }
}

function withEffect<Value>(change: Change<Value>, wished: 'made' | 'rehearsed'): Change<Outcome<Value>> {
  return { ...change, value: { value: change.value, effect: change.facts.length === 0 ? 'none' : wished } }
}
