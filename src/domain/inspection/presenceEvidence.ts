import type { Catalogue } from '../catalogue/catalogue.ts'
import { compareIds } from '../order.ts'
import { isSilent, presenceRows } from '../presence/presence.ts'
import type { PresenceState } from '../presence/presenceState.ts'
import { slotName, slotsOfOperator } from '../presence/slots.ts'
import type { OldDialogue, PresenceEvidence } from './evidence.ts'

/** A dialogue that is open for longer than this is named (contract §3). */
const oldDialogueMs = 24 * 60 * 60_000

/** What the presence of now has to say to `doctor`. Epoch milliseconds. */
export function presenceEvidence(state: PresenceState, catalogue: Catalogue, now: number): PresenceEvidence {
  const { operators, columns, coverage } = state
  const present = operators.map((_, index) => index).filter((index) => columns.present[index] === 1)
  return {
    rows: presenceRows(state, catalogue, now),
    held: new Set(
      present
        .filter((index) => !Number.isNaN(columns.heldFrom[index] as number))
        .map((index) => operators[index] as string),
    ),
    ticked: coverage.tickedFrom !== null,
    silentMs: isSilent(state, now) ? now - state.clock : null,
    oldDialogues: present
      .flatMap((index) => oldDialoguesOf(state, index, now))
      .sort((a, b) => a.since - b.since || compareIds(a.operator, b.operator) || compareIds(a.dialogue, b.dialogue)),
  }
}

function oldDialoguesOf({ dialogues, operators }: PresenceState, index: number, now: number): OldDialogue[] {
  return slotsOfOperator(dialogues, index)
    .filter((slot) => dialogues.open[slot] === 1 && now - (dialogues.at[slot] as number) > oldDialogueMs)
    .map((slot) => ({
      operator: operators[index] as string,
      dialogue: slotName(dialogues, slot),
      since: dialogues.at[slot] as number,
    }))
}
