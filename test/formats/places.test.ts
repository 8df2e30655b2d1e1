import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { parseManifest } from '../../src/domain/manifest/manifest.ts'
import { readDocumentBytes } from '../../src/formats/documentFile.ts'
import { placeProblems } from '../../src/formats/places.ts'

/** The places of a manifest's problems, `LINE PATH KIND` each. */
async function places(text: string): Promise<string[]> {
  const document = await readDocumentBytes(Readable.from([Buffer.from(text)]), 'm')
  if (!document.ok) throw new Error(JSON.stringify(document.failure))
  const manifest = parseManifest(document.value.value)
  const problems = await placeProblems(manifest.ok ? [] : manifest.failure, document.value)
  return problems.map(({ line, path, kind }) => `${line} ${path} ${kind}`)
}

test('problems of JSON stand on the line of the value, or of what lacks it', async () => {
  const text = `{
  "version": 1,
  "statuses": [
    {"name": "A", "color": "red"},
    {
      "color": "reddish", "name": "A",
      "canReceive": true,
      "canReceive": 1
    },
    {"color": "red"}
  ],
  "calendars": [{"id": "day", "timeZone": "UTC", "exceptions": {
    "2026-12-25": [],
    "2026-02-30": []
  }}]
}`
  expect(await places(text)).toEqual([
    '6 $.statuses[1].color bad-color',
    '8 $.statuses[1].canReceive wrong-type',
    '14 $.calendars[0].exceptions["2026-02-30"] bad-date',
    '10 $.statuses[2] missing',
    '6 $.statuses[1].name duplicate-name',
  ])
})

test('problems of YAML too, also behind anchors and in a later document', async () => {
  const text = `# a comment
version: 1
statuses:
  - name: A
    color: reddish
  - &b
    name: B
    canReceive: yes
    countAfterClose: true
  - *b
`
  expect(await places(text)).toEqual([
    '5 $.statuses[0].color bad-color',
    '8 $.statuses[1].canReceive wrong-type',
    '10 $.statuses[2].canReceive wrong-type',
    '10 $.statuses[2].name duplicate-name',
  ])
})

test('what begins a line below its key is placed at the key', async () => {
  const text =
    'version: 1\nstatuses:\n\n  a: 1\ncalendars:\n  - id: a b\n    week:\n      noday:\n        - {from: a, to: b}\n'
  expect(await places(text)).toEqual([
    '2 $.statuses wrong-type',
    '6 $.calendars[0].id bad-calendar-id',
    '6 $.calendars[0] missing',
    '8 $.calendars[0].week.noday bad-weekday',
  ])
})

test('an unquoted colour is recognised', async () => {
  const text = 'version: 1\nstatuses:\n  - name: A\n    color: #ff0000\n  - name: B\n    color: # none yet\n'
  expect(await places(text)).toEqual(['4 $.statuses[0].color color-as-comment', '6 $.statuses[1].color wrong-type'])
})

test('thousands of problems are placed quickly', async () => {
  const statuses = Array.from({ length: 5000 }, (_, index) => ({ name: `n${index}`, color: 'nope' }))
  const text = JSON.stringify({ version: 1, operators: statuses }, null, 1)
  expect(await places(text)).toHaveLength(5000)
})
