import type { HelpTopic } from './topics.ts'

export const environment: HelpTopic = {
  summary: 'Variables and files',
  text: `Variables and files

  OPSTAT_STORE        the catalogue, where --store does not say (else ./statuses.json)
  OPSTAT_HEARTBEATS   the feed, where --heartbeats does not say (else heartbeats.jsonl beside the catalogue)
  OPSTAT_PLAIN        1: for screen readers: numbered questions, nothing redrawn, no colours, words in place of marks
  NO_COLOR            set to anything: no colours, unless --color always
  FORCE_COLOR         0 to 3: how many colours, also where the output is no terminal
  TERM                dumb: no colours, nothing redrawn, numbered questions
  CI                  set: no colours that the log can't show

Flags stand above variables; an empty variable counts for nothing.

Beside the catalogue (beside the real file where it is a link), named after it:

  statuses.json            the catalogue: people read it, edit it and keep it in git
  statuses.history.jsonl   what changed, when, why and by whom; append only
  statuses.state.json      a cache of what history and feed say; may be deleted
  statuses.lock            held while something is written
  statuses.watch.lock      held by the watcher that decides

Nothing asks where standard input or standard error is no terminal, or with --no-input: a missing answer is then a usage
error that names the flag.
`,
}
