/** Runs a work that pauses on the way; each pause says how far it is, and is waited for. */
export async function withPauses<Reached, Value>(
  work: Generator<Reached, Value>,
  onPause: (reached: Reached) => Promise<void> | undefined = () => undefined,
): Promise<Value> {
  try {
    for (;;) {
      const step = work.next()
      if (step.done) return step.value
      await onPause(step.value)
    }
  } finally {
    // Whatever ended it before its time: what it holds open is closed.
    work.return(undefined as never)
  }
}

/** The same work in one go. */
export function withoutPause<Value>(work: Generator<unknown, Value>): Value {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
