import { type Catalogue, type Operator, type Role, roles } from '../catalogue/catalogue.ts'
import { namedOperator, namedStatus } from '../catalogue/named.ts'
import { mostOperators } from '../catalogue/rules/consistency.ts'
import { operatorIdFlaw } from '../catalogue/rules/identifiers.ts'
import type { Problem } from '../catalogue/rules/problem.ts'
import { parseName, similarTo } from '../catalogue/rules/text.ts'
import { isSameOperator } from '../catalogue/same.ts'
import { commandLine, type Failure } from '../failure.ts'
import { ok, type Result, refuse } from '../result.ts'

export interface OperatorInput {
  readonly id: string
  /** Null: the id is the name. */
  readonly name: string | null
  /** Null: an operator. */
  readonly role: string | null
  readonly account: string | null
  /** Where they start: an id or a name in any case; null: the default. */
  readonly status: string | null
  readonly calendar: string | null
}

/** Only what is to change; null takes an account, an initial status or a calendar away. */
export interface OperatorChanges {
  readonly name?: string
  readonly role?: string
  readonly account?: string | null
  readonly status?: string | null
  readonly calendar?: string | null
}

export interface OperatorEdit {
  readonly catalogue: Catalogue
  readonly operator: Operator
}

/** The catalogue with one more operator. Refuses an id that is taken and values that break a rule or don't exist. */
export function addOperator(catalogue: Catalogue, input: OperatorInput): Result<OperatorEdit, Failure> {
  const { id, name, role, account, status, calendar } = input
  const flaw = operatorIdFlaw(id)
  const problems: Problem[] = flaw === null ? [] : [{ kind: 'bad-operator-id', flaw, value: id, path: 'id' }]
  const blank: Operator = { id, name: id, role: 'operator', account: null, initialStatus: null, calendar: null }
  const changes = { name: name ?? id, account, status, calendar, ...(role === null ? {} : { role }) }
  const operator = changed(catalogue, { operator: blank, changes, problems })
  if (!operator.ok) return operator
  if (catalogue.operators.some((other) => other.id === id)) return refuse({ code: 'id-taken', of: 'operator', id })
  if (catalogue.operators.length >= mostOperators) {
    return refuse({ code: 'too-many', of: 'operators', limit: mostOperators })
  }
  return ok({
    catalogue: { ...catalogue, operators: [...catalogue.operators, operator.value] },
    operator: operator.value,
  })
}

/** The catalogue with an operator changed; the very same catalogue where nothing changed. */
export function editOperator(
  catalogue: Catalogue,
  id: string,
  changes: OperatorChanges,
): Result<OperatorEdit, Failure> {
  const before = namedOperator(catalogue.operators, id)
  if (!before.ok) return before
  const operator = changed(catalogue, { operator: before.value, changes, problems: [] })
  if (!operator.ok) return operator
  if (isSameOperator(before.value, operator.value)) return ok({ catalogue, operator: before.value })
  const operators = catalogue.operators.map((one) => (one === before.value ? operator.value : one))
  return ok({ catalogue: { ...catalogue, operators }, operator: operator.value })
}

/** The catalogue without the operators, the same one twice being one. Refused as a whole where one does not exist. */
export function removeOperators(
  catalogue: Catalogue,
  ids: readonly string[],
): Result<{ readonly catalogue: Catalogue; readonly operators: readonly Operator[] }, Failure> {
  const removed = new Set<Operator>()
  for (const id of ids) {
    const operator = namedOperator(catalogue.operators, id)
    if (!operator.ok) return operator
    removed.add(operator.value)
  }
  const operators = catalogue.operators.filter((operator) => !removed.has(operator))
  return ok({ catalogue: { ...catalogue, operators }, operators: [...removed] })
}

function changed(
  catalogue: Catalogue,
  edit: { readonly operator: Operator; readonly changes: OperatorChanges; readonly problems: Problem[] },
): Result<Operator, Failure> {
  const { operator, changes, problems } = edit
  const role = changes.role === undefined ? operator.role : roles.find((choice) => choice === changes.role)
  if (role === undefined) return refuse(unknownRole(changes.role ?? ''))
  const name = changes.name === undefined ? operator.name : checkName(changes.name, problems)
  const account = changes.account === undefined ? operator.account : changes.account
  if (account === '') problems.push({ kind: 'wrong-type', expected: 'string-or-null', value: '', path: 'account' })
  if (problems.length > 0) return refuse({ code: 'invalid', source: commandLine, problems })
  const initialStatus = statusId(catalogue, changes.status, operator.initialStatus)
  if (!initialStatus.ok) return initialStatus
  const calendar = changes.calendar === undefined ? operator.calendar : changes.calendar
  if (calendar !== null && !catalogue.calendars.some((one) => one.id === calendar)) {
    const known = catalogue.calendars.map((one) => one.id)
    return refuse({ code: 'calendar-not-found', reference: calendar, similar: similarTo(calendar, known) })
  }
  return ok({ id: operator.id, name, role, account, initialStatus: initialStatus.value, calendar })
}

function statusId(
  catalogue: Catalogue,
  reference: string | null | undefined,
  before: string | null,
): Result<string | null, Failure> {
  if (reference === undefined) return ok(before)
  if (reference === null) return ok(null)
  const status = namedStatus(catalogue.statuses, reference)
  return status.ok ? ok(status.value.id) : status
}

function checkName(text: string, problems: Problem[]): string {
  const name = parseName(text)
  if (name.ok) return name.value
  // A flawed id has been reported; as a name it would be reported twice.
  if (problems.length === 0) problems.push({ kind: 'bad-name', flaw: name.failure, value: text, path: 'name' })
  return text
}

function unknownRole(role: string): Failure {
  const known: readonly Role[] = roles
  return { code: 'usage', mistake: 'unknown-choice', of: 'role', value: role, known }
}
