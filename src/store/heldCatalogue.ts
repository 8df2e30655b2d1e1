import type { Catalogue, Operator } from '../domain/catalogue/catalogue.ts'
import type { Recorded } from '../domain/history/recorded.ts'
import type { CatalogueSheet } from './catalogueAdapter.ts'
import { isSameStat } from './disk/disk.ts'
import { toldOffering } from './history/toldCatalogue.ts'
import { defineLazily } from './lazily.ts'
import type { Memory } from './reading.ts'

/** From here on room matters more than what is saved where the text is needed as well. */
export const hugeBytes = 1 << 22

/** What the state holds of this very text, or says of this very file, that was parsed and found to be valid before. */
export function heldCatalogue(
  { state: { page, catalogue }, fold }: Pick<Memory, 'state' | 'fold'>,
  sheet: CatalogueSheet,
): Catalogue | null {
  const { bytes, stat } = sheet
  if (page !== null && bytes !== null && page.bytes.equals(bytes)) return page.catalogue()
  if (catalogue === null || stat === null || stat.size > hugeBytes || !isSameStat(stat, catalogue.stat)) return null
  // The history's last word on the catalogue is this very text: it was not edited by hand.
  if (!catalogue.isTold || fold?.mark?.after !== catalogue.hash) return null
  return toldLazily(fold.recorded)
}

/** Of many operators most commands look at none. To be looked at by `settleRoster` before anything else is recorded. */
function toldLazily(recorded: Recorded): Catalogue {
  const catalogue: Catalogue = { ...toldOffering(recorded), calendars: [], operators: [] }
  defineLazily(catalogue as { operators: Catalogue['operators'] }, 'operators', () => [...recorded.roster.values()])
  return catalogue
}

/** The catalogue read last keeps the operators that it has, whatever is recorded from now on. */
export function settleRoster({ parsed }: Pick<Memory, 'parsed'>): readonly Operator[] {
  return parsed?.catalogue.operators ?? []
}
