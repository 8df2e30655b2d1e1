import type { Failure } from '../../domain/failure.ts'
import type { FollowState } from '../../feed/follower.ts'
import type { Globals } from '../declaring/command.ts'

/**
 * Why a feed can't be read at all, for whoever looks only once; null where it can. A missing feed is one without
 * records, unless it was named (contract §2, exit 7).
 */
export function feedRefusal(state: FollowState, { file, named }: Globals['feed']): Failure | null {
  if (state.state === 'missing' && named) return { code: 'file', file, action: 'read', errno: 'ENOENT', hint: null }
  if (state.state === 'refused') return { code: 'not-a-file', file, found: state.found }
  if (state.state === 'unreadable') return { code: 'file', file, action: 'read', errno: state.errno, hint: null }
  return null
}
