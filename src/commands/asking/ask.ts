import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { statusRows } from '../../domain/catalogue/occupancy.ts'
import type { Failure, Unasked } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'

/** Who is asked, and whether anybody can be: `globals.asks`. */
export interface Asking {
  readonly globals: Globals
  readonly system: System
}

/** What the command line left open, and how it is given there. */
export interface Answer {
  readonly what: string
  readonly flag: string
}

/** A missing answer where nobody can be asked. */
export function missing(why: Unasked, { what, flag }: Answer): Result<never, Failure> {
  return refuse({ code: 'missing-answer', what, why, flag })
}

interface StoredChoice {
  readonly store: Store
  readonly message: string
  /** How it is given, where it is no argument of the command. */
  readonly flag?: string
}

/** The status that is given, else one chosen from those there are. */
export async function statusOrAsk(
  given: string | undefined,
  asking: Asking,
  { store, message, flag = 'STATUS, an id or a name; see: opstat status list' }: StoredChoice,
): Promise<Result<string, Failure>> {
  if (given !== undefined) return ok(given)
  const { asks } = asking.globals
  if (asks !== 'yes') return missing(asks, { what: 'the status', flag })
  const snapshot = await store.read()
  if (!snapshot.ok) return snapshot
  const { catalogue, recorded } = snapshot.value
  if (catalogue.statuses.length === 0)
    return noneThere({ what: 'the status', flag: 'STATUS; to add one: opstat status create NAME' })
  const { askStatus } = await import('./prompts.ts')
  return ok(await askStatus(asking, message, statusRows(catalogue, recorded)))
}

/** The operator that is given, else one chosen, or typed where there are too many to choose from. */
export async function operatorOrAsk(
  given: string | undefined,
  asking: Asking,
  { store, message, flag = 'OPERATOR, an id; see: opstat operator list' }: StoredChoice,
): Promise<Result<string, Failure>> {
  if (given !== undefined) return ok(given)
  const { asks } = asking.globals
  if (asks !== 'yes') return missing(asks, { what: 'the operator', flag })
  const catalogue = await readCatalogue(store)
  if (!catalogue.ok) return catalogue
  const { operators } = catalogue.value
  if (operators.length === 0)
    return noneThere({ what: 'the operator', flag: 'OPERATOR; to add one: opstat operator add ID' })
  const { askOperator } = await import('./prompts.ts')
  return ok(await askOperator(asking, message, operators))
}

function noneThere({ what, flag }: Answer): Result<never, Failure> {
  return refuse({ code: 'missing-answer', what, why: 'none-there', flag })
}

/** The catalogue as it is while somebody is asked; what is decided is decided anew inside the lock. */
export async function readCatalogue(store: Store): Promise<Result<Catalogue, Failure>> {
  const snapshot = await store.read()
  return snapshot.ok ? ok(snapshot.value.catalogue) : snapshot
}
