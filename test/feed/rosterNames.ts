import { nameHashing } from '../../src/domain/names/nameHash.ts'
import { createNameTable, numberForText, numberOfText } from '../../src/domain/names/nameTable.ts'
import { namesByBytes } from '../../src/domain/presence/recordNames.ts'
import { createSlots, type Slots, slotName, slotOf } from '../../src/domain/presence/slots.ts'
import { kindClose, type RecordBatch, type RecordNames, recordKinds } from '../../src/domain/records/records.ts'

/** Names for `ana`, `bo` and `Олена` and two statuses; slots are numbered as they come. */
export interface RosterNames extends RecordNames {
  /** One text per record: time, kind, operator's index, subject's name. */
  describe(batch: RecordBatch): string[]
}

const operators = ['ana', 'bo', 'Олена']
const statuses = ['online', 'on-break', 'на перерві']

/** `bytes`: the names can also be asked for by their bytes, as those of a presence. */
export function namesFor(lookups: 'strings' | 'bytes' = 'strings'): RosterNames {
  const sessions = lookups === 'bytes' ? createSlots(operators.length, nameHashing(7)) : null
  const slots: string[] = []
  const numberOf = (name: string) => {
    const index = slots.indexOf(name)
    return index === -1 ? slots.push(name) - 1 : index
  }
  const describeSubject = (kind: number, operator: number, subject: number) => {
    if (subject === -1) return '-1'
    if (recordKinds[kind] === 'status') return statuses[subject]
    return kind <= kindClose && sessions !== null ? `${operator}/${slotName(sessions, subject)}` : slots[subject]
  }
  return {
    ...(sessions === null ? {} : { byBytes: byBytes(sessions) }),
    operatorIndex: (id) => operators.indexOf(id),
    statusIndex: (reference) => statuses.indexOf(reference.toLowerCase().replace(' ', '-')),
    sessionSlot: (operator, session) =>
      sessions === null
        ? numberOf(`${operator}/${session}`)
        : slotOf(sessions, { index: operator, id: operators[operator] as string }, session),
    dialogueSlot: (operator, dialogue) => numberOf(`${operator}/${dialogue}`),
    inquiryIndex: (inquiry) => numberOf(inquiry),
    describe: (batch) =>
      Array.from({ length: batch.length }, (_, index) => {
        const kind = batch.kind[index] as number
        const operator = batch.operator[index] as number
        const at = new Date(batch.at[index] as number).toISOString().slice(11, 23)
        const name = describeSubject(kind, operator, batch.subject[index] as number)
        return `${at} ${recordKinds[kind]} ${operator} ${name}`
      }),
  }
}

function byBytes(sessions: Slots): NonNullable<RecordNames['byBytes']> {
  const ids = createNameTable(sessions.names.hashing)
  for (const [index, id] of operators.entries())
    if (numberForText(ids, 0, ['', id]) !== index || numberOfText(ids, id) !== index) throw new Error('not in order')
  return namesByBytes(ids, sessions, () => undefined)
}
