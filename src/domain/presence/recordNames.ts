import { foldCase } from '../catalogue/catalogue.ts'
import { expectNames, findExpected } from '../names/expectedNames.ts'
import { findRest } from '../names/manyNames.ts'
import { emptyPlaces, type NamePlaces, type PairPlaces } from '../names/namePlaces.ts'
import { type NameTable, ownerOf } from '../names/nameTable.ts'
import type { NamesByBytes, RecordNames } from '../records/records.ts'
import { operatorNamed, type PresenceState } from './presenceState.ts'
import { type Slots, slotAt, slotOf } from './slots.ts'

/** The names in records as the state's numbers. */
export function recordNames(state: PresenceState): RecordNames {
  const named = (index: number) => ({ index, id: state.operators[index] as string })
  return {
    byBytes: namesByBytes(state.operatorIds, state.sessions, (operators) => {
      if (state.presentCount < state.operators.length) leaveOutAbsent(state, operators)
    }),
    operatorIndex: (id) => {
      const index = operatorNamed(state, id)
      return index === -1 || state.columns.present[index] === 0 ? -1 : index
    },
    statusIndex: (reference) => statusIndexOf(state, reference),
    sessionSlot: (index, session) => slotOf(state.sessions, named(index), session),
    dialogueSlot: (index, dialogue) => slotOf(state.dialogues, named(index), dialogue),
    inquiryIndex: (inquiry) => state.inquiries.push(inquiry) - 1,
  }
}

/**
 * A session that was heard before leads to its operator: only of a new one the operator is looked up. `leaveOut` puts
 * -1 in place of the operators who count as unknown.
 */
export function namesByBytes(ids: NameTable, sessions: Slots, leaveOut: (operators: Int32Array) => void): NamesByBytes {
  const expected = expectNames()
  let nothing = emptyPlaces(ids.hashing, 0)
  const alone = (names: NamePlaces): PairPlaces => {
    if (nothing.length < names.length) nothing = emptyPlaces(ids.hashing, names.length)
    return { first: nothing, second: names }
  }
  return {
    hashing: ids.hashing,
    findSessions(names, operators, slots) {
      findExpected(sessions.names, expected, { names, numbers: slots })
      let areKnown = true
      for (let index = 0; index < names.second.length; index++) {
        const slot = slots[index] as number
        operators[index] = slot === -1 ? -1 : ownerOf(sessions.names, slot)
        areKnown &&= slot !== -1
      }
      if (!areKnown) findRest(ids, { names: alone(names.first), numbers: operators })
      leaveOut(operators)
    },
    addSession: (names, at) => slotAt(sessions, { names, index: at.index }, at.operator),
  }
}

/** Whoever left the roster counts as unknown. */
function leaveOutAbsent({ columns }: PresenceState, operators: Int32Array): void {
  for (let index = 0; index < operators.length; index++)
    if (columns.present[operators[index] as number] === 0) operators[index] = -1
}

function statusIndexOf(state: PresenceState, reference: string): number {
  const known = state.statusIndexByReference.get(reference)
  if (known !== undefined) return known
  return state.statusIndexByReference.get(foldCase(reference.trim().normalize('NFC'))) ?? -1
}
