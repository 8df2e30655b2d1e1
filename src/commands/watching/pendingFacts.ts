import type { PanelFact } from '../../domain/presence/unwritten.ts'
import type { PresenceEvent } from '../../domain/rule/events.ts'
import type { Notice } from '../../domain/watching/notice.ts'
import type { Watcher } from './watcher.ts'

/** Keeps what has to enter the history until a commit succeeds; the rest is told. */
export function takeEvents(watcher: Watcher, events: readonly PresenceEvent[], notices: Notice[]): void {
  for (const event of events) {
    const { at } = event
    if (event.type === 'status-entered' || event.type === 'dialogues') watcher.pending.push({ fact: event, at })
    else if (event.type === 'confirmed') watcher.pending.push({ fact: confirmationOf(event), at })
    else if (event.type === 'held') notices.push(event)
    else if (event.type === 'unswitchable') {
      notices.push({ type: 'problem', at, problem: { code: 'no-target', operator: event.operator } })
    }
  }
  if (watcher.deeds === 'reported') watcher.pending = []
}

/** A fact that says nothing new, unless somebody else's entry comes between. */
function confirmationOf({ at, operator, status }: Extract<PresenceEvent, { type: 'confirmed' }>): PanelFact {
  const nothing = { due: null, lastSeen: null } as const
  return { type: 'status-entered', at, operator, from: status, to: status, cause: 'panel', ...nothing, by: operator }
}
