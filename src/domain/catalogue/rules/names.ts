import { inside, type Place, type Raw, type Reading, readText, report } from './fields.ts'
import { parseName } from './text.ts'

/** A name that keeps the rules; null where it is absent; empty where it was reported. */
export function readName(reading: Reading, raw: Raw, place: Place): string | null {
  const text = readText(reading, raw, 'name', place)
  if (text === null) return raw.name === undefined ? null : ''
  const name = parseName(text)
  if (name.ok) return name.value
  report(reading, inside(place, 'name'), { kind: 'bad-name', flaw: name.failure, value: text })
  return ''
}

/** The name of an operator or calendar that has none: its id, as far as that can be a name. */
export function nameFromId(reading: Reading, id: string, place: Place): string {
  if (id === '') return ''
  const name = parseName(id)
  if (name.ok) return name.value
  report(reading, inside(place, 'name'), { kind: 'bad-name', flaw: name.failure, value: id })
  return ''
}
