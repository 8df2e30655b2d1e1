import type { SpecialKind } from '../../domain/failure.ts'
import { unreachable } from '../../domain/result.ts'
import { partNotes, type Skipped, skippedNotes } from './skippedLines.ts'

/** What was found of a feed that is read as far as it is kept. */
export interface KeptFiles {
  readonly parts: readonly { readonly file: string; readonly counts: Skipped }[]
  readonly isThere: boolean
  readonly unreadable: readonly { readonly file: string; readonly errno: string }[]
}

/** Sentences about what of the feed at `file` could not be used. */
export function keptFeedNotes({ parts, isThere, unreadable }: KeptFiles, file: string): string[] {
  return [
    ...(isThere ? [] : [`there is no feed at ${file}`]),
    ...unreadable.map(
      (one) => `the rotated file ${one.file} can't be read (${one.errno}): what it says is not counted`,
    ),
    ...parts.flatMap((part) => (part.file === file ? skippedNotes(part.counts) : partNotes(part))),
  ]
}

/** Said where nobody named the feed: it may still come. */
export function missingFeedNote(file: string): string {
  return `There is no feed at ${file} yet.`
}

/** A feed at one moment of being followed. */
export type FeedNow =
  | { readonly state: 'following' | 'missing' | 'ended' }
  | { readonly state: 'refused'; readonly found: SpecialKind }
  | { readonly state: 'unreadable'; readonly errno: string }

/** Why the live list does not go on at this moment; null where it does. */
export function feedNowNote(now: FeedNow): string | null {
  switch (now.state) {
    case 'following':
    case 'ended':
      return null
    case 'missing':
      return 'There is no feed yet.'
    case 'refused':
      return `The feed is a ${now.found}, not a file.`
    case 'unreadable':
      return `The feed can't be read (${now.errno}).`
    default:
      return unreachable(now)
  }
}
