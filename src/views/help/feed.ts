import type { HelpTopic } from './topics.ts'

export const feed: HelpTopic = {
  summary: "The records that the panel's back end writes",
  text: `The feed: what the panel's back end writes

JSON Lines in UTF-8, one object a line, at most 64 KiB each, only ever appended. The file is heartbeats.jsonl beside the
catalogue unless --heartbeats FILE or $OPSTAT_HEARTBEATS says otherwise; - is standard input.

  {"at":"2026-11-22T10:00:00.000Z","operator":"ana","session":"tab-1","event":"open"}

  event            further fields        meaning
  open             operator, session     a panel session opened
  beat             operator, session     it is still there; send one every 30 seconds
  close            operator, session     it was closed
  status           operator, status      the operator chose a status (its id or name) in the panel
  dialogue-open    operator, dialogue    a dialogue was assigned to the operator
  dialogue-close   operator, dialogue    it was closed
  tick             -                     the feed itself is alive
  inquiry          inquiry               a new inquiry arrived (only presence simulate reports it)

"at" is RFC 3339 with Z or an offset, or epoch milliseconds as a number. Unknown fields are ignored. A line that is no
such record is skipped, counted by reason and named once; it never stops anything.

Write "tick" every 5 seconds from the same process: from the first one on, silence of the feed for longer than
feed-timeout is taken for blindness and not for absence, and nobody is switched because of it.

To try it:

  opstat presence record open ana --session tab-1
  opstat presence record status ana --status online
  opstat presence list

What in a feed would mislead the rule: opstat feed check FILE

See also: opstat help rule
`,
}
