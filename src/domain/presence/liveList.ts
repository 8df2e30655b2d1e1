import { compareIds } from '../order.ts'
import type { PresenceRow } from './presence.ts'

/** By what will happen next: who is overdue, then whose switch is nearest, then those with no switch ahead. */
export function byWhatComesNext(rows: readonly PresenceRow[]): PresenceRow[] {
  const next = ({ presence, switchAt }: PresenceRow) =>
    presence === 'overdue' ? Number.NEGATIVE_INFINITY : (switchAt ?? Number.POSITIVE_INFINITY)
  const compare = (a: PresenceRow, b: PresenceRow) => {
    const [first, second] = [next(a), next(b)]
    return first === second ? compareIds(a.operator, b.operator) : first - second
  }
  return rows.toSorted(compare)
}

/** What was shown last: the part of each row that counts as a change, by operator. */
export type LastShown = ReadonlyMap<string, string>

/** Which rows are new or differ from what was shown; a beat alone is no change, nor is the running of the clock. */
export function changesSince(
  before: LastShown | null,
  rows: readonly PresenceRow[],
): { readonly changed: readonly PresenceRow[]; readonly gone: readonly string[]; readonly now: LastShown } {
  const now = new Map(rows.map((row) => [row.operator, essenceOf(row)]))
  return {
    changed: rows.filter(({ operator }) => before?.get(operator) !== now.get(operator)),
    gone: [...(before?.keys() ?? [])].filter((operator) => !now.has(operator)),
    now,
  }
}

function essenceOf({ name, status, presence, sessions, dialogues, switchTo }: PresenceRow): string {
  return JSON.stringify([name, status, presence, sessions, dialogues, switchTo])
}
