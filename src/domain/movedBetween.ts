/**
 * The fewest members that have to move to get from one order to another; what is in one of them only is left out.
 * Source: the members that stay are a longest increasing subsequence, found by patience sorting.
 */
export function movedBetween(before: readonly string[], after: readonly string[]): Set<string> {
  const places = new Map(before.map((id, index) => [id, index]))
  const common = after.filter((id) => places.has(id))
  const place = (id: string | undefined) => places.get(id ?? '') ?? -1
  // The last member of the best run of each length so far, and for each member the one before it in its run.
  const ends: string[] = []
  const previous = new Map<string, string | undefined>()
  for (const id of common) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (place(ends[middle]) < place(id)) low = middle + 1
      else high = middle
    }
    ends[low] = id
    previous.set(id, ends[low - 1])
  }
  const moved = new Set(common)
  for (let id = ends.at(-1); id !== undefined; id = previous.get(id)) moved.delete(id)
  return moved
}
