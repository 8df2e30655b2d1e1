import { type PresenceState, recordNames } from '../../presence/presenceState.ts'
import type { NamesByBytes, RecordNames } from '../../records/records.ts'

/**
 * One set of numbers for several presences that are fed the same records: they were made from catalogues with the
 * same roster and statuses, and learn sessions, dialogues and inquiries together.
 */
export function sharedNames(states: readonly PresenceState[]): RecordNames {
  const [first, ...others] = states.map(recordNames) as [RecordNames, ...RecordNames[]]
  const byBytes = [first, ...others].map((names) => names.byBytes) as [NamesByBytes, ...NamesByBytes[]]
  return {
    byBytes: {
      ...byBytes[0],
      sessionSlots(names, operators, into) {
        // The last one's answer stays; they are all the same.
        for (const each of byBytes) each.sessionSlots(names, operators, into)
      },
    },
    operatorIndex: first.operatorIndex,
    statusIndex: first.statusIndex,
    sessionSlot(operator, session) {
      for (const names of others) names.sessionSlot(operator, session)
      return first.sessionSlot(operator, session)
    },
    dialogueSlot(operator, dialogue) {
      for (const names of others) names.dialogueSlot(operator, dialogue)
      return first.dialogueSlot(operator, dialogue)
    },
    inquiryIndex(inquiry) {
      for (const names of others) names.inquiryIndex(inquiry)
      return first.inquiryIndex(inquiry)
    },
  }
}
