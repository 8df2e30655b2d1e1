import { type Catalogue, defaultSettings } from '../../domain/catalogue/catalogue.ts'
import type { Recorded } from '../../domain/history/recorded.ts'

/** What the history says of the catalogue but for its calendars: all of it, where that is known (`tellsAll`). */
export function toldCatalogue(recorded: Recorded): Omit<Catalogue, 'calendars'> {
  const { statuses, liveStatuses, settings, roster } = recorded
  return {
    statuses: [...liveStatuses].flatMap((id) => statuses.get(id) ?? []),
    settings: settings ?? defaultSettings,
    operators: [...roster.values()],
  }
}
