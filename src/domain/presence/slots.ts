/**
 * Named things that belong to an operator (sessions, dialogues) as small numbers. A slot is free again once its
 * thing is forgotten; the slots of one operator form a list.
 */
export interface Slots {
  readonly byKey: Map<string, number>
  readonly name: string[]
  operator: Int32Array
  /** The latest stamp of the thing's records, epoch milliseconds. */
  at: Float64Array
  open: Uint8Array
  /** The next slot of the same operator, or -1. */
  next: Int32Array
  /** The first slot by operator index, or -1. */
  first: Int32Array
  readonly free: number[]
  used: number
}

export function createSlots(operatorCapacity: number): Slots {
  return {
    byKey: new Map(),
    name: [],
    operator: new Int32Array(64),
    at: new Float64Array(64),
    open: new Uint8Array(64),
    next: new Int32Array(64),
    first: new Int32Array(operatorCapacity).fill(-1),
    free: [],
    used: 0,
  }
}

/** The slot of (operator, name), a new and closed one where there was none. */
export function slotOf(slots: Slots, operator: number, name: string): number {
  const key = `${operator} ${name}`
  const known = slots.byKey.get(key)
  if (known !== undefined) return known
  const slot = slots.free.pop() ?? slots.name.length
  if (slot >= slots.operator.length) growSlots(slots)
  slots.byKey.set(key, slot)
  slots.name[slot] = name
  slots.operator[slot] = operator
  slots.at[slot] = Number.NEGATIVE_INFINITY
  slots.open[slot] = 0
  slots.next[slot] = slots.first[operator] as number
  slots.first[operator] = slot
  slots.used++
  return slot
}

/** Forgets every slot for which `forgets` says so. */
export function sweepSlots(slots: Slots, forgets: (slot: number) => boolean): void {
  for (let operator = 0; operator < slots.first.length; operator++) {
    let before = -1
    for (let slot = slots.first[operator] as number; slot !== -1; ) {
      const next = slots.next[slot] as number
      if (forgets(slot)) {
        if (before === -1) slots.first[operator] = next
        else slots.next[before] = next
        slots.byKey.delete(`${operator} ${slots.name[slot]}`)
        slots.name[slot] = ''
        slots.free.push(slot)
        slots.used--
      } else before = slot
      slot = next
    }
  }
}

export function growSlotOperators(slots: Slots, capacity: number): void {
  const first = new Int32Array(capacity).fill(-1)
  first.set(slots.first)
  slots.first = first
}

function growSlots(slots: Slots): void {
  const capacity = slots.operator.length * 2
  const grown = {
    operator: new Int32Array(capacity),
    at: new Float64Array(capacity),
    open: new Uint8Array(capacity),
    next: new Int32Array(capacity),
  }
  grown.operator.set(slots.operator)
  grown.at.set(slots.at)
  grown.open.set(slots.open)
  grown.next.set(slots.next)
  Object.assign(slots, grown)
}

/** The slots of one operator, latest first. */
export function slotsOfOperator(slots: Slots, operator: number): number[] {
  const found: number[] = []
  for (let slot = slots.first[operator] as number; slot !== -1; slot = slots.next[slot] as number) found.push(slot)
  return found
}
