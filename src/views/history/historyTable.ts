import { settingsToJson } from '../../domain/catalogue/document.ts'
import { isObject } from '../../domain/catalogue/rules/fields.ts'
import { settingKeys } from '../../domain/edits/settingsEdits.ts'
import type { HistoryEntry, Transition } from '../../domain/history/history.ts'
import { unreachable } from '../../domain/result.ts'
import { formatTime } from '../../domain/time.ts'
import { operatorWords } from '../catalogue/operatorTable.ts'
import { counted, listed } from '../catalogue/outcome.ts'
import { settingText } from '../catalogue/settingsTable.ts'
import { statusWords } from '../catalogue/statusTable.ts'
import { listFields } from '../listFields.ts'
import { type Column, renderTable } from '../painting/table.ts'
import { timeText } from '../painting/timeText.ts'
import { timeOrNull } from '../presence/presenceShapes.ts'
import type { Shown } from '../shown.ts'
import { alterationWords } from './alterationWords.ts'

/** What changed, when, why and by whom, oldest first. */
export function showHistory(entries: readonly HistoryEntry[]): Shown {
  return {
    value: entries.map(historyShape),
    human: (paint) => {
      if (entries.length === 0) return ''
      return renderTable(
        historyColumns,
        entries.map((entry) => [timeText(entry.at, paint), entry.by, whatWords(entry), whyWords(entry)]),
        paint,
      )
    },
    sheet: {
      columns: ['seq', 'at', 'type', 'by', 'what', 'why', 'recordedAt'],
      rows: entries.map((entry) => [
        entry.seq,
        formatTime(entry.at),
        entry.type,
        entry.by,
        whatWords(entry),
        whyWords(entry),
        formatTime(entry.recordedAt),
      ]),
    },
    names: entries.map((entry) => String(entry.seq)),
    fields: listFields.history,
    pick: (places) => showHistory(places.flatMap((place) => entries[place] ?? [])),
    ...(entries.length === 0 ? { note: 'the history has no such entry' } : {}),
  }
}

const historyColumns: readonly Column[] = [
  { header: 'at' },
  { header: 'by', shrinksTo: 8 },
  { header: 'what', shrinksTo: 24 },
  { header: 'why', shrinksTo: 30, leaves: 1 },
]

/** That the history is whole, from its beginning or from where an archived part, not here any more, ended. */
export function showVerified(verified: {
  readonly entries: number
  readonly head: string
  readonly away?: { readonly entries: number; readonly file: string }
}): Shown {
  const { entries, head, away } = verified
  const whole = `${counted(entries, 'entry')} in unbroken order; the last one's hash is ${head}`
  const rest = away && `The first ${away.entries} are in ${away.file}, which is not here: they were not looked at`
  return {
    value: verified,
    human: () => (rest === undefined ? whole : `${whole}\n${rest}`),
    names: [head],
  }
}

/** An entry as its line in the history has it (contract §6). */
export function historyShape(entry: HistoryEntry): Record<string, unknown> {
  const { seq, at, type, by, recordedAt, prev, feed, ...fields } = entry
  return {
    seq,
    at: formatTime(at),
    type,
    by,
    ...shapedFields(entry, fields),
    recordedAt: formatTime(recordedAt),
    prev,
    ...(feed === undefined ? {} : { feed }),
  }
}

function shapedFields(entry: HistoryEntry, fields: object): object {
  if (entry.type === 'status-entered') {
    return { ...fields, due: timeOrNull(entry.due), lastSeen: timeOrNull(entry.lastSeen) }
  }
  if (entry.type === 'settings-changed') {
    return { before: settingsToJson(entry.before), after: settingsToJson(entry.after) }
  }
  return fields
}

export function whatWords(entry: HistoryEntry): string {
  switch (entry.type) {
    case 'status-entered':
      return `${entry.operator} ${entry.from === null ? 'starts in' : `from ${entry.from} to`} ${entry.to}`
    case 'dialogues':
      return `${entry.operator} has ${entry.open === 0 ? 'no dialogue' : counted(entry.open, 'dialogue')} open`
    case 'status-created':
      return `status ${statusWords(entry.status)} created`
    case 'status-edited':
      return `status ${entry.after.id} changed: ${changeWords(entry.before, entry.after) || `now at position ${entry.position}`}`
    case 'status-deleted':
      return `status ${statusWords(entry.status)} deleted`
    case 'settings-changed':
      return `settings changed: ${settingWords(entry)}`
    case 'operator-added':
      return `operator ${operatorWords(entry.operator)} added`
    case 'operator-edited':
      return `operator ${entry.after.id} changed: ${changeWords(entry.before, entry.after)}`
    case 'operator-removed':
      return `operator ${operatorWords(entry.operator)} removed`
    case 'applied':
      return `${entry.source} applied: ${entry.changes.created} created, ${entry.changes.edited} changed, ${entry.changes.deleted} deleted`
    case 'calendars-changed':
      return `calendar${entry.calendars.length === 1 ? '' : 's'} ${listed(entry.calendars)} changed`
    case 'history-altered':
      return `the end of the history had been changed: ${alterationWords(entry)}`
    default:
      return unreachable(entry)
  }
}

function whyWords(entry: HistoryEntry): string | null {
  return entry.type === 'status-entered' ? causeWords(entry) : null
}

function causeWords({ cause, from, due, lastSeen }: Transition): string {
  switch (cause) {
    case 'auto-offline': {
      const silence = lastSeen === null ? 'no sign of life at all' : `no sign of life since ${formatTime(lastSeen)}`
      return due === null ? silence : `${silence}, due ${formatTime(due)}`
    }
    case 'panel':
      return 'chosen in the panel'
    case 'admin':
      return from === null ? 'first recorded' : 'set by an administrator'
    case 'status-deleted':
      return `${from ?? 'the status'} was deleted`
    default:
      return unreachable(cause)
  }
}

/** "name Lunch to Break, color #ff0000 to #00ff00": the fields that differ. */
function changeWords(before: object, after: object): string {
  const earlier = new Map(Object.entries(before))
  const changed = Object.entries(after).filter(([key, value]) => earlier.get(key) !== value)
  return changed.map(([key, value]) => `${key} ${valueText(earlier.get(key))} to ${valueText(value)}`).join(', ')
}

function settingWords({ before, after }: Extract<HistoryEntry, { type: 'settings-changed' }>): string {
  const changed = settingKeys
    .map((key) => ({ key, from: settingText(key, before), to: settingText(key, after) }))
    .filter(({ from, to }) => from !== to)
  // What `off` remembers may differ although both read "off".
  return changed.map(({ key, from, to }) => `${key} ${from} to ${to}`).join(', ') || 'auto-offline'
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value)
}
