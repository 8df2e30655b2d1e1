import type { Catalogue, Operator } from '../../domain/catalogue/catalogue.ts'
import { namedOperator } from '../../domain/catalogue/named.ts'
import { createPast, type OperatorPast, rememberEntry } from '../../domain/explaining/operatorPast.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'
import { withStore } from '../storing/openStore.ts'
import { readHistory } from '../storing/readHistory.ts'

/** One operator and their past as the store has it. */
export interface StoredPast {
  readonly operator: Operator
  /** Is the operator in the roster now? */
  readonly isInRoster: boolean
  readonly catalogue: Catalogue
  readonly past: OperatorPast
}

/** Reads catalogue and history up to an instant. Refuses an operator that neither roster nor history knows. */
export function readPast(
  globals: Globals,
  system: System,
  asked: { readonly operator: string; readonly instant: number },
): Promise<Result<StoredPast, Failure>> {
  return withStore(globals, system, async (store) => {
    const snapshot = await store.read()
    if (!snapshot.ok) return snapshot
    const { catalogue } = snapshot.value
    const past = createPast(asked.operator, asked.instant)
    let left: Operator | null = null
    const read = await readHistory(globals, system, {
      store,
      recorded: snapshot.value.recorded,
      onEntry(entry) {
        rememberEntry(past, entry)
        if (entry.type === 'operator-removed' && entry.operator.id === asked.operator) left = entry.operator
      },
    })
    if (!read.ok) return read
    const found = namedOperator(catalogue.operators, asked.operator)
    if (found.ok) return ok({ operator: found.value, isInRoster: true, catalogue, past })
    return left === null ? found : ok({ operator: left, isInRoster: false, catalogue, past })
  })
}
