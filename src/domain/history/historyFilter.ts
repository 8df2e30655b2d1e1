import type { HistoryEntry } from './history.ts'

/** Is the entry about the operator: their stays, their dialogues, their place in the roster? */
export function isAbout(entry: HistoryEntry, operator: string): boolean {
  switch (entry.type) {
    case 'status-entered':
    case 'dialogues':
      return entry.operator === operator
    case 'operator-added':
    case 'operator-removed':
      return entry.operator.id === operator
    case 'operator-edited':
      return entry.after.id === operator
    default:
      return false
  }
}
