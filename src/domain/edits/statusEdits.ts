import { type Catalogue, foldCase, type Status } from '../catalogue/catalogue.ts'
import { nextColor, parseColor } from '../catalogue/color/color.ts'
import { namedStatus } from '../catalogue/named.ts'
import { mostStatuses } from '../catalogue/rules/consistency.ts'
import { StatusIds, statusIdFlaw } from '../catalogue/rules/identifiers.ts'
import type { Problem } from '../catalogue/rules/problem.ts'
import { parseName } from '../catalogue/rules/text.ts'
import { isSameStatus } from '../catalogue/same.ts'
import { settingsNaming } from '../catalogue/usage.ts'
import { commandLine, type Failure } from '../failure.ts'
import { ok, type Result, refuse } from '../result.ts'

export interface StatusInput {
  readonly name: string
  /** Null: made from the name. */
  readonly id: string | null
  /** Null: the first colour of the palette that is not in use. */
  readonly color: string | null
  readonly canReceive: boolean
  readonly countAfterClose: boolean
  /** Its place in the display order, 1 being the first; null: the last. */
  readonly position: number | null
}

/** Only what is to change. */
export interface StatusChanges {
  readonly name?: string
  readonly color?: string
  readonly canReceive?: boolean
  readonly countAfterClose?: boolean
  /** 1 is the first; beyond the end is the last. */
  readonly position?: number
}

export interface StatusEdit {
  readonly catalogue: Catalogue
  readonly status: Status
}

/** The catalogue with one more status. Refuses values that break a rule, and a name or id that is taken. */
export function createStatus(catalogue: Catalogue, input: StatusInput): Result<StatusEdit, Failure> {
  const { statuses } = catalogue
  const problems: Problem[] = []
  const name = checkName(input.name, problems)
  const flaw = input.id === null ? null : statusIdFlaw(input.id)
  if (flaw !== null) problems.push({ kind: 'bad-status-id', flaw, value: input.id ?? '', path: 'id' })
  const color =
    input.color === null ? nextColor(statuses.map((status) => status.color)) : checkColor(input.color, problems)
  const { canReceive, countAfterClose } = input
  if (canReceive && countAfterClose) problems.push({ kind: 'both-flags', status: name, path: 'canReceive' })
  if (problems.length > 0) return refuse({ code: 'invalid', source: commandLine, problems })
  const taken = takenName(statuses, name) ?? (input.id === null ? null : takenId(statuses, input.id))
  if (taken !== null) return refuse(taken)
  if (statuses.length >= mostStatuses) return refuse({ code: 'too-many', of: 'statuses', limit: mostStatuses })
  const id = input.id ?? new StatusIds([...statuses, { name }]).make(name)
  const status: Status = { id, name, color, canReceive, countAfterClose }
  return ok({ catalogue: { ...catalogue, statuses: placed(statuses, status, input.position ?? Infinity) }, status })
}

/**
 * The catalogue with a status changed; the very same catalogue where nothing changed. Refuses values that break a
 * rule, both flags, a name that is taken, and receiving for a status that a setting uses.
 */
export function editStatus(
  catalogue: Catalogue,
  reference: string,
  changes: StatusChanges,
): Result<StatusEdit, Failure> {
  const { statuses } = catalogue
  const found = namedStatus(statuses, reference)
  if (!found.ok) return found
  const before = found.value
  const problems: Problem[] = []
  const status: Status = {
    id: before.id,
    name: changes.name === undefined ? before.name : checkName(changes.name, problems),
    color: changes.color === undefined ? before.color : checkColor(changes.color, problems),
    canReceive: changes.canReceive ?? before.canReceive,
    countAfterClose: changes.countAfterClose ?? before.countAfterClose,
  }
  if (status.canReceive && status.countAfterClose) {
    problems.push({
      kind: 'both-flags',
      status: before.id,
      path: changes.canReceive ? 'canReceive' : 'countAfterClose',
    })
  }
  if (problems.length > 0) return refuse({ code: 'invalid', source: commandLine, problems })
  const others = statuses.filter((other) => other !== before)
  const taken = takenName(others, status.name)
  if (taken !== null) return refuse(taken)
  const uses = status.canReceive ? settingsNaming(catalogue, before.id) : []
  if (uses.length > 0) return refuse({ code: 'receiving-in-use', status: before.id, name: before.name, uses })
  const kept = isSameStatus(before, status) ? before : status
  const place = changes.position ?? statuses.indexOf(before) + 1
  const after = placed(others, kept, place)
  const same = after.every((one, index) => one === statuses[index])
  return ok({ catalogue: same ? catalogue : { ...catalogue, statuses: after }, status: kept })
}

/** Why none but these statuses can have the name (contract §1), or null. */
export function takenName(others: readonly Status[], name: string): Failure | null {
  const folded = foldCase(name)
  const namesake = others.find((other) => foldCase(other.name) === folded)
  if (namesake !== undefined) return { code: 'name-taken', name, status: namesake.id }
  const identified = others.find((other) => other.id === folded)
  return identified === undefined ? null : { code: 'name-is-id', name, status: identified.id }
}

function takenId(others: readonly Status[], id: string): Failure | null {
  if (others.some((other) => other.id === id)) return { code: 'id-taken', of: 'status', id }
  const named = others.find((other) => foldCase(other.name) === id)
  return named === undefined ? null : { code: 'id-is-name', id, status: named.id }
}

function checkName(text: string, problems: Problem[]): string {
  const name = parseName(text)
  if (name.ok) return name.value
  problems.push({ kind: 'bad-name', flaw: name.failure, value: text, path: 'name' })
  return text
}

function checkColor(text: string, problems: Problem[]): string {
  const color = parseColor(text)
  if (color.ok) return color.value
  problems.push({ kind: 'bad-color', value: text, path: 'color' })
  return text
}

/** The others with the status at a position, 1 being the first; below it is the first, beyond the end the last. */
function placed(others: readonly Status[], status: Status, position: number): readonly Status[] {
  const index = Math.min(Math.max(position, 1) - 1, others.length)
  return [...others.slice(0, index), status, ...others.slice(index)]
}
