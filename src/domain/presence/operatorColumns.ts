/** One number per operator and column. Times in epoch milliseconds, minus infinity for never. */
export interface OperatorColumns {
  /** 1: in the roster. */
  present: Uint8Array
  status: Int32Array
  /** When the stay began; minus infinity where no stay was recorded yet. */
  since: Float64Array
  lastSeen: Float64Array
  lastDialogueAt: Float64Array
  openDialogues: Int32Array
  /** The deadline of the last automatic switch. */
  switchDue: Float64Array
  /** The first deadline of the wave that the guard holds this operator in; NaN where not held. */
  heldFrom: Float64Array
  /** The stamp of the record that completed the covered time; NaN where it is not complete. */
  ripeAt: Float64Array
}

export function createColumns(capacity: number): OperatorColumns {
  return {
    present: new Uint8Array(capacity),
    status: new Int32Array(capacity).fill(-1),
    since: new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY),
    lastSeen: new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY),
    lastDialogueAt: new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY),
    openDialogues: new Int32Array(capacity),
    switchDue: new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY),
    heldFrom: new Float64Array(capacity).fill(Number.NaN),
    ripeAt: new Float64Array(capacity).fill(Number.NaN),
  }
}

export function grownColumns(columns: OperatorColumns, capacity: number): OperatorColumns {
  const grown = createColumns(capacity)
  for (const name of Object.keys(grown) as (keyof OperatorColumns)[]) grown[name].set(columns[name])
  return grown
}
