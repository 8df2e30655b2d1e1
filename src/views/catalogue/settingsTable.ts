import { type Catalogue, type Settings, targetOf } from '../../domain/catalogue/catalogue.ts'
import { settingsToJson } from '../../domain/catalogue/document.ts'
import { hasLeader } from '../../domain/catalogue/permission.ts'
import { type SettingEdit, type SettingKey, settingKeys } from '../../domain/edits/settingsEdits.ts'
import { unreachable } from '../../domain/result.ts'
import { formatDuration } from '../../domain/time.ts'
import type { Paint } from '../painting/paint.ts'
import { renderTable } from '../painting/table.ts'
import type { Shown } from '../shown.ts'
import { type Effect, outcomeNote } from './outcome.ts'
import { statusWords } from './statusTable.ts'

/** All settings, and what they come to. */
export function showSettings(catalogue: Catalogue): Shown {
  return {
    value: settingsToJson(catalogue.settings),
    human: (paint) => `${settingsTable(settingKeys, catalogue, paint)}\n\n${targetWords(catalogue)}`,
    sheet: { columns: ['key', 'value'], rows: settingKeys.map((key) => [key, settingText(key, catalogue.settings)]) },
    names: settingKeys,
  }
}

/** The settings after one was set. Of `auto-offline off` people need to hear that the rule goes on. */
export function showSettingSet({ catalogue, key }: SettingEdit, effect: Effect): Shown {
  const value = settingText(key, catalogue.settings)
  const note = outcomeNote(effect, {
    made: `set ${key} to ${value}`,
    would: `set ${key} to ${value}`,
    none: `${key} is ${value} already; nothing to change`,
  })
  const consequence = consequenceWords(catalogue, key)
  return {
    ...showSettings(catalogue),
    names: [key],
    human: (paint) => settingsTable([key], catalogue, paint),
    note: consequence === null ? note : [note, consequence],
  }
}

function settingsTable(keys: readonly SettingKey[], catalogue: Catalogue, paint: Paint): string {
  const columns = [{ header: 'setting' }, { header: 'value' }, { header: 'meaning' }]
  const rows = keys.map((key) => [key, settingText(key, catalogue.settings), settingMeaning(key, catalogue)])
  return renderTable(columns, rows, paint)
}

function consequenceWords(catalogue: Catalogue, key: SettingKey): string | null {
  switch (key) {
    case 'auto-offline':
    case 'default-offline':
    case 'offline-after':
      return targetWords(catalogue)
    case 'access':
      if (catalogue.settings.access === 'open' || hasLeader(catalogue)) return null
      return 'No supervisor or administrator has an account, so only root can change anything under roles.'
    default:
      return null
  }
}

/** A setting's value as `settings set` takes it. */
export function settingText(key: SettingKey, settings: Settings): string {
  switch (key) {
    case 'default-offline':
      return settings.defaultOffline ?? 'none'
    case 'auto-offline':
      if (settings.autoOffline.enabled) return settings.autoOffline.status
      return settings.autoOffline.status === null ? 'none' : 'off'
    case 'offline-after':
      return durationOrNever(settings.offlineAfterMs)
    case 'session-timeout':
      return formatDuration(settings.sessionTimeoutMs)
    case 'feed-timeout':
      return durationOrNever(settings.feedTimeoutMs)
    case 'mass-guard':
      return massGuardText(settings)
    case 'access':
      return settings.access
    default:
      return unreachable(key)
  }
}

/** Who is switched to what at present, and which setting says so (contract §4.4). */
function targetWords(catalogue: Catalogue): string {
  const { offlineAfterMs } = catalogue.settings
  if (offlineAfterMs === null) return 'The rule is off: nobody is switched, however long they are away.'
  const target = targetOf(catalogue)
  if (target.source === 'none') return "Nobody can be switched: there is no status that can't receive."
  const status = catalogue.statuses.find((one) => one.id === target.status)
  const name = status === undefined ? target.status : statusWords(status)
  return `Operators without a sign of life for ${formatDuration(offlineAfterMs)} are switched to ${name}: ${sourceWords[target.source]}.`
}

export const sourceWords = {
  'auto-offline': 'auto-offline names it',
  'default-offline': 'auto-offline is off, and default-offline names it',
  'first-neither': 'no setting names a status, and it is the first with neither flag',
  'first-not-receiving': "no setting names a status, and it is the first that can't receive",
} as const

export const accessWords = {
  open: 'whoever can write the files may change them',
  roles: 'supervisors and administrators may change things',
} as const

function settingMeaning(key: SettingKey, { settings }: Catalogue): string {
  switch (key) {
    case 'default-offline':
      return 'where operators start, and go where auto-offline is off'
    case 'auto-offline':
      return autoOfflineMeaning(settings)
    case 'offline-after':
      return 'silence after which an operator is switched'
    case 'session-timeout':
      return 'silence after which a session counts as gone'
    case 'feed-timeout':
      return 'silence of the feed that counts as blindness'
    case 'mass-guard':
      return 'holds switches of many at once'
    case 'access':
      return accessWords[settings.access]
    default:
      return unreachable(key)
  }
}

function autoOfflineMeaning({ autoOffline }: Settings): string {
  if (autoOffline.enabled) return 'where absent operators go'
  return autoOffline.status === null
    ? 'no status of its own for absent operators'
    : `disabled; remembers ${autoOffline.status}`
}

function massGuardText({ massGuard }: Settings): string {
  if (massGuard === null) return 'off'
  const { share, atLeast, holdMs } = massGuard
  if (atLeast === 3 && holdMs === 120_000) return `${shareText(share)}%`
  return JSON.stringify({ share, atLeast, hold: formatDuration(holdMs) })
}

/** 0.07 as 7, not as 7.000000000000001. */
function shareText(share: number): string {
  return String(Number((share * 100).toPrecision(12)))
}

function durationOrNever(durationMs: number | null): string {
  return durationMs === null ? 'never' : formatDuration(durationMs)
}
