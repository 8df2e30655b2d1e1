import type { NameHashing } from '../names/nameHash.ts'
import type { NameAt } from '../names/namePlaces.ts'
import { createNameTable, forgetName, type NameTable, nameOf, numberAt, numberForText } from '../names/nameTable.ts'

/**
 * Named things that belong to an operator (sessions, dialogues) as small numbers. A slot is free again once its
 * thing is forgotten; the slots of one operator form a list.
 */
export interface Slots {
  readonly names: NameTable
  /** The latest stamp of the thing's records, epoch milliseconds. */
  at: Float64Array
  open: Uint8Array
  /** The next slot of the same operator, or -1. */
  next: Int32Array
  /** The first slot by operator index, or -1. */
  first: Int32Array
  /** As many slots may be in use before it pays to look for forgettable ones. */
  sweepAbove: number
}

/** Of an operator's id and a session's name, for the room at the start. */
const usualBytes = 24

/** Sweeping below this would save nothing. */
const fewSlots = 1024

/** With room for so many slots from the start: growing leaves behind what was too small. */
export function createSlots(operatorCapacity: number, hashing: NameHashing, slotCapacity = 64): Slots {
  return {
    names: createNameTable(hashing, slotCapacity, usualBytes),
    at: new Float64Array(slotCapacity),
    open: new Uint8Array(slotCapacity),
    next: new Int32Array(slotCapacity),
    first: new Int32Array(operatorCapacity).fill(-1),
    sweepAbove: fewSlots,
  }
}

/** The slot of an operator's thing, a new and closed one where there was none. */
export function slotOf(slots: Slots, operator: { readonly index: number; readonly id: string }, name: string): number {
  const { names } = slots
  const before = names.count
  const slot = numberForText(names, operator.index, [operator.id, name])
  if (names.count > before) startSlot(slots, slot, operator.index)
  return slot
}

/** The same for one of several names of operators and their things. */
export function slotAt(slots: Slots, name: NameAt, operator: number): number {
  const before = slots.names.count
  const slot = numberAt(slots.names, name, operator)
  if (slots.names.count > before) startSlot(slots, slot, operator)
  return slot
}

export function slotName(slots: Slots, slot: number): string {
  return nameOf(slots.names, slot)
}

/** How many things are known. */
export function slotsInUse(slots: Slots): number {
  return slots.names.count
}

/**
 * Forgets every slot for which `forgets` says so, once half as many again are in use as were left by the last time: so
 * forgetting costs little for each new slot. No record that names a slot may be on its way.
 */
export function sweepWhenGrown(slots: Slots, forgets: (slot: number) => boolean): void {
  if (slots.names.count <= slots.sweepAbove) return
  sweepSlots(slots, forgets)
  slots.sweepAbove = Math.max(fewSlots, Math.ceil(slots.names.count * 1.5))
}

/** Forgets every slot for which `forgets` says so. */
export function sweepSlots(slots: Slots, forgets: (slot: number) => boolean): void {
  const { first, next, names } = slots
  for (let operator = 0; operator < first.length; operator++) {
    let before = -1
    for (let slot = first[operator] as number; slot !== -1; ) {
      const following = next[slot] as number
      if (forgets(slot)) {
        if (before === -1) first[operator] = following
        else next[before] = following
        forgetName(names, slot)
      } else before = slot
      slot = following
    }
  }
}

export function growSlotOperators(slots: Slots, capacity: number): void {
  const first = new Int32Array(capacity).fill(-1)
  first.set(slots.first)
  slots.first = first
}

/** The slots of one operator, latest first. */
export function slotsOfOperator(slots: Slots, operator: number): number[] {
  const found: number[] = []
  for (let slot = slots.first[operator] as number; slot !== -1; slot = slots.next[slot] as number) found.push(slot)
  return found
}

function startSlot(slots: Slots, slot: number, operator: number): void {
  if (slot >= slots.at.length) growSlots(slots)
  slots.at[slot] = Number.NEGATIVE_INFINITY
  slots.open[slot] = 0
  slots.next[slot] = slots.first[operator] as number
  slots.first[operator] = slot
}

function growSlots(slots: Slots): void {
  const capacity = slots.at.length * 2
  const grown = { at: new Float64Array(capacity), open: new Uint8Array(capacity), next: new Int32Array(capacity) }
  grown.at.set(slots.at)
  grown.open.set(slots.open)
  grown.next.set(slots.next)
  Object.assign(slots, grown)
}
