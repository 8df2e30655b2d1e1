import { expect, test } from 'vitest'
import { foldOperator } from '../../../src/store/history/foldOperator.ts'
import { createFold } from '../../../src/store/history/historyFile.ts'
import { addStatus, enter } from '../decisions.ts'
import { type Place, placeWithStore, value } from '../stores.ts'

const history = 'statuses.history.jsonl'

/** What is appended by two changes, as bytes. */
async function appendedIn(place: Place): Promise<Buffer> {
  const before = place.text(history).length
  value(await place.open().transact(enter('bo', 'online')))
  value(await place.open().transact(enter('ana', 'on-break')))
  value(await place.open().transact(enter('bo', 'on-break')))
  return Buffer.from(place.text(history).slice(before))
}

test("an operator's last stay is found among the lines of others, and the last line is noted", async () => {
  const place = await placeWithStore()
  const appended = await appendedIn(place)
  for (const [operator, status] of [
    ['ana', 'on-break'],
    ['bo', 'on-break'],
    // Other names that stand in the lines, too.
    ['online', undefined],
    ['tester', undefined],
    ['nobody', undefined],
  ] as const) {
    const fold = createFold()
    expect(foldOperator(fold, appended, operator)).toBe(true)
    expect(fold.recorded.stays.get(operator)?.status).toBe(status)
    expect(fold).toMatchObject({ offset: appended.length, recorded: { seq: 11 } })
    expect(`${fold.lastText}\n`).toBe(`${place.lines(history).at(-1)}\n`)
    expect(fold.recorded.head).toBe(value(await place.open().read()).recorded.head)
  }
})

test("an operator's stay is found behind lines that only name them, and behind their dialogues", async () => {
  const [entered = ''] = (await appendedIn(await placeWithStore())).toString().split('\n')
  const { from: _, to: __, cause: ___, due: ____, lastSeen: _____, ...fact } = JSON.parse(entered)
  const dialogues = JSON.stringify({ ...fact, type: 'dialogues', open: 1 })
  const named = entered.replace('"operator":"bo"', '"operator":"online"').replace('"to":"online"', '"to":"on-break"')
  const fold = createFold()
  expect(foldOperator(fold, Buffer.from(`${named}\n${entered}\n${dialogues}\n`), 'online')).toBe(true)
  expect(fold.recorded.stays.get('online')?.status).toBe('on-break')
  const other = createFold()
  expect(foldOperator(other, Buffer.from(`${entered}\n${dialogues}\n`), 'bo')).toBe(true)
  expect(other.recorded.stays.get('bo')?.status).toBe('online')
})

test('nothing appended is nothing to fold', () => {
  const fold = createFold()
  expect(foldOperator(fold, Buffer.alloc(0), 'ana')).toBe(true)
  expect(fold.recorded.seq).toBe(0)
})

test('a line that concerns everybody, and whatever a crash left, is not passed over', async () => {
  const place = await placeWithStore()
  const before = place.text(history)
  const appended = await appendedIn(place)
  value(await place.open().transact(addStatus('Lunch')))
  const [changed = ''] = place.lines(history).slice(-1)
  const [first = '', second = '', third = ''] = appended.toString().split('\n')
  const refused: Record<string, string> = {
    'a catalogue that changed': `${appended}${changed}\n`,
    'everything since the beginning': before,
    'no newline at the end': `${appended}`.slice(0, -1),
    'a blank in place of the newline at the end': `${`${appended}`.slice(0, -1)} `,
    'half a line': `${appended}${third.slice(0, 40)}`,
    'half a line that ends': `${appended}${third.slice(0, 40)}\n`,
    'a block of zeros': `${first}\n\0\0\0\n${second}\n`,
    'a commit without its end': `${first}\n${second.slice(0, -1)},"more":true}\n`,
    'a line of the operator that is none': `${first.replace('"to"', '"too"')}\n${second}\n`,
    'the catalogue taken note of': `${first.slice(0, -1)},"catalogue":{"before":null,"after":"x"}}\n${second}\n`,
  }
  for (const [what, text] of Object.entries(refused)) {
    expect({ what, folded: foldOperator(createFold(), Buffer.from(text), 'bo') }).toEqual({ what, folded: false })
  }
})

test.each(['status-edited', 'status-deleted', 'settings-changed', 'applied', 'calendars-changed', 'segment'])(
  'a line of the type %s is not passed over, whomever it names',
  async (type) => {
    const [first = '', second = ''] = (await appendedIn(await placeWithStore())).toString().split('\n')
    const appended = Buffer.from(`${first.replace('status-entered', type)}\n${second}\n`)
    for (const operator of ['bo', 'nobody']) expect(foldOperator(createFold(), appended, operator)).toBe(false)
  },
)
