import type { PresenceRow } from '../../domain/presence/presence.ts'
import { formatTime } from '../../domain/time.ts'
import { jsonStrings } from '../painting/jsonStrings.ts'
import { inPieces } from '../rows.ts'

/**
 * The rows as `-o json` prints them, in pieces: what `JSON.stringify` makes of their shapes (`presenceShapes.ts`), byte
 * for byte, in a third of the time.
 */
export function* presenceJson(rows: Iterable<PresenceRow>): Iterable<string> {
  const words = statusWords()
  let before = '[\n'
  for (const piece of inPieces(rows)) {
    const ids = jsonStrings(piece.map(({ operator }) => operator))
    const names = jsonStrings(piece.map(({ name }) => name))
    let text = ''
    for (const [place, row] of piece.entries()) {
      const who = `${before}  {\n    "operator": ${ids[place]},\n    "name": ${names[place]},\n`
      text += `${who}${placeText(row, words)}${timeTexts(row)}    "switchTo": ${words(row.switchTo)}\n  }`
      before = ',\n'
    }
    yield text
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

function placeText({ status, statusName, canReceive }: PresenceRow, words: (of: string | null) => string): string {
  const named = `    "status": ${words(status)},\n    "statusName": ${words(statusName)},\n`
  return `${named}    "canReceive": ${canReceive},\n`
}

function timeTexts({ since, presence, sessions, lastSeen, dialogues, switchAt }: PresenceRow): string {
  const seen = `    "since": ${timeText(since)},\n    "presence": "${presence}",\n    "sessions": ${sessions},\n`
  return `${seen}    "lastSeen": ${timeText(lastSeen)},\n    "dialogues": ${dialogues},\n    "switchAt": ${timeText(switchAt)},\n`
}

function timeText(at: number | null): string {
  return at === null ? 'null' : `"${formatTime(at)}"`
}

/** The words of statuses, which stand in many rows. */
function statusWords(): (words: string | null) => string {
  const texts = new Map<string | null, string>([[null, 'null']])
  return (words) => {
    const known = texts.get(words)
    if (known !== undefined) return known
    const [text = ''] = jsonStrings([words ?? ''])
    texts.set(words, text)
    return text
  }
}
