import { type RecordBatch, type RecordNames, recordKinds } from '../../src/domain/records/records.ts'

/** Names for `ana`, `bo` and `Олена` and two statuses; slots are numbered as they come. */
export interface RosterNames extends RecordNames {
  /** One text per record: time, kind, operator's index, subject's name. */
  describe(batch: RecordBatch): string[]
}

const operators = ['ana', 'bo', 'Олена']
const statuses = ['online', 'on-break', 'на перерві']

/** `bytes`: the names can also be asked for by their bytes. */
export function namesFor(lookups: 'strings' | 'bytes' = 'strings'): RosterNames {
  const slots: string[] = []
  const slotOf = (name: string) => {
    const index = slots.indexOf(name)
    return index === -1 ? slots.push(name) - 1 : index
  }
  const names: RosterNames = {
    operatorIndex: (id) => operators.indexOf(id),
    statusIndex: (reference) => statuses.indexOf(reference.toLowerCase().replace(' ', '-')),
    sessionSlot: (operator, session) => slotOf(`${operator}/${session}`),
    dialogueSlot: (operator, dialogue) => slotOf(`${operator}/${dialogue}`),
    inquiryIndex: (inquiry) => slotOf(inquiry),
    describe: (batch) =>
      Array.from({ length: batch.length }, (_, index) => {
        const kind = recordKinds[batch.kind[index] as number] as string
        const subject = batch.subject[index] as number
        const name = subject === -1 ? '-1' : kind === 'status' ? statuses[subject] : slots[subject]
        const at = new Date(batch.at[index] as number).toISOString().slice(11, 23)
        return `${at} ${kind} ${batch.operator[index]} ${name}`
      }),
  }
  if (lookups === 'strings') return names
  const text = (bytes: Uint8Array, start: number, end: number) => Buffer.from(bytes.subarray(start, end)).toString()
  return {
    ...names,
    operatorIndexOfBytes: (bytes, start, end) => names.operatorIndex(text(bytes, start, end)),
    sessionSlotOfBytes: (operator, bytes, start, end) => names.sessionSlot(operator, text(bytes, start, end)),
    dialogueSlotOfBytes: (operator, bytes, start, end) => names.dialogueSlot(operator, text(bytes, start, end)),
  }
}
