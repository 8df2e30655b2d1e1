import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { csvText, showMachine } from '../../src/views/show.ts'
import type { Shown } from '../../src/views/shown.ts'

const statuses = [
  { id: 'online', name: 'Online', canReceive: true, usedAs: [] },
  { id: 'lunch', name: 'Lunch, "long"', canReceive: false, usedAs: ['default-offline'] },
]
const shown: Shown = { value: statuses, human: () => 'people' }

test.each([
  [
    'jsonl',
    '{"id":"online","name":"Online","canReceive":true,"usedAs":[]}\n{"id":"lunch","name":"Lunch, \\"long\\"","canReceive":false,"usedAs":["default-offline"]}\n',
  ],
  [
    'csv',
    'id,name,canReceive,usedAs\r\nonline,Online,true,[]\r\nlunch,"Lunch, ""long""",false,"[""default-offline""]"\r\n',
  ],
  ['name', 'online\nlunch\n'],
  [
    'yaml',
    '- id: online\n  name: Online\n  canReceive: true\n  usedAs: []\n- id: lunch\n  name: Lunch, "long"\n  canReceive: false\n  usedAs:\n    - default-offline\n',
  ],
] as const)('a list as %s', async (format, text) => {
  expect(await showMachine(shown, format)).toBe(text)
})

test('a list as json is indented and ends with a newline', async () => {
  expect(await showMachine(shown, 'json')).toBe(`${JSON.stringify(statuses, null, 2)}\n`)
})

test('one object is one line of jsonl, one row of csv, one name', async () => {
  const one: Shown = { value: { operator: 'ana', since: null }, human: () => '' }
  expect(await showMachine(one, 'jsonl')).toBe('{"operator":"ana","since":null}\n')
  expect(await showMachine(one, 'csv')).toBe('operator,since\r\nana,\r\n')
  expect(await showMachine(one, 'name')).toBe('ana\n')
})

test('a command that wrote everything itself prints nothing more', async () => {
  expect(await showMachine({ value: undefined, human: () => '' }, 'json')).toBe('')
})

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@sum', "'@sum"],
  [' =1+1', "' =1+1"],
  ['\t=1', "'\\u{9}=1"],
  ['\rx', "'\\u{d}x"],
  ['a\x1bb', 'a\\u{1b}b'],
  ['a\nb', 'a\\u{a}b'],
])('the cell %j becomes %j in csv', (cell, text) => {
  expect(csvText({ columns: ['x'], rows: [[cell]] })).toBe(`x\r\n${text}\r\n`)
})

test('a number stays a number in csv, also below zero', () => {
  expect(csvText({ columns: ['ms'], rows: [[-5]] })).toBe('ms\r\n-5\r\n')
})

test('whatever the text, yaml reads it back and shows nothing hidden', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('', '\x9b', '\u202e', '\x7f', '\u{e0041}', '\x1b'),
      async (text, hidden) => {
        const value = { name: text + hidden, [`key${hidden}`]: [text] }
        const yaml = await showMachine({ value, human: () => '' }, 'yaml')
        expect(parse(yaml)).toEqual(value)
        if (hidden !== '') expect(yaml).not.toContain(hidden)
      },
    ),
  )
})
