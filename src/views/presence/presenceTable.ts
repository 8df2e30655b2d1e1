import type { PresenceRow } from '../../domain/presence/presence.ts'
import { unreachable } from '../../domain/result.ts'
import { counted } from '../catalogue/outcome.ts'
import { listFields } from '../listFields.ts'
import { durationText } from '../painting/durationText.ts'
import type { Paint } from '../painting/paint.ts'
import { type Column, renderTable, type TableCell } from '../painting/table.ts'
import { absoluteText } from '../painting/timeText.ts'
import type { Shown } from '../shown.ts'
import { presenceJson } from './presenceJson.ts'
import { presenceShape } from './presenceShapes.ts'

/** `each`: the rows, made one by one each time that they are gone through. */
export function presenceList(each: () => Iterable<PresenceRow>, notes: readonly string[]): Shown {
  let made: readonly PresenceRow[] | null = null
  const rows = () => {
    made ??= [...each()]
    return made
  }
  let shapes: readonly Record<string, unknown>[] | null = null
  return {
    get value() {
      shapes ??= rows().map(presenceShape)
      return shapes
    },
    json: () => presenceJson(each()),
    human: (paint) => listText(rows(), paint),
    get names() {
      return rows().map(({ operator }) => operator)
    },
    fields: listFields['presence list'],
    pick: (places) => {
      const picked = places.flatMap((place) => rows()[place] ?? [])
      return presenceList(() => picked, notes)
    },
    ...noteOf(notes),
  }
}

export function presenceCard(row: PresenceRow, notes: readonly string[]): Shown {
  return { value: presenceShape(row), human: (paint) => cardText(row, paint), names: [row.operator], ...noteOf(notes) }
}

function listText(rows: readonly PresenceRow[], paint: Paint): string {
  if (rows.length === 0) return "No operators yet: add one with 'opstat operator add ID'."
  return renderTable(
    listColumns(paint),
    rows.map((row) => listCells(row, paint)),
    paint,
  )
}

export function listColumns(paint: Paint): Column[] {
  return [
    { header: 'operator', shrinksTo: 12 },
    { header: 'name', shrinksTo: 12, leaves: 4 },
    { header: 'status', shrinksTo: 12 },
    { header: 'presence' },
    { ...timeColumn(paint, { absolute: 'since', relative: 'for' }), leaves: 3 },
    { ...timeColumn(paint, { absolute: 'last seen', relative: 'seen ago' }), leaves: 1 },
    { header: 'dialogues', align: 'right', leaves: 2 },
    timeColumn(paint, { absolute: 'switched at', relative: 'switched in' }),
    { header: 'to' },
  ]
}

/** Lengths of time stand to the right, times to the left. */
function timeColumn({ times }: Paint, header: { readonly absolute: string; readonly relative: string }): Column {
  return times?.form === 'absolute' ? { header: header.absolute } : { header: header.relative, align: 'right' }
}

export function listCells(row: PresenceRow, paint: Paint): TableCell[] {
  const { now } = paint
  const head = [row.operator, row.name, row.statusName, row.presence]
  if (paint.times?.form === 'absolute') {
    const shown = (at: number | null) => (at === null ? null : absoluteText(at, paint))
    return [...head, shown(row.since), shown(row.lastSeen), row.dialogues, shown(row.switchAt), row.switchTo]
  }
  const switchIn = row.switchAt === null ? null : row.switchAt < now ? 'now' : wholeSeconds(row.switchAt - now)
  return [...head, ago(row.since, now), ago(row.lastSeen, now), row.dialogues, switchIn, row.switchTo]
}

function cardText(row: PresenceRow, paint: Paint): string {
  const lines: [string, string][] = [
    ['operator', row.name === row.operator ? row.operator : `${row.operator} (${row.name})`],
    ['status', `${row.statusName ?? '-'}, ${row.canReceive ? 'can receive' : "can't receive"}`],
    ['since', row.since === null ? 'not recorded yet' : when(row.since, paint)],
    ['presence', presenceWords(row)],
    ['last seen', when(row.lastSeen, paint)],
    ['dialogues', String(row.dialogues)],
    ['switch', switchWords(row, paint)],
  ]
  return lines.map(([label, text]) => `${paint.chalk.bold(label.padEnd(9))}  ${text}`).join('\n')
}

function switchWords({ switchAt, switchTo }: PresenceRow, paint: Paint): string {
  if (switchAt === null) return 'none ahead'
  const at = absoluteText(switchAt, paint)
  return switchAt < paint.now ? `to ${switchTo}, due since ${at}` : `to ${switchTo} at ${at} unless seen before`
}

function presenceWords(row: PresenceRow): string {
  switch (row.presence) {
    case 'connected':
      return `connected, ${counted(row.sessions, 'active session')}`
    case 'waiting':
      return 'waiting: no active session, the deadline is ahead'
    case 'overdue':
      return 'overdue: no active session, the deadline is over, not switched yet (is a watcher running?)'
    case 'away':
      return "away: no active session, in a status that can't receive"
    default:
      return unreachable(row.presence)
  }
}

function when(at: number | null, paint: Paint): string {
  return at === null ? 'never' : `${absoluteText(at, paint)} (${wholeSeconds(Math.max(0, paint.now - at))} ago)`
}

function ago(at: number | null, now: number): string | null {
  return at === null ? null : wholeSeconds(Math.max(0, now - at))
}

function wholeSeconds(durationMs: number): string {
  return durationText(Math.floor(durationMs / 1000) * 1000)
}

function noteOf(notes: readonly string[]): Pick<Shown, 'note'> {
  return notes.length === 0 ? {} : { note: notes }
}
