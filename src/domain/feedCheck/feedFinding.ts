import type { SkipReason } from '../records/records.ts'

/** What `feed check` found, as facts. The words are in `views/findings/feedCheckWords.ts`. Times in epoch milliseconds. */
export type FeedFinding =
  | {
      readonly finding: 'feed'
      readonly lines: number
      readonly records: number
      readonly from: number | null
      readonly to: number | null
      readonly operators: number
      readonly sessions: number
      readonly ticks: number
    }
  | { readonly finding: 'no-catalogue' }
  | {
      readonly finding: 'skipped'
      readonly reason: SkipReason
      readonly count: number
      readonly line: number
      readonly excerpt: string
    }
  | {
      readonly finding: 'unknown-names'
      readonly of: 'operator' | 'status'
      readonly names: readonly string[]
      readonly count: number
    }
  | {
      readonly finding: 'slow-beats'
      readonly operators: readonly string[]
      readonly sessions: number
      /** The slowest session's usual distance between two beats. */
      readonly typicalMs: number
      /** What comes of it, the worst. */
      readonly effect: 'near' | 'looks-gone' | 'switched'
    }
  | {
      readonly finding: 'late-returns'
      readonly operators: readonly string[]
      readonly count: number
      readonly longest: {
        readonly operator: string
        readonly session: string
        readonly from: number
        readonly to: number
      }
      readonly offlineAfterMs: number
    }
  | {
      readonly finding: 'gaps'
      readonly count: number
      readonly longest: { readonly from: number; readonly to: number }
      readonly covered: boolean
      readonly feedTimeoutMs: number
    }
  | {
      readonly finding: 'skewed-clock'
      readonly operator: string
      readonly direction: 'ahead' | 'behind'
      readonly byMs: number
    }
  | { readonly finding: 'backwards'; readonly count: number; readonly mostMs: number }
  | { readonly finding: 'ahead'; readonly count: number; readonly mostMs: number }
  | { readonly finding: 'in-seconds'; readonly count: number }
  | { readonly finding: 'duplicates'; readonly count: number }
  | { readonly finding: 'no-ticks' }
  | { readonly finding: 'unfinished-line' }

/** These are told for information; everything else has a consequence. */
export function isMereNote({ finding }: FeedFinding): boolean {
  return ['feed', 'no-catalogue', 'no-ticks', 'unfinished-line'].includes(finding)
}
