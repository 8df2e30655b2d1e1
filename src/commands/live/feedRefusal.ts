import type { Failure } from '../../domain/failure.ts'
import type { FollowState } from '../../feed/follower.ts'

/** Why a feed can't be read at all, for whoever looks only once; null where it can, or is not there. */
export function feedRefusal(state: FollowState, file: string): Failure | null {
  if (state.state === 'refused') return { code: 'not-a-file', file, found: state.found }
  if (state.state === 'unreadable') return { code: 'file', file, action: 'read', errno: state.errno, hint: null }
  return null
}
