import type { Catalogue, Status } from '../../src/domain/catalogue/catalogue.ts'
import { factsOfChange } from '../../src/domain/history/factsOfChange.ts'
import type { HistoryFact } from '../../src/domain/history/history.ts'
import { ok } from '../../src/domain/result.ts'
import type { Decide } from '../../src/store/port.ts'

const plain = { color: '#123456', canReceive: false, countAfterClose: false } as const

/** Adds a status, as a command would. */
export function addStatus(status: string | Status): Decide<string> {
  return (current, at) => {
    const added = typeof status === 'string' ? { id: status.toLowerCase(), name: status, ...plain } : status
    return changeCatalogue({ ...current.catalogue, statuses: [...current.catalogue.statuses, added] })(current, at)
  }
}

export function changeCatalogue(after: Catalogue): Decide<string> {
  return (current, at) => {
    const facts = factsOfChange(current.catalogue, after, { at, by: 'tester' })
    return ok({ catalogue: after, facts, value: 'changed' })
  }
}

/** Puts an operator into a status: a commit that leaves the catalogue alone. */
export function enter(operator: string, to: string): Decide<string> {
  return (current, at) => {
    const from = current.recorded.stays.get(operator)?.status ?? null
    return ok({ facts: [entered({ at, operator, from, to })], value: `${from} → ${to}` })
  }
}

export function entered(stay: { at: number; operator: string; from: string | null; to: string }): HistoryFact {
  return { type: 'status-entered', ...stay, cause: 'admin', due: null, lastSeen: null, by: 'tester' }
}

export const nothing: Decide<string> = () => ok({ facts: [], value: 'nothing' })
