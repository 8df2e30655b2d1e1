import { type Catalogue, defaultSettings } from '../../domain/catalogue/catalogue.ts'
import type { Recorded } from '../../domain/history/recorded.ts'

/** What the history says of the catalogue but for its calendars: all of it, where that is known (`tellsAll`). */
export function toldCatalogue(recorded: Recorded): Omit<Catalogue, 'calendars'> {
  return { ...toldOffering(recorded), operators: [...recorded.roster.values()] }
}

/** The same without the operators. */
export function toldOffering({ statuses, liveStatuses, settings }: Recorded): Pick<Catalogue, 'statuses' | 'settings'> {
  return { statuses: [...liveStatuses].flatMap((id) => statuses.get(id) ?? []), settings: settings ?? defaultSettings }
}
