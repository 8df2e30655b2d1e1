import type { Place } from './evidence.ts'
import type { Exposure } from './findings.ts'

const othersWrite = 0o002

/**
 * The places that somebody else may change (reliability X5): writable by everybody, or owned by neither root nor the
 * account that looks. A sticky directory counts too: in it others can't replace a file, but plant one that is missing.
 */
export function exposuresOf(places: readonly Place[], uid: number): Exposure[] {
  return places.flatMap(({ file, what, mode, uid: owner }): Exposure[] => {
    if ((mode & othersWrite) !== 0) return [{ file, what, why: { kind: 'mode', mode } }]
    return owner === uid || owner === 0 ? [] : [{ file, what, why: { kind: 'owner', uid: owner } }]
  })
}
