import type { Catalogue, Status } from '../catalogue/catalogue.ts'
import type { Span } from '../history/accounting.ts'
import type { Ledger, OperatorLedger } from './ledger/ledger.ts'

/** One operator's stays in a window, for pictures. Epoch milliseconds. */
export interface Lifeline {
  readonly operator: string
  readonly name: string
  readonly stays: readonly LifelineStay[]
  /** Instants of automatic switches. */
  readonly switches: readonly number[]
}

export interface LifelineStay extends Span {
  readonly status: string
  /** From when on nobody was there; null where no automatic switch ended the stay. */
  readonly absentFrom: number | null
}

export function lifelineOf(
  operator: OperatorLedger,
  { window, knownUntil }: { readonly window: Span; readonly knownUntil: number },
): Lifeline {
  const until = Math.min(window.to, knownUntil)
  const stays: LifelineStay[] = []
  const switches: number[] = []
  for (const { status, from, to, endedBy } of operator.periods) {
    const automatic = endedBy?.cause === 'auto-offline'
    if (automatic && to >= window.from && to < until) switches.push(to)
    const stay = { from: Math.max(from, window.from), to: Math.min(to, until) }
    if (stay.to <= stay.from) continue
    const absentFrom = automatic ? Math.max(endedBy.lastSeen ?? from, from) : null
    stays.push({ status, ...stay, absentFrom })
  }
  return { operator: operator.id, name: operator.name, stays, switches }
}

/** The statuses that a report may show: the catalogue's in its order, then those that are gone, as they were last. */
export function statusesEver(ledger: Ledger, catalogue: Catalogue): Status[] {
  const present = new Set(catalogue.statuses.map(({ id }) => id))
  const gone = [...ledger.statuses].filter(([id]) => !present.has(id)).flatMap(([, { values }]) => values.at(-1) ?? [])
  const described = new Set([...present, ...gone.map(({ id }) => id)])
  const entered = [...ledger.operators.values()].flatMap(({ periods }) => periods.map(({ status }) => status))
  const unknown = [...new Set(entered)].filter((id) => !described.has(id))
  return [
    ...catalogue.statuses,
    ...gone,
    ...unknown.map((id) => ({ id, name: id, color: '#757575', canReceive: false, countAfterClose: false })),
  ]
}
