import { expect, test } from 'vitest'
import { toDocument } from '../../../src/domain/catalogue/document.ts'
import { catalogueWith } from '../../support/catalogues.ts'
import { createFolder, opstat } from '../../support/opstat.ts'
import { createTestClock, noon } from '../../support/system.ts'
import { transcript } from '../../support/transcript.ts'

const operators = [
  { id: 'ana', name: 'Ana', role: 'supervisor' as const, initialStatus: 'online' },
  { id: 'bo', name: 'Bo', initialStatus: 'on-break' },
  { id: 'cy', name: 'Cy', initialStatus: 'online' },
]

async function seeded(): Promise<string> {
  const folder = await createFolder({
    'statuses.json': toDocument(catalogueWith({ operators })),
    'heartbeats.jsonl': [
      { at: noon - 90_000, operator: 'ana', session: 't', event: 'open' },
      { at: noon - 30_000, operator: 'cy', session: 't', event: 'open' },
    ]
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(''),
  })
  await opstat('operator edit bo --role administrator', { folder })
  return folder
}

test.each<[string, string]>([
  [
    'status list --filter canReceive=no --sort -name',
    `ID        NAME      COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
on-break  On break  #f9a825  no       yes                  1  -
offline   Offline   #757575  no       no                   0  default-offline
`,
  ],
  [
    'status list --fields id,usedAs --limit 3',
    'ID        USEDAS\nonline    -\non-break  -\noffline   default-offline\n',
  ],
  ['status list --sort -operators --limit 1 -o name', 'online\n'],
  ['status list --filter operators>0 --fields id,operators -o csv', 'id,operators\r\nonline,2\r\non-break,1\r\n'],
  ['status list --filter operators>0 --fields id -o jsonl', '{"id":"online"}\n{"id":"on-break"}\n'],
  [
    'operator list --filter role!=operator --fields id,role --sort -id',
    'ID   ROLE\nbo   administrator\nana  supervisor\n',
  ],
  ['operator list --filter status=online -o name', 'ana\ncy\n'],
  ['presence list --filter presence=connected --sort -lastSeen -o name', 'cy\nana\n'],
  [
    'presence list --fields operator,sessions --limit 2',
    'OPERATOR  SESSIONS\nana              1\nbo               0\n',
  ],
  ['history --filter type=operator-edited --fields type,operator', 'TYPE             OPERATOR\noperator-edited  -\n'],
  [
    'history --filter type=status-entered --sort -operator --limit 2 -o jsonl --fields operator',
    '{"operator":"bo"}\n{"operator":"ana"}\n',
  ],
])('%s', async (args, expected) => {
  expect(await opstat(args, { folder: await seeded() })).toMatchObject({ code: 0, stdout: expected, stderr: '' })
})

test('where nothing matches, that is said, and it is no error', async () => {
  for (const list of ['status', 'operator']) {
    const ended = await opstat(`${list} list --filter id=none`, { folder: await seeded() })
    expect(ended).toMatchObject({ code: 0, stdout: '', stderr: 'nothing matches\n' })
  }
})

test('what may be asked for does not hang on what is there', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat history --filter operator=ana -o name
    $ opstat history --fields seq,operator --limit 1 -o csv
    | seq,operator
    | 4,
    $ opstat history --filter oprator=ana
    ! error: "oprator" is no field of this list
    ! hint: did you mean operator? the fields are seq, at, type, by, operator, from, to, cause, due, lastSeen, recordedAt, open, status, position, before, after, source, changes, calendars, expected, found, prev, feed
    [2]
    $ opstat presence list -o csv -q
    | operator,name,status,statusName,canReceive,since,presence,sessions,lastSeen,dialogues,switchAt,switchTo
    $ opstat presence list --fields operator,presenc -q
    ! error: "presenc" is no field of this list
    ! hint: did you mean presence? the fields are operator, name, status, statusName, canReceive, since, presence, sessions, lastSeen, dialogues, switchAt, switchTo
    [2]
  `)
})

test.each([
  [
    'status list --fields id,colour',
    '"colour" is no field of this list\nhint: did you mean color? the fields are id, name, color, canReceive',
  ],
  ['operator list --filter id', 'write FIELD=VALUE'],
  ['operator list --limit 0', 'a whole number from 1'],
  ['presence list --sort nobody', '"nobody" is no field of this list'],
  ['operator list --tz Mars', 'write an IANA name such as Europe/Kyiv, or local'],
  ['operator list --time soon', '--time: "soon" is not one of relative, absolute'],
])('%s is usage', async (args, words) => {
  const ended = await opstat(args, { folder: await seeded() })
  expect([ended.code, ended.stdout]).toEqual([2, ''])
  expect(ended.stderr).toContain(words)
})

test.each([
  ['operator list --limit 1', '2026-11-22T12:00:00.000Z'],
  ['operator list --limit 1 --tz Europe/Kyiv', '2026-11-22T14:00:00.000+02:00'],
  ['operator list --limit 1 --tz America/St_Johns', '2026-11-22T08:30:00.000-03:30'],
  ['operator list --limit 1 --tz Europe/Kyiv --utc', '2026-11-22T12:00:00.000Z'],
  ['operator list --limit 1 --time relative', '0:00:00 ago'],
  ['operator show ana --time relative', '0:00:00 ago'],
  ['presence list --limit 1', '0:01:30'],
  ['presence list --limit 1 --time absolute', '2026-11-22T11:58:30.000Z'],
  ['presence list --time absolute', 'SINCE                     LAST SEEN '],
  ['presence list --time relative', 'FOR  SEEN AGO'],
  ['presence list --limit 1 --tz Asia/Kolkata', '2026-11-22T17:28:30.000+05:30'],
  ['presence show ana --tz Asia/Kolkata', 'last seen  2026-11-22T17:28:30.000+05:30 (0:01:30 ago)'],
  ['history --limit 1 --tz Asia/Tokyo', '2026-11-22T21:00:00.000+09:00'],
  ['operator list --limit 1 --tz Asia/Tokyo -o json', '"since": "2026-11-22T12:00:00.000Z"'],
])('%s shows %s', async (args, time) => {
  expect((await opstat(args, { folder: await seeded() })).stdout).toContain(time)
})

test('doctor answers for the whole, whatever of it is looked at', async () => {
  const folder = await seeded()
  const whole = await opstat('doctor -o json', { folder })
  const rows: readonly { readonly level: string }[] = JSON.parse(whole.stdout)
  const picked = await opstat('doctor -o json --filter level=note', { folder })
  expect(JSON.parse(picked.stdout)).toEqual(rows.filter(({ level }) => level === 'note'))
  expect(rows.some(({ level }) => level !== 'note')).toBe(true)
  expect([whole.code, picked.code]).toEqual([10, 10])
  expect((await opstat('feed check --fields finding --limit 1', { folder })).stdout).toMatch(/^FINDING\n[a-z-]+\n$/)
})

test('reports are lists too; the sums are checked before anything is left out', async () => {
  const around = { folder: await seeded(), clock: createTestClock(noon + 3_600_000) }
  const filtered = await opstat('report time --filter status=online --sort -operator --fields operator,stays', around)
  expect(filtered.stdout).toBe('OPERATOR  STAYS\ncy            1\nana           1\n')
  expect((await opstat('report time --limit 1 -o csv --fields operator,wallMs', around)).stdout).toBe(
    'operator,wallMs\r\nana,3600000\r\n',
  )
})
