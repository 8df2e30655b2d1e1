import type { Target } from '../catalogue/catalogue.ts'
import type { Failure, SpecialKind } from '../failure.ts'
import type { ToldAlteration } from '../history/history.ts'
import type { SkipReason } from '../records/records.ts'
import type { LockNote, OldDialogue } from './evidence.ts'

/** Everything that `doctor` can find, as facts. The words are in `views/findings/findingWords.ts`. Times in epoch milliseconds. */
export type Finding =
  | { readonly finding: 'old-node'; readonly version: string; readonly wanted: string }
  | { readonly finding: 'no-catalogue'; readonly file: string }
  | { readonly finding: 'bad-catalogue'; readonly failure: Failure }
  | { readonly finding: 'catalogue'; readonly file: string; readonly statuses: number; readonly operators: number }
  | {
      readonly finding: 'vanished-status'
      readonly status: string
      readonly name: string
      readonly operators: readonly string[]
    }
  | { readonly finding: 'unrecorded-edits'; readonly facts: number; readonly file: string }
  | { readonly finding: 'no-target' }
  | { readonly finding: 'rule-off' }
  | {
      readonly finding: 'switching-all-the-same'
      readonly target: string
      readonly source: Exclude<Target['source'], 'none'>
      readonly offlineAfterMs: number
    }
  | {
      readonly finding: 'session-outlasts-rule'
      readonly sessionTimeoutMs: number
      readonly offlineAfterMs: number
    }
  | { readonly finding: 'nobody-leads' }
  | { readonly finding: 'no-history'; readonly file: string }
  | { readonly finding: 'history'; readonly entries: number }
  | { readonly finding: 'history-away'; readonly entries: number; readonly file: string }
  | { readonly finding: 'altered-history'; readonly alteration: ToldAlteration }
  | { readonly finding: 'unfinished-history'; readonly file: string; readonly entries: number }
  | { readonly finding: 'broken-history'; readonly failure: Failure }
  | { readonly finding: 'no-state'; readonly file: string }
  | { readonly finding: 'bad-state'; readonly file: string }
  | { readonly finding: 'unreadable-state'; readonly file: string; readonly errno: string }
  | { readonly finding: 'staged-files'; readonly files: readonly string[] }
  | { readonly finding: 'backups'; readonly files: readonly string[] }
  | { readonly finding: 'lock-held'; readonly holder: LockNote | null; readonly forMs: number | null }
  | { readonly finding: 'lock-stuck'; readonly holder: LockNote; readonly forMs: number }
  | { readonly finding: 'lock-unknown'; readonly errno: string }
  | { readonly finding: 'watcher'; readonly watcher: LockNote | null; readonly agoMs: number | null }
  | { readonly finding: 'watcher-stalled'; readonly watcher: LockNote; readonly agoMs: number }
  | { readonly finding: 'no-watcher'; readonly lastAwakeAt: number | null }
  | { readonly finding: 'nobody-watches'; readonly lastAwakeAt: number | null }
  | { readonly finding: 'no-feed'; readonly file: string }
  | { readonly finding: 'named-feed-missing'; readonly file: string }
  | {
      readonly finding: 'feed-not-a-file'
      readonly file: string
      readonly found: SpecialKind
    }
  | { readonly finding: 'feed-unreadable'; readonly file: string; readonly errno: string }
  | { readonly finding: 'feed-empty'; readonly file: string }
  | { readonly finding: 'feed'; readonly file: string; readonly lastAt: number; readonly ageMs: number }
  | { readonly finding: 'feed-old'; readonly file: string; readonly lastAt: number; readonly ageMs: number }
  | {
      readonly finding: 'lines-skipped'
      readonly reason: SkipReason
      readonly count: number
      /** Null where not the whole file was looked at. */
      readonly line: number | null
      readonly excerpt: string
    }
  | { readonly finding: 'stamps-ahead'; readonly count: number; readonly mostMs: number }
  | { readonly finding: 'stamps-behind'; readonly lastAt: number; readonly modifiedAt: number }
  | { readonly finding: 'ticks' }
  | { readonly finding: 'no-ticks' }
  | { readonly finding: 'feed-silent'; readonly silentMs: number }
  | { readonly finding: 'old-dialogues'; readonly dialogues: readonly OldDialogue[] }
  | { readonly finding: 'operators-overdue'; readonly operators: readonly string[]; readonly watched: boolean }
  | { readonly finding: 'operators-held'; readonly operators: readonly string[] }
  | { readonly finding: 'others-may-write'; readonly exposure: Exposure }

