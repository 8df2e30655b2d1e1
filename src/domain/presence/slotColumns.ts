import type { NameHashing } from '../names/nameHash.ts'
import { columnsOfNames, type NameTableColumns, namesOfColumns } from '../names/nameTableColumns.ts'
import { createSlots, type Slots } from './slots.ts'

/** Slots as columns, to be kept and taken up again. */
export interface SlotColumns extends NameTableColumns {
  readonly at: Float64Array
  readonly open: Uint8Array
  readonly next: Int32Array
  readonly first: Int32Array
}

export function columnsOfSlots(slots: Slots, operators: number): SlotColumns {
  const { given } = slots.names
  return {
    ...columnsOfNames(slots.names),
    at: slots.at.subarray(0, given),
    open: slots.open.subarray(0, given),
    next: slots.next.subarray(0, given),
    first: slots.first.subarray(0, operators),
  }
}

/** The columns were made with this hashing. */
export function slotsOfColumns(hashing: NameHashing, columns: SlotColumns): Slots {
  const names = namesOfColumns(hashing, columns)
  const { at, open, next, first } = columns
  const empty = createSlots(first.length, hashing)
  if (at.length >= empty.at.length) return { ...empty, names, at, open, next, first }
  empty.at.set(at)
  empty.open.set(open)
  empty.next.set(next)
  return { ...empty, names, first }
}
