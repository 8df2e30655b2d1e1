import { expect, test } from 'vitest'
import { createFolder, opstat } from '../support/opstat.ts'

const broken = `{
  "version": 1,
  "statuses": [
    {"name": "A", "color": "nope"},
    {"name": "a", "color": "red", "canReceive": true, "countAfterClose": true}
  ],
  "settings": {"defaultOffline": "zz"}
}
`
const problems = `
  - line 4, $.statuses[0].color: "nope" is no colour: write #rgb, #rrggbb or a CSS colour name
  - line 5, $.statuses[1]: "a-3" has both canReceive and countAfterClose: only one of them can be true
  - line 5, $.statuses[1].name: the name "a" is already used at $.statuses[0].name (upper and lower case count as one)
  - line 7, $.settings.defaultOffline: there is no status "zz"
hint: nothing was changed; mend all of them and try again
`

test('every problem is named with its line: of the catalogue, of a file, of standard input', async () => {
  const folder = await createFolder({ 'statuses.json': broken })
  const ended = await opstat('validate', { folder })
  expect(ended).toMatchObject({ code: 3, stdout: '' })
  expect(ended.stderr).toBe(`error: ${folder}/statuses.json has 4 problems${problems}`)
  expect((await opstat('validate statuses.json', { folder })).stderr).toBe(
    `error: statuses.json has 4 problems${problems}`,
  )
  const piped = await opstat('validate -', { folder, stdin: broken })
  expect(piped.stderr).toBe(`error: standard input has 4 problems${problems}`)
})

test('a valid file is said to be', async () => {
  const folder = await createFolder()
  await opstat('init', { folder })
  expect(await opstat('validate', { folder })).toMatchObject({
    code: 0,
    stdout: `${folder}/statuses.json is valid as a catalogue: 3 statuses, 0 operators and 0 calendars\n`,
  })
  expect(JSON.parse((await opstat('validate statuses.json -o json', { folder })).stdout)).toEqual({
    file: 'statuses.json',
    valid: true,
    kind: 'catalogue',
    statuses: 3,
    operators: 0,
    calendars: 0,
  })
})

test('a manifest that is no catalogue is told apart', async () => {
  const folder = await createFolder({ 'm.yaml': 'version: 1\nsettings: {offlineAfter: 5m}\n' })
  const ended = await opstat('validate m.yaml', { folder })
  expect(ended.code).toBe(3)
  expect(ended.stderr).toContain('hint: as a manifest it is valid: opstat validate m.yaml --as manifest\n')
  expect((await opstat('validate m.yaml --as manifest', { folder })).code).toBe(0)
})

test.each([
  ['validate', 'statuses.json', '{"version": 1', 7],
  ['validate', 'statuses.json', { version: 2, statuses: [] }, 7],
  ['validate f.json', 'f.json', '{"version": 1', 3],
  ['validate f.json', 'f.json', { version: 2, statuses: [] }, 3],
  ['validate f.json', 'other.json', {}, 7],
])('%s with %s %j ends with %i', async (args, name, content, code) => {
  expect((await opstat(args, { files: { [name]: content } })).code).toBe(code)
})

test('of 150,000 problems in one file every one is named, and its text is read again only once', async () => {
  const operators = Array.from({ length: 150_000 }, (_, index) => ({ id: `op-${index}`, role: 'boss' }))
  const ended = await opstat('validate many.json --as manifest', {
    files: { 'many.json': JSON.stringify({ version: 1, operators }) },
  })
  expect(ended.code).toBe(3)
  expect(ended.stderr.split('\n').length).toBe(150_000 + 3)
})
