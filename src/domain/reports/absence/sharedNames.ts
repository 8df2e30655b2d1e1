import type { PresenceState } from '../../presence/presenceState.ts'
import { recordNames } from '../../presence/recordNames.ts'
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
      addSession(names, at) {
        for (const each of byBytes.slice(1)) each.addSession(names, at)
        return byBytes[0].addSession(names, at)
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
