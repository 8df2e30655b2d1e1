import { type Command, InvalidArgumentError } from 'commander'
import type { Failure } from '../../domain/failure.ts'
import {
  arrangeRows,
  type Condition,
  parseCondition,
  parseSort,
  type SortKey,
  splitFields,
} from '../../domain/listing.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { arranged, rowsOf } from '../../views/listing.ts'
import type { Shown } from '../../views/shown.ts'
import { readLimit } from './wholeNumber.ts'

export interface ListOptions {
  readonly fields?: readonly string[]
  readonly filter?: readonly Condition[]
  readonly sort?: readonly SortKey[]
  readonly limit?: number
}

/** For every command that prints a list. */
export function listOptions(command: Command): void {
  arrangingOptions(command)
  command.option('--limit <n>', 'at most so many', readLimit)
}

/** The same for a list that cuts itself. */
export function arrangingOptions(command: Command): void {
  command
    .option('--fields <fields>', 'only these, as -o json calls them, with commas between', splitFields)
    .option(
      '--filter <condition>',
      'only where it holds: name~ana, operators>3, status=none; can be given again',
      readFilter,
    )
    .option('--sort <fields>', 'by these fields, with commas between; -since is the other way round', parseSort)
}

/** The part of a list that the options ask for, in the order that they ask for; a limit is counted from `end`. */
export function arrangeList(shown: Shown, options: object, end: 'first' | 'last' = 'first'): Result<Shown, Failure> {
  const { fields = null, filter = [], sort = [], limit = null } = options as ListOptions
  if (fields === null && filter.length === 0 && sort.length === 0 && limit === null) return ok(shown)
  const rows = rowsOf(shown)
  if (rows === null) return ok(shown)
  const places = arrangeRows(rows, { conditions: filter, sort, limit, end, fields, known: shown.fields ?? null })
  if (places.ok) return ok(arranged(shown, places.value, fields))
  const { field, known, similar } = places.failure
  return refuse({ code: 'usage', mistake: 'unknown-field', value: field, known, similar })
}

function readFilter(text: string, before: readonly Condition[] = []): Condition[] {
  const condition = parseCondition(text)
  if (condition === null) throw new InvalidArgumentError('write FIELD=VALUE, or with !=, ~, <, <=, > or >=.')
  return [...before, condition]
}
