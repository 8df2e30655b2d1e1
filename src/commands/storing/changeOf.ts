import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { factsOfChange, type Stamp } from '../../domain/history/factsOfChange.ts'
import type { Change } from '../../store/port.ts'

/** The change from one catalogue to another, with the facts that tell of it. */
export function changeOf<Value>(
  { before, after, stamp }: { readonly before: Catalogue; readonly after: Catalogue; readonly stamp: Stamp },
  value: Value,
): Change<Value> {
  return { catalogue: after, facts: factsOfChange(before, after, stamp), value }
}
