/** Values that hold from an instant on until the next one takes over. Instants never decrease. */
export interface Timeline<Value> {
  readonly from: number[]
  readonly values: Value[]
}

export function createTimeline<Value>(): Timeline<Value> {
  return { from: [], values: [] }
}

/**
 * The value holds from `at` on. What was said stays said: dated before the last change (a clock was set back), it
 * takes over at that change. Answers the instant at which it does.
 */
export function holdFrom<Value>(timeline: Timeline<Value>, at: number, value: Value): number {
  const from = Math.max(at, timeline.from.at(-1) ?? Number.NEGATIVE_INFINITY)
  timeline.from.push(from)
  timeline.values.push(value)
  return from
}

/** The index of the value that holds at an instant; -1 before the first. Of several from one instant the last. */
export function indexAt(timeline: Timeline<unknown>, at: number): number {
  let low = 0
  let high = timeline.from.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((timeline.from[middle] as number) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The value that holds at an instant; before the first change what held first. Undefined where nothing ever did. */
export function valueAt<Value>(timeline: Timeline<Value>, at: number): Value | undefined {
  return timeline.values[Math.max(0, indexAt(timeline, at))]
}
