/**
 * When to look at which operator again: a binary heap over operator indexes, keyed by time. An entry is a question,
 * not an answer: a sign of life only writes a number elsewhere, and an entry that comes up too early is set anew
 * (lazy re-arming), so that a beat costs nothing here. A key is later than the operator's true deadline by `behindMs`
 * at most.
 */
export interface Deadlines {
  size: number
  /** Time that came to count after all since the keys were set: so much may the deadlines have come nearer. */
  behindMs: number
  /** Operator indexes in heap order. */
  heap: Int32Array
  /** Epoch milliseconds by operator index. */
  key: Float64Array
  /** The operator's place in the heap, or -1. By operator index. */
  place: Int32Array
}

export function createDeadlines(capacity: number): Deadlines {
  return {
    size: 0,
    behindMs: 0,
    heap: new Int32Array(capacity),
    key: new Float64Array(capacity),
    place: new Int32Array(capacity).fill(-1),
  }
}

/** The earliest key; infinity where nothing is armed. */
export function earliestKey(deadlines: Deadlines): number {
  return deadlines.size === 0 ? Number.POSITIVE_INFINITY : (deadlines.key[deadlines.heap[0] as number] as number)
}

/** Arms an operator. One who is armed for an earlier time stays so: that is only an earlier question. */
export function arm(deadlines: Deadlines, operator: number, key: number): void {
  let place = deadlines.place[operator] as number
  if (place === -1) place = deadlines.size++
  else if ((deadlines.key[operator] as number) <= key) return
  deadlines.key[operator] = key
  deadlines.heap[place] = operator
  siftUp(deadlines, place)
}

/** Takes the earliest out. Only called where `size` is above zero. */
export function popEarliest(deadlines: Deadlines): number {
  const earliest = deadlines.heap[0] as number
  const last = deadlines.heap[--deadlines.size] as number
  deadlines.place[earliest] = -1
  if (deadlines.size > 0) {
    deadlines.heap[0] = last
    siftDown(deadlines, 0)
  }
  return earliest
}

/** Gives the earliest a later key without taking it out. Only called where `size` is above zero. */
export function postponeEarliest(deadlines: Deadlines, key: number): void {
  deadlines.key[deadlines.heap[0] as number] = key
  siftDown(deadlines, 0)
}

export function disarmAll(deadlines: Deadlines): void {
  for (let place = 0; place < deadlines.size; place++) deadlines.place[deadlines.heap[place] as number] = -1
  deadlines.size = 0
  deadlines.behindMs = 0
}

function siftUp({ heap, key, place: places }: Deadlines, start: number): void {
  let place = start
  const operator = heap[place] as number
  const own = key[operator] as number
  while (place > 0) {
    const parent = (place - 1) >> 1
    const above = heap[parent] as number
    if ((key[above] as number) <= own) break
    heap[place] = above
    places[above] = place
    place = parent
  }
  heap[place] = operator
  places[operator] = place
}

function siftDown({ heap, key, place: places, size }: Deadlines, start: number): void {
  let place = start
  const operator = heap[place] as number
  const own = key[operator] as number
  for (;;) {
    let child = 2 * place + 1
    if (child >= size) break
    if (child + 1 < size && (key[heap[child + 1] as number] as number) < (key[heap[child] as number] as number)) child++
    const below = heap[child] as number
    if ((key[below] as number) >= own) break
    heap[place] = below
    places[below] = place
    place = child
  }
  heap[place] = operator
  places[operator] = place
}
