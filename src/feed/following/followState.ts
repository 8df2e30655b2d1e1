import type { FeedHappening } from '../../domain/watching/notice.ts'
import type { FeedFile, FeedName } from '../files/feedName.ts'
import { isSameInode, parseFingerprint } from '../files/fileIdentity.ts'
import type { Sibling } from '../files/siblings.ts'
import type { FilePlace, TrackedFile } from '../files/trackedFile.ts'
import type { FollowState } from '../follower.ts'

export function stateOf(found: FeedName): FollowState {
  switch (found.is) {
    case 'file':
      return { state: 'following' }
    case 'missing':
      return { state: 'missing' }
    case 'refused':
      return { state: 'refused', found: found.found }
    case 'unreadable':
      return { state: 'unreadable', errno: found.errno }
  }
}

/** What there is to tell when a follower of `name` comes into a state that it was not in. */
export function eventsOf(state: FollowState, name: string): FeedHappening[] {
  switch (state.state) {
    case 'following':
      return [{ event: 'appeared' }]
    case 'missing':
      return [{ event: 'missing' }]
    case 'refused':
      return [{ event: 'refused', found: state.found }]
    case 'unreadable':
      return [{ event: 'unreadable', file: name, errno: state.errno }]
    case 'ended':
      return [{ event: 'ended' }]
  }
}

/** How the file at the feed's name took the place of the followed one; nothing where none was followed. */
export function successionOf(
  place: FilePlace | null,
  to: { readonly feed: FeedFile | null; readonly rest: TrackedFile | null; readonly between: readonly Sibling[] },
): FeedHappening[] {
  const print = place === null ? null : parseFingerprint(place.file)
  if (print === null) return []
  const event = to.feed !== null && isSameInode(print, to.feed.facts) ? 'truncated' : 'rotated'
  return [{ event, rest: to.rest === null ? 'gone' : 'read', between: to.between.length }]
}
