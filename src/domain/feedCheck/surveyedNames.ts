import type { RecordNames } from '../records/records.ts'
import type { OperatorTrace, Pairs, Survey } from './survey.ts'

/** Whom and what the feed may name; null: no catalogue says so, and every name will do. */
export interface Known {
  readonly operators: ReadonlySet<string>
  isStatus(reference: string): boolean
}

const mostNamed = 1000

/** Operators, sessions and dialogues as small numbers, in the order of their first mention. */
export function surveyedNames(
  into: Pick<Survey, 'operators' | 'sessions' | 'unknownOperators' | 'unknownStatuses'> & {
    readonly known: Known | null
  },
): RecordNames {
  const { known, operators, sessions, unknownOperators, unknownStatuses } = into
  const places = new Map<string, number>()
  const placeOf = (key: string, add: () => number): number => {
    const place = places.get(key) ?? add()
    places.set(key, place)
    return place
  }
  let others = 0
  const other = (key: string) => placeOf(key, () => others++)
  return {
    operatorIndex(id) {
      if (known !== null && !known.operators.has(id)) {
        countName(unknownOperators, id)
        return -1
      }
      return placeOf(`o ${id}`, () => operators.push(newOperator(id)) - 1)
    },
    statusIndex(reference) {
      if (known === null || known.isStatus(reference)) return other(`s ${reference}`)
      countName(unknownStatuses, reference)
      return -1
    },
    sessionSlot: (operator, name) =>
      placeOf(`p ${operator} ${name}`, () => {
        const at = Number.NEGATIVE_INFINITY
        return sessions.push({ operator, name, at, open: false, distances: [] }) - 1
      }),
    dialogueSlot: (operator, dialogue) => other(`d ${operator} ${dialogue}`),
    inquiryIndex: (inquiry) => other(`i ${inquiry}`),
  }
}

function newOperator(id: string): OperatorTrace {
  const pairs = (): Pairs => ({ count: 0, wrong: 0, wrongMs: 0 })
  return { id, lastSeen: Number.NEGATIVE_INFINITY, gapMsThen: 0, before: pairs(), after: pairs() }
}

function countName(names: Map<string, number>, name: string): void {
  if (names.has(name) || names.size < mostNamed) names.set(name, (names.get(name) ?? 0) + 1)
}
