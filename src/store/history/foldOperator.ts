import type { HistoryEntry } from '../../domain/history/history.ts'
import { recordEntry } from '../../domain/history/recorded.ts'
import { factTypes } from './historyFact.ts'
import { type HistoryFold, noteLastLine } from './historyFile.ts'
import { parseLine } from './historyLine.ts'

/** What of a history concerns one operator, and what everybody. */
type OperatorFold = Pick<HistoryFold, 'recorded' | 'offset' | 'lastText'>

const newline = 0x0a

/**
 * Folds in what was appended to a history, as far as it concerns one operator: lines of others are passed over unread.
 * False where that will not do: a line may concern everybody, or is none, or a crash cut it off. The fold is then of
 * no use any more.
 */
export function foldOperator(fold: OperatorFold, appended: Buffer, operator: string): boolean {
  if (appended.length === 0) return true
  const end = appended.length - 1
  if (appended[end] !== newline || appended.includes(0) || signs.some((sign) => appended.includes(sign))) return false
  const entered = lastEntered(appended, operator)
  if (entered === 'none readable') return false
  if (entered !== null) recordEntry(fold.recorded, entered, '')
  const lastLine = lineAt(appended, end)
  const last = parseLine(lastLine.toString())
  if (last === null || last.more) return false
  fold.recorded.seq = last.entry.seq
  fold.offset += appended.length
  noteLastLine(fold, lastLine)
  return true
}

/** The operator's last stay; null where there is none. The lines that name them are read from the last one on. */
function lastEntered(appended: Buffer, operator: string): HistoryEntry | 'none readable' | null {
  const named = JSON.stringify(operator)
  for (let place = appended.lastIndexOf(named); place !== -1; ) {
    const line = parseLine(lineAt(appended, appended.indexOf(newline, place)).toString())
    if (line === null) return 'none readable'
    if (line.entry.type === 'status-entered' && line.entry.operator === operator) return line.entry
    const start = appended.lastIndexOf(newline, place)
    place = start === -1 ? -1 : appended.lastIndexOf(named, start)
  }
  return null
}

/** What a line says that concerns more than one operator: any fact of another type, and the catalogue's text. */
const signs = [...factTypes.filter((type) => type !== 'status-entered' && type !== 'dialogues'), 'segment']
  .map((type) => `"type":"${type}"`)
  .concat('"catalogue":{')

/** The line whose newline stands at `stop`. */
function lineAt(bytes: Buffer, stop: number): Buffer {
  return bytes.subarray(bytes.lastIndexOf(newline, stop - 1) + 1, stop)
}
