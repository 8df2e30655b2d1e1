import { formatDuration, formatTime } from '../../domain/time.ts'
import { stuckWords } from './fileFindingWords.ts'
import { named, processWords, type WordingOf } from './wording.ts'

/** Whether the rule is applied, and to whom it should have been. */
export const watcherFindingWords: WordingOf<
  'watcher' | 'watcher-stalled' | 'no-watcher' | 'nobody-watches' | 'operators-overdue' | 'operators-held'
> = {
  watcher: ({ watcher, agoMs }) => ({
    detail: `${processWords(watcher)} watches${agoMs === null ? '' : `, last awake ${formatDuration(agoMs)} ago`}`,
    next: 'opstat presence list',
  }),
  'watcher-stalled': ({ watcher, agoMs }) => ({
    detail: `process ${watcher.pid} should be watching, but was last awake ${formatDuration(agoMs)} ago`,
    next: stuckWords(watcher.pid),
  }),
  'no-watcher': ({ lastAwakeAt }) => ({
    detail: `nobody watches${lastAwakeWords(lastAwakeAt)}`,
    next: 'once panels write the feed: opstat watch',
  }),
  'nobody-watches': ({ lastAwakeAt }) => ({
    detail: `the feed is written, but nobody watches${lastAwakeWords(lastAwakeAt)}: nobody is switched`,
    next: 'opstat watch; as a service: docs/running.md',
  }),
  'operators-overdue': ({ operators, watched }) => ({
    detail: `${named(operators, ['is', 'are'])} overdue: silent for longer than offline-after, and not switched`,
    next: watched
      ? 'see what the watcher says; where it says nothing, restart it'
      : 'opstat watch (the time in which nobody watched counts for nobody)',
  }),
  'operators-held': ({ operators }) => ({
    detail: `${named(operators, ['is', 'are'])} held by mass-guard: many fell silent at once`,
    next: 'see whether the panel or its network is down; they are released by themselves',
  }),
}

function lastAwakeWords(at: number | null): string {
  return at === null ? '' : `; the last watcher was awake at ${formatTime(at)}`
}
