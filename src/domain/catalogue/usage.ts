import type { StatusUse } from '../failure.ts'
import { type Catalogue, weekdays } from './catalogue.ts'

export type SettingUse = 'default-offline' | 'auto-offline'

/** The settings that name the status, as `usedAs` of contract §6. Auto-offline counts also while it is disabled. */
export function usedAs({ settings }: Pick<Catalogue, 'settings'>, id: string): SettingUse[] {
  const uses: SettingUse[] = []
  if (settings.defaultOffline === id) uses.push('default-offline')
  if (settings.autoOffline.status === id) uses.push('auto-offline')
  return uses
}

/** The settings that name the status, with what a refusal tells of them. */
export function settingsNaming({ settings }: Pick<Catalogue, 'settings'>, id: string): StatusUse[] {
  return usedAs({ settings }, id).map((by) =>
    by === 'auto-offline' ? { by, enabled: settings.autoOffline.enabled } : { by },
  )
}

/** Settings and calendars that name the status: what keeps it from being deleted wherever operators go (contract §2). */
export function usesOf(catalogue: Catalogue, id: string): StatusUse[] {
  const calendars = catalogue.calendars.filter(({ week, exceptions }) => {
    const days = [...weekdays.map((day) => week[day] ?? []), ...exceptions.values()]
    return days.some((day) => day.some((interval) => interval.status === id))
  })
  return [
    ...settingsNaming(catalogue, id),
    ...calendars.map(({ id: calendar }): StatusUse => ({ by: 'calendar', calendar })),
  ]
}
