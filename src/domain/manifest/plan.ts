import type { Catalogue } from '../catalogue/catalogue.ts'
import { calendarToJson, operatorToJson, settingsToJson, statusToJson } from '../catalogue/document.ts'
import type { Failure } from '../failure.ts'
import { ok, type Result, refuse } from '../result.ts'
import { isSameJson } from '../sameJson.ts'
import type { PartialCatalogue } from './manifest.ts'
import { merge } from './merge.ts'
import { movedBetween } from './movedBetween.ts'
import { conflictOf } from './planConflict.ts'
import { prune } from './prune.ts'

export interface FieldChange {
  /** As in the file: `color`, `offlineAfter`; `position` for a status's place in the display order, from 1. */
  readonly field: string
  /** As in the file; null at a creation. */
  readonly before: unknown
  /** As in the file; null at a deletion. */
  readonly after: unknown
}

export interface PlannedChange {
  readonly action: 'create' | 'edit' | 'delete'
  readonly kind: 'status' | 'operator' | 'settings' | 'calendar'
  /** The id of what is changed; `settings` for the settings. */
  readonly id: string
  readonly fields: readonly FieldChange[]
}

export interface Plan {
  /** In an order in which they could be done one by one. */
  readonly changes: readonly PlannedChange[]
  /** After all of them; the very same catalogue where there are none. */
  readonly catalogue: Catalogue
}

export interface PlanRequest {
  readonly current: Catalogue
  readonly wanted: PartialCatalogue
  /** What refusals call the manifest. */
  readonly source: string
  /** Deletes what the lists of the manifest leave out, with the safety of `deleteStatuses`. */
  readonly unlisted: 'keep' | 'prune'
  /** The status each operator is in, as recorded, by operator id. */
  readonly occupants: ReadonlyMap<string, string>
}

/**
 * What `apply` would do to make the catalogue like the manifest (contract §2). Statuses are matched by id, or by name
 * where the manifest gives no id; fields, settings and entries that it does not list stay. Planning again on the
 * result gives no changes. Refused as a whole where the result would break a rule.
 */
export function planApply(request: PlanRequest): Result<Plan, Failure> {
  const { current, wanted, source } = request
  const merged = merge(current, wanted)
  const pruned = request.unlisted === 'keep' ? ok(merged.catalogue) : prune(merged, request)
  if (!pruned.ok) return pruned
  const conflict = conflictOf({ current, wanted, source, catalogue: pruned.value, listed: merged.listed })
  if (conflict !== null) return refuse(conflict)
  const changes = changesBetween(current, pruned.value)
  return ok({ changes, catalogue: changes.length === 0 ? current : pruned.value })
}

/** The differences of two catalogues: creations and edits first, then deletions, from what names to what is named. */
export function changesBetween(before: Catalogue, after: Catalogue): PlannedChange[] {
  const ids = (catalogue: Catalogue) => catalogue.statuses.map((status) => status.id)
  const moved = movedBetween(ids(before), ids(after))
  const statuses = changesOf('status', withPositions(before, moved), withPositions(after, moved))
  const calendars = changesOf('calendar', before.calendars.map(calendarToJson), after.calendars.map(calendarToJson))
  const settings = changesOf(
    'settings',
    [{ id: 'settings', ...settingsToJson(before.settings) }],
    [{ id: 'settings', ...settingsToJson(after.settings) }],
  )
  const operators =
    before.operators === after.operators
      ? []
      : changesOf('operator', before.operators.map(operatorToJson), after.operators.map(operatorToJson))
  const all = [...statuses, ...calendars, ...settings, ...operators]
  const deletions = all.filter((change) => change.action === 'delete').reverse()
  return [...all.filter((change) => change.action !== 'delete'), ...deletions]
}

interface Entry {
  readonly id: string
}

/** The statuses as in the file, those that move with their position. */
function withPositions(catalogue: Catalogue, moved: ReadonlySet<string>): Entry[] {
  return catalogue.statuses.map((status, index) => {
    const entry = statusToJson(status)
    return moved.has(status.id) ? { ...entry, position: index + 1 } : entry
  })
}

function changesOf(kind: PlannedChange['kind'], before: readonly Entry[], after: readonly Entry[]): PlannedChange[] {
  const earlier = new Map(before.map((entry) => [entry.id, entry]))
  const changes: PlannedChange[] = []
  for (const entry of after) {
    const old = earlier.get(entry.id)
    earlier.delete(entry.id)
    const fields = fieldChanges(old, entry)
    if (old === undefined) changes.push({ action: 'create', kind, id: entry.id, fields })
    else if (fields.length > 0) changes.push({ action: 'edit', kind, id: entry.id, fields })
  }
  for (const entry of earlier.values()) {
    changes.push({ action: 'delete', kind, id: entry.id, fields: fieldChanges(entry, undefined) })
  }
  return changes
}

function fieldChanges(before: Entry | undefined, after: Entry | undefined): FieldChange[] {
  const [earlier, later] = [
    new Map<string, unknown>(Object.entries(before ?? {})),
    Object.entries(after ?? before ?? {}),
  ]
  return later.flatMap(([field, value]) => {
    const change = { field, before: earlier.get(field) ?? null, after: after === undefined ? null : value }
    const differs = before === undefined || after === undefined || !isSameJson(change.before, value)
    return field !== 'id' && differs ? [change] : []
  })
}
