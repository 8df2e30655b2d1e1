import { type RecordBatch, type RecordNames, recordKinds } from '../../src/domain/records.ts'

/** Names for `ana`, `bo` and `Олена` and two statuses; slots are numbered as they come. */
export interface RosterNames extends RecordNames {
  /** One text per record: time, kind, operator's index, subject's name. */
  describe(batch: RecordBatch): string[]
}

const operators = ['ana', 'bo', 'Олена']
const statuses = ['online', 'on-break', 'на перерві']

export function namesFor(): RosterNames {
  const slots: string[] = []
  const slotOf = (name: string) => {
    const index = slots.indexOf(name)
    return index === -1 ? slots.push(name) - 1 : index
  }
  return {
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
}
