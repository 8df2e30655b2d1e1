import type { HelpTopic } from './topics.ts'

export const rule: HelpTopic = {
  summary: 'Who is switched to an offline status, when and to which',
  text: `The rule: who is switched to an offline status

An operator in a status that can receive, of whom there has been no sign of life for offline-after (10 minutes), is
switched.

  sign of life   an open, beat, close or status record of theirs, whichever session it is from; dialogues are none
  deadline       max(last sign of life, start of the stay in the status) + offline-after
  in time        a sign of life stamped at or before the deadline moves it on; nothing is written
  otherwise      the operator is switched, dated at the deadline

The status they are switched to is the first of these that there is:

  1. auto-offline's, if auto-offline is enabled
  2. default-offline
  3. the first status in the list with neither can-receive nor count-after-close
  4. the first status in the list that can't receive

Where there is none, nobody is switched, and that is reported.

Whoever was switched stays there until they choose a status in the panel or an administrator sets one: opening the panel
later does not bring the status back. A change that somebody made in between is never overwritten.

Silence only counts while opstat can hear: not while no watcher ran, not while the machine slept, and, once the feed has
ticks, not while the feed was silent for longer than feed-timeout.

  opstat settings show               what the settings say now
  opstat presence list               who is waiting, and when they would be switched
  opstat presence explain OPERATOR   why somebody was switched, or will not be
  opstat presence simulate           what the rule makes of a feed, in virtual time
  opstat watch                       apply it

See also: opstat help feed
`,
}
