import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { statusRows } from '../../domain/catalogue/occupancy.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'

/** Who is asked, and whether anybody can be: `globals.asks`. */
export interface Asking {
  readonly globals: Globals
  readonly system: System
}

/** A missing answer where nobody can be asked. `flag` is how to give it. */
export function missing(what: string, flag: string): Result<never, Failure> {
  return refuse({ code: 'missing-answer', what, flag })
}

/** The status that is given, else one chosen from those there are. */
export async function statusOrAsk(
  given: string | undefined,
  asking: Asking,
  { store, message }: { readonly store: Store; readonly message: string },
): Promise<Result<string, Failure>> {
  if (given !== undefined) return ok(given)
  if (!asking.globals.asks) return missing('the status', 'STATUS, an id or a name; see: opstat status list')
  const snapshot = await store.read()
  if (!snapshot.ok) return snapshot
  const { catalogue, recorded } = snapshot.value
  if (catalogue.statuses.length === 0) return missing('the status', 'STATUS; there is none yet: opstat status create')
  const { askStatus } = await import('./prompts.ts')
  return ok(await askStatus(asking, message, statusRows(catalogue, recorded)))
}

/** The operator that is given, else one chosen, or typed where there are too many to choose from. */
export async function operatorOrAsk(
  given: string | undefined,
  asking: Asking,
  { store, message }: { readonly store: Store; readonly message: string },
): Promise<Result<string, Failure>> {
  if (given !== undefined) return ok(given)
  if (!asking.globals.asks) return missing('the operator', 'OPERATOR, an id; see: opstat operator list')
  const catalogue = await readCatalogue(store)
  if (!catalogue.ok) return catalogue
  const { operators } = catalogue.value
  if (operators.length === 0) return missing('the operator', 'OPERATOR; there is none yet: opstat operator add ID')
  const { askOperator } = await import('./prompts.ts')
  return ok(await askOperator(asking, message, operators))
}

/** The catalogue as it is while somebody is asked; what is decided is decided anew inside the lock. */
export async function readCatalogue(store: Store): Promise<Result<Catalogue, Failure>> {
  const snapshot = await store.read()
  return snapshot.ok ? ok(snapshot.value.catalogue) : snapshot
}
