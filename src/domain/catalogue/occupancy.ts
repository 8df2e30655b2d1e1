import type { Recorded } from '../history/recorded.ts'
import { type Catalogue, defaultInitialStatus, type Operator, type Status } from './catalogue.ts'
import { type SettingUse, usedAs } from './usage.ts'

type Known = Pick<Recorded, 'stays'>

/** A status with who is in it as far as recorded, and the settings that name it (contract §6). */
export interface StatusRow extends Status {
  readonly operators: number
  readonly usedAs: readonly SettingUse[]
}

/** An operator with the status they are in as far as recorded; `since` is null where nothing is recorded yet. */
export interface OperatorRow extends Operator {
  readonly status: string | null
  /** The status's name, also of one that was deleted by hand; its id where no name is known. */
  readonly statusName: string | null
  readonly since: number | null
}

/**
 * The status each operator is in, by operator id: as recorded, else where they start. Who has neither is left out.
 * Linear in the number of operators.
 */
export function occupantsOf(catalogue: Catalogue, recorded: Known): Map<string, string> {
  const startOf = startsOf(catalogue)
  const occupants = new Map<string, string>()
  for (const operator of catalogue.operators) {
    const status = recorded.stays.get(operator.id)?.status ?? startOf(operator)
    if (status !== null) occupants.set(operator.id, status)
  }
  return occupants
}

/** The statuses in display order. */
export function statusRows(catalogue: Catalogue, recorded: Known): StatusRow[] {
  const counts = new Map<string, number>()
  for (const status of occupantsOf(catalogue, recorded).values()) counts.set(status, (counts.get(status) ?? 0) + 1)
  return catalogue.statuses.map((status) => rowOf(catalogue, status, counts.get(status.id) ?? 0))
}

/** One status of the catalogue, or one that is about to be. */
export function statusRow(catalogue: Catalogue, recorded: Known, status: Status): StatusRow {
  let operators = 0
  for (const occupied of occupantsOf(catalogue, recorded).values()) if (occupied === status.id) operators++
  return rowOf(catalogue, status, operators)
}

/** The operators in the order of the roster. */
export function operatorRows(
  catalogue: Omit<Catalogue, 'calendars'>,
  recorded: Pick<Recorded, 'stays' | 'statuses'>,
  operators: readonly Operator[] = catalogue.operators,
): OperatorRow[] {
  const names = new Map(catalogue.statuses.map((status) => [status.id, status.name]))
  const startOf = startsOf(catalogue)
  return operators.map((operator) => {
    const stay = recorded.stays.get(operator.id)
    const status = stay?.status ?? startOf(operator)
    const statusName = status && (names.get(status) ?? recorded.statuses.get(status)?.name ?? status)
    const { id, name, role, account, initialStatus, calendar } = operator
    return { id, name, role, account, initialStatus, calendar, status, statusName, since: stay?.since ?? null }
  })
}

/** One operator of the catalogue, or one that is about to be. */
export function operatorRow(
  catalogue: Omit<Catalogue, 'calendars'>,
  recorded: Pick<Recorded, 'stays' | 'statuses'>,
  operator: Operator,
): OperatorRow {
  return operatorRows(catalogue, recorded, [operator])[0] as OperatorRow
}

function rowOf(catalogue: Catalogue, status: Status, operators: number): StatusRow {
  const { id, name, color, canReceive, countAfterClose } = status
  return { id, name, color, canReceive, countAfterClose, operators, usedAs: usedAs(catalogue, id) }
}

/** Where an operator starts, as `initialStatusOf` says, at the same cost for each of many operators. */
function startsOf(catalogue: Pick<Catalogue, 'statuses' | 'settings'>): (operator: Operator) => string | null {
  const ids = new Set(catalogue.statuses.map((status) => status.id))
  const usual = defaultInitialStatus(catalogue)
  return ({ initialStatus }) => (initialStatus !== null && ids.has(initialStatus) ? initialStatus : usual)
}
