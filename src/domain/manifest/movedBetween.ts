/**
 * The fewest members that have to move to get from one order to another; what is in one of them only is left out.
 * Those that stay are a longest common subsequence, and of several the one with most members at their old place.
 * Quadratic, but only where the order changed.
 */
export function movedBetween(before: readonly string[], after: readonly string[]): Set<string> {
  const places = new Map(before.map((id, index) => [id, index]))
  const left = new Set(after)
  const common = after.filter((id) => places.has(id))
  const inOrder = before.filter((id) => left.has(id))
  if (common.every((id, index) => id === inOrder[index])) return new Set()
  const members = after.flatMap((id, index): Member[] => {
    const place = places.get(id)
    return place === undefined ? [] : [{ id, place, score: place === index ? stays + 1 : stays, previous: null }]
  })
  members.forEach((member, index) => {
    const own = member.score
    for (let earlier = 0; earlier < index; earlier++) {
      const other = members[earlier]
      if (other === undefined || other.place > member.place || other.score + own <= member.score) continue
      member.score = other.score + own
      member.previous = other
    }
  })
  const moved = new Set(common)
  let last = members.reduce<Member | null>((best, one) => (best === null || one.score > best.score ? one : best), null)
  for (; last !== null; last = last.previous) moved.delete(last.id)
  return moved
}

/** More than there can be members: a longer run always beats one with more members at their old place. */
const stays = 1_000_000

interface Member {
  readonly id: string
  readonly place: number
  /** Of the best run that ends here. */
  score: number
  previous: Member | null
}
