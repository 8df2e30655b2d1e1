import type { HistoryEntry, HistoryFact } from '../history/history.ts'
import type { Recorded } from '../history/recorded.ts'

/** Found in the feed, not in the history yet. A choice of the status in which the operator was already is one, too. */
export type PanelFact = Extract<HistoryFact, { type: 'status-entered' | 'dialogues' }>

/** Such a fact as long as it waits. */
export interface Unwritten {
  readonly fact: PanelFact
  /** The fact's own time, unless clocks were set back since: then it is as much earlier. */
  readonly at: number
}

/** What others wrote since those facts were found. */
export interface WrittenMeanwhile {
  readonly entries: readonly HistoryEntry[]
  readonly recorded: Recorded
  readonly exists: (status: string) => boolean
}

/**
 * What is left of facts that were found before `written` was read. Void are choices made before somebody else's change
 * (contract §4.10), and those of a status that is gone. Each of the others leaves from where the one before, or the
 * history, put its operator; one that changes nothing by now won't change anything later either, and is left out.
 */
export function stillUnwritten(waiting: readonly Unwritten[], written: WrittenMeanwhile): Unwritten[] {
  if (waiting.length === 0) return []
  const latest = new Map<string, number>()
  for (const entry of written.entries) {
    if (entry.type === 'status-entered')
      latest.set(entry.operator, Math.max(latest.get(entry.operator) ?? -1, entry.at))
  }
  const places = new Map<string, string>()
  return waiting.flatMap((one): Unwritten[] => {
    const { fact, at } = one
    if (fact.type === 'dialogues') return [one]
    const { operator, to } = fact
    if (at < (latest.get(operator) ?? at) || !written.exists(to)) return []
    const from = places.get(operator) ?? written.recorded.stays.get(operator)?.status ?? fact.from
    places.set(operator, to)
    return from === to ? [] : [from === fact.from ? one : { fact: { ...fact, from }, at }]
  })
}

/** Does it say anything new? */
export function isChange({ fact }: Unwritten): boolean {
  return fact.type === 'dialogues' || fact.from !== fact.to
}
