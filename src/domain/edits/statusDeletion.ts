import { type Catalogue, defaultInitialStatus, type Operator, type Status } from '../catalogue/catalogue.ts'
import { namedStatus } from '../catalogue/named.ts'
import { usesOf } from '../catalogue/usage.ts'
import type { Failure, StatusInUse, StatusUse } from '../failure.ts'
import { factsOfChange, type Stamp } from '../history/factsOfChange.ts'
import type { HistoryFact } from '../history/history.ts'
import { ok, type Result, refuse } from '../result.ts'

export interface DeletionRequest {
  /** Ids or names, in any case; the same one twice is one. */
  readonly references: readonly string[]
  /** Where operators that are or start in a deleted status go; null: there must be none. */
  readonly moveTo: string | null
  /** The status each operator is in, as recorded, by operator id. */
  readonly occupants: ReadonlyMap<string, string>
}

/** An operator who goes from one status to another. */
export interface Move {
  readonly operator: string
  readonly from: string
  readonly to: string
}

export interface Deletion {
  readonly catalogue: Catalogue
  readonly deleted: readonly Status[]
  /** Who is in a deleted status and goes elsewhere. */
  readonly moves: readonly Move[]
  /** Who started in a deleted status and will start elsewhere. */
  readonly startMoves: readonly Move[]
}

/**
 * The catalogue without the statuses. Refused while a setting (enabled or not) or a calendar names one of them, and,
 * unless `moveTo` says where they go, while operators are in it or start in it; every use is listed at once
 * (contract §2). Linear in the number of operators.
 */
export function deleteStatuses(catalogue: Catalogue, request: DeletionRequest): Result<Deletion, Failure> {
  const doomed = new Map<string, Status>()
  for (const reference of request.references) {
    const status = namedStatus(catalogue.statuses, reference)
    if (!status.ok) return status
    doomed.set(status.value.id, status.value)
  }
  const target = request.moveTo === null ? null : namedStatus(catalogue.statuses, request.moveTo)
  if (target !== null && !target.ok) return target
  const moveTo = target?.value.id ?? null
  const inside = operatorsBy(catalogue.operators, doomed, (operator) => request.occupants.get(operator.id))
  const starting = operatorsBy(catalogue.operators, doomed, startOf(catalogue))
  const refusal = refusalToDelete(catalogue, { doomed, moveTo, inside, starting })
  if (refusal !== null) return refuse(refusal)
  const statuses = catalogue.statuses.filter((status) => !doomed.has(status.id))
  const startMoves = moveTo === null ? [] : movesOf(starting, moveTo)
  return ok({
    catalogue: { ...catalogue, statuses, operators: restarted({ ...catalogue, statuses }, startMoves) },
    deleted: [...doomed.values()],
    moves: moveTo === null ? [] : movesOf(inside, moveTo),
    startMoves,
  })
}

/** The history's facts about a deletion: first everybody leaves, then the statuses go. */
export function factsOfDeletion(before: Catalogue, deletion: Deletion, stamp: Stamp): HistoryFact[] {
  const left = deletion.moves.map((move): HistoryFact => {
    return {
      type: 'status-entered',
      at: stamp.at,
      ...move,
      cause: 'status-deleted',
      due: null,
      lastSeen: null,
      by: stamp.by,
    }
  })
  return [...left, ...factsOfChange(before, deletion.catalogue, stamp)]
}

/** Where an operator starts, as `initialStatusOf` says, at the same cost for each of many operators. */
function startOf(catalogue: Catalogue): (operator: Operator) => string | undefined {
  const ids = new Set(catalogue.statuses.map((status) => status.id))
  const usual = defaultInitialStatus(catalogue) ?? undefined
  return ({ initialStatus }) => (initialStatus !== null && ids.has(initialStatus) ? initialStatus : usual)
}

/** The operators by the doomed status that `statusOf` gives for them; the others are left out. */
export function operatorsBy(
  operators: readonly Operator[],
  doomed: ReadonlyMap<string, Status>,
  statusOf: (operator: Operator) => string | null | undefined,
): Map<string, string[]> {
  const found = new Map([...doomed.keys()].map((id): [string, string[]] => [id, []]))
  for (const operator of operators) found.get(statusOf(operator) ?? '')?.push(operator.id)
  return found
}

/** What keeps the doomed statuses, all of it at once; null where nothing does. */
export function refusalToDelete(
  catalogue: Catalogue,
  deletion: {
    readonly doomed: ReadonlyMap<string, Status>
    readonly moveTo: string | null
    readonly inside: ReadonlyMap<string, readonly string[]>
    readonly starting: ReadonlyMap<string, readonly string[]>
  },
): Failure | null {
  const { doomed, moveTo, inside, starting } = deletion
  const inUse: StatusInUse[] = []
  for (const status of doomed.values()) {
    const uses = usesOf(catalogue, status.id)
    if (status.id === moveTo) uses.push({ by: 'move-to' })
    if (moveTo === null) uses.push(...operatorUses(inside.get(status.id), starting.get(status.id)))
    if (uses.length > 0) inUse.push({ status: status.id, name: status.name, uses })
  }
  const [first, ...others] = inUse
  return first === undefined ? null : { code: 'status-in-use', ...first, others }
}

function operatorUses(inside: readonly string[] = [], starting: readonly string[] = []): StatusUse[] {
  const uses: StatusUse[] = []
  if (inside.length > 0) uses.push({ by: 'operators-in', operators: inside })
  if (starting.length > 0) uses.push({ by: 'operators-start', operators: starting })
  return uses
}

function movesOf(operators: ReadonlyMap<string, readonly string[]>, to: string): Move[] {
  return [...operators].flatMap(([from, ids]) => ids.map((operator) => ({ operator, from, to })))
}

/** The roster with new initial statuses; whoever declares none goes on declaring none where it comes to the same. */
function restarted(after: Catalogue, startMoves: readonly Move[]): readonly Operator[] {
  if (startMoves.length === 0) return after.operators
  const targets = new Map(startMoves.map((move) => [move.operator, move.to]))
  const usual = defaultInitialStatus(after)
  return after.operators.map((operator) => {
    const to = targets.get(operator.id)
    if (to === undefined || (operator.initialStatus === null && to === usual)) return operator
    return { ...operator, initialStatus: to }
  })
}