/** A place that somebody else may change (reliability X5). */
export interface Exposure {
  readonly file: string
  readonly what: 'file' | 'directory'
  readonly why: { readonly kind: 'mode'; readonly mode: number } | { readonly kind: 'owner'; readonly uid: number }
}

export type FindingCode = Finding['finding']
export type FindingArea =
  | 'program'
  | 'catalogue'
  | 'settings'
  | 'history'
  | 'state'
  | 'lock'
  | 'watcher'
  | 'feed'
  | 'files'
/** `problem`: something does not work. `warning`: it will not, or not as people think. `note`: good to know. */
export type FindingLevel = 'problem' | 'warning' | 'note'

const kinds: Record<FindingCode, readonly [FindingArea, FindingLevel]> = {
  'old-node': ['program', 'problem'],
  'no-catalogue': ['catalogue', 'problem'],
  'bad-catalogue': ['catalogue', 'problem'],
  catalogue: ['catalogue', 'note'],
  'vanished-status': ['catalogue', 'problem'],
  'unrecorded-edits': ['catalogue', 'note'],
  'no-target': ['settings', 'problem'],
  'rule-off': ['settings', 'note'],
  'switching-all-the-same': ['settings', 'note'],
  'session-outlasts-rule': ['settings', 'warning'],
  'nobody-leads': ['settings', 'problem'],
  'no-history': ['history', 'note'],
  history: ['history', 'note'],
  'history-away': ['history', 'note'],
  'altered-history': ['history', 'warning'],
  'unfinished-history': ['history', 'warning'],
  'broken-history': ['history', 'problem'],
  'no-state': ['state', 'note'],
  'bad-state': ['state', 'warning'],
  'unreadable-state': ['state', 'warning'],
  'staged-files': ['files', 'note'],
  backups: ['files', 'note'],
  'lock-held': ['lock', 'note'],
  'lock-stuck': ['lock', 'problem'],
  'lock-unknown': ['lock', 'problem'],
  watcher: ['watcher', 'note'],
  'watcher-stalled': ['watcher', 'problem'],
  'no-watcher': ['watcher', 'note'],
  'nobody-watches': ['watcher', 'warning'],
  'no-feed': ['feed', 'note'],
  'named-feed-missing': ['feed', 'problem'],
  'feed-not-a-file': ['feed', 'problem'],
  'feed-unreadable': ['feed', 'problem'],
  'feed-empty': ['feed', 'note'],
  feed: ['feed', 'note'],
  'feed-old': ['feed', 'warning'],
  'lines-skipped': ['feed', 'warning'],
  'stamps-ahead': ['feed', 'warning'],
  'stamps-behind': ['feed', 'warning'],
  ticks: ['feed', 'note'],
  'no-ticks': ['feed', 'note'],
  'feed-silent': ['feed', 'problem'],
  'old-dialogues': ['feed', 'warning'],
  'operators-overdue': ['watcher', 'problem'],
  'operators-held': ['watcher', 'note'],
  'others-may-write': ['files', 'warning'],
}

export function areaOf({ finding }: Finding): FindingArea {
  return kinds[finding][0]
}

export function levelOf({ finding }: Finding): FindingLevel {
  return kinds[finding][1]
}

/** Does anything need attention? Notes don't. */
export function needsAttention(findings: readonly Finding[]): boolean {
  return findings.some((finding) => levelOf(finding) !== 'note')
}
