import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toDocument } from '../../src/domain/catalogue/document.ts'
import { catalogueWith } from '../support/catalogues.ts'
import { createFolder, type Files, opstat } from '../support/opstat.ts'
import { everyTerminal } from '../support/system.ts'
import { transcript } from '../support/transcript.ts'

const catalogue = toDocument(
  catalogueWith({
    operators: [
      { id: 'ana', initialStatus: 'on-break' },
      { id: 'bo', initialStatus: 'offline' },
    ],
  }),
)

/** A folder with a catalogue that the history knows, and these files. */
async function seeded(files: Files = {}): Promise<string> {
  const folder = await createFolder({ 'statuses.json': catalogue, ...files })
  await opstat('operator set-status ana on-break', { folder })
  return folder
}

const bytesOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !name.endsWith('.lock'))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )

const team = `version: 1
statuses:
  - id: online
    name: Ready   # the id stays
  - name: Lunch
    color: orange
    countAfterClose: true
settings:
  offlineAfter: 5m
operators:
  - id: cy
    name: Cy
`

test('a plan is printed and done in one step; a second run changes nothing and no byte', async () => {
  const folder = await seeded({ 'team.yaml': team })
  const plan = `~ status online
    name: "Online" → "Ready"
+ status lunch: name "Lunch", color #ffa500, countAfterClose true
~ settings
    offlineAfter: "10m" → "5m"
+ operator cy: name "Cy"
`
  const before = bytesOf(folder)
  expect(await opstat('diff -f team.yaml', { folder })).toMatchObject({
    code: 10,
    stdout: plan,
    stderr: 'team.yaml: 2 to create, 2 to change, 0 to delete; do it with opstat apply\n',
  })
  expect(await opstat('apply -f team.yaml --dry-run', { folder })).toMatchObject({
    code: 0,
    stdout: plan,
    stderr: 'dry run: would apply team.yaml: 2 to create, 2 to change, 0 to delete; nothing was changed\n',
  })
  expect(bytesOf(folder)).toEqual(before)
  expect(await opstat('apply -f team.yaml', { folder })).toMatchObject({
    code: 0,
    stdout: plan,
    stderr: 'applied team.yaml: 2 created, 2 changed, 0 deleted\n',
  })
  const after = bytesOf(folder)
  const again = { code: 0, stdout: '', stderr: 'team.yaml: nothing to change\n' }
  expect(await opstat('apply -f team.yaml', { folder })).toMatchObject(again)
  expect(await opstat('diff -f team.yaml', { folder })).toMatchObject(again)
  expect(bytesOf(folder)).toEqual(after)
})

test('the history tells of each change and of the whole, in one commit', async () => {
  const folder = await seeded({ 'team.yaml': team })
  await opstat('apply -f team.yaml', { folder })
  const entries = (await opstat('history -o jsonl', { folder })).stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const fresh = entries.slice(entries.findIndex(({ type }) => type === 'status-edited'))
  expect(fresh.map(({ type }) => type)).toEqual([
    'status-edited',
    'status-created',
    'settings-changed',
    'operator-added',
    'status-entered',
    'applied',
  ])
  expect(fresh.at(-1)).toMatchObject({ source: 'team.yaml', changes: { created: 2, edited: 2, deleted: 0 } })
  expect(new Set(fresh.map(({ at }) => at)).size).toBe(1)
  expect((await opstat('history verify', { folder })).code).toBe(0)
})

test('standard input and several files are taken together', async () => {
  const folder = await seeded({ 'team.yaml': team })
  const stdin = '{"version": 1, "operators": [{"id": "bo", "role": "supervisor"}]}'
  const { code, stdout } = await opstat('apply -f team.yaml - -o json', { folder, stdin })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ applied: true, create: 2, edit: 3, delete: 0 })
  expect(JSON.parse(stdout).changes[3]).toEqual({
    action: 'edit',
    kind: 'operator',
    id: 'bo',
    fields: [{ field: 'role', before: 'operator', after: 'supervisor' }],
  })
})

test('whatever is wrong in any of the files is said at once, with file and line, and nothing changes', async () => {
  const folder = await seeded({
    'a.yaml': 'version: 1\nstatuses:\n  - name: Lunch\n    color: #ff0000\n',
    'b.json':
      '{\n  "version": 1,\n  "statuses": [{"name": "Tea", "color": "teaish"}],\n  "settings": {"access": "no"}\n}',
  })
  const before = bytesOf(folder)
  expect(await opstat('apply -f a.yaml -f b.json', { folder })).toMatchObject({
    code: 3,
    stdout: '',
    stderr: `error: a.yaml, b.json has 3 problems
  - a.yaml, line 4, $.statuses[0].color: there is no value: in YAML an unquoted # begins a comment; write "#ff0000" in quotes
  - b.json, line 3, $.statuses[0].color: "teaish" is no colour: write #rgb, #rrggbb or a CSS colour name
  - b.json, line 4, $.settings.access: "no" is not one of open, roles
hint: nothing was changed; mend all of them and try again
`,
  })
  expect(bytesOf(folder)).toEqual(before)
})

test('files that contradict each other are refused', async () => {
  const folder = await seeded({
    'team.yaml': team,
    'b.yaml':
      'version: 1\nstatuses:\n- name: LUNCH\noperators:\n- id: cy\nsettings: {offlineAfter: 5m, feedTimeout: 3m}\n',
    'c.yaml': 'version: 1\nsettings:\n  feedTimeout: 2m\n',
  })
  expect(
    (await opstat('apply -f team.yaml b.yaml c.yaml', { folder })).stderr,
  ).toBe(`error: team.yaml, b.yaml, c.yaml has 3 problems
  - b.yaml, line 3, $.statuses[0].name: the name "LUNCH" is already used at team.yaml, $.statuses[1].name (upper and lower case count as one)
  - b.yaml, line 5, $.operators[0].id: the operator id "cy" is already used at team.yaml, $.operators[0].id
  - c.yaml, line 3, $.settings.feedTimeout: "2m" contradicts "3m" at b.yaml, $.settings.feedTimeout
hint: nothing was changed; mend all of them and try again
`)
})

test('what only the outcome breaks has its place too, in the document of the file that says it', async () => {
  const folder = await seeded({
    'many.yaml': 'version: 1\noperators: []\n---\nversion: 1\noperators:\n  - id: cy\n    initialStatus: lunch\n',
  })
  expect(await opstat('apply -f many.yaml', { folder })).toMatchObject({
    code: 3,
    stderr: `error: many.yaml: line 7, $.operators[0].initialStatus: there is no status "lunch"
hint: nothing was changed; mend it and try again
`,
  })
})

test('what the catalogue has in the way is refused by the state, as the single commands do', async () => {
  const manifest = { version: 1, statuses: [{ id: 'offline', canReceive: true }] }
  const ended = await opstat('apply -f m.json', { folder: await seeded({ 'm.json': manifest }) })
  expect(ended.code).toBe(5)
  expect(ended.stderr).toContain('opstat settings set default-offline')
})

const pruned = { version: 1, statuses: [{ id: 'online' }, { id: 'offline' }], operators: [{ id: 'bo' }] }

test('prune deletes what no list names, after a yes', async () => {
  const folder = await seeded({ 'm.json': pruned })
  const before = bytesOf(folder)
  expect(await opstat('apply -f m.json --prune', { folder })).toMatchObject({
    code: 2,
    stderr:
      'error: to delete the status on-break and the operator ana needs a yes, and there is no terminal to ask on\nhint: add --yes\n',
  })
  const asked = { folder, terminals: everyTerminal, env: { NO_COLOR: '1' } }
  const no = await opstat('apply -f m.json --prune', { ...asked, answers: [false] })
  expect(no).toMatchObject({ code: 0, stdout: '', questions: ['Delete the status on-break and the operator ana?'] })
  expect(no.stderr).toBe('- operator ana\n- status on-break\nnothing was changed\n')
  expect(bytesOf(folder)).toEqual(before)
  const yes = await opstat('apply -f m.json --prune', { ...asked, answers: [true] })
  expect(yes.stderr).toContain('applied m.json: 0 created, 0 changed, 2 deleted\n')
  expect(JSON.parse(yes.text('statuses.json')).operators).toHaveLength(1)
  expect(await opstat('apply -f m.json --prune --no-input', { folder })).toMatchObject({ code: 0, stdout: '' })
})

test('what prune would do can be looked at without a yes', async () => {
  const folder = await seeded({ 'm.json': pruned, 'n.json': { version: 1, operators: [] } })
  expect(await opstat('apply -f m.json --prune --dry-run', { folder })).toMatchObject({
    code: 0,
    stdout: '- operator ana\n- status on-break\n',
  })
  expect((await opstat('diff -f m.json --prune', { folder })).stdout).toBe('- operator ana\n- status on-break\n')
})

test('an empty list says that there are none, in several files too', async () => {
  const files = { 'm.json': { version: 1, operators: [] }, 'n.json': { version: 1, operators: [] } }
  const { stdout } = await opstat('diff --prune -f m.json n.json', { folder: await seeded(files) })
  expect(stdout).toBe('- operator bo\n- operator ana\n')
})

test('prune is as careful as delete, and says so before it asks', async () => {
  const manifest = { version: 1, statuses: [{ id: 'online' }, { id: 'on-break' }] }
  const folder = await seeded({ 'm.json': manifest })
  for (const flags of ['--prune --yes', '--prune', '--prune --dry-run']) {
    const ended = await opstat(`apply -f m.json ${flags}`, { folder })
    expect(ended.code).toBe(5)
    expect(ended.stderr).toContain('it is the default offline status')
    expect(ended.stderr).toContain('bo is to start in it')
  }
})

test('what was added while the question stood is not deleted with the rest', async () => {
  const folder = await seeded({ 'm.json': pruned })
  const file = join(folder, 'statuses.json')
  const meanwhile = () =>
    writeFileSync(file, readFileSync(file, 'utf8').replace('"operators": [', '"operators": [{"id": "zoe"},'))
  const world = { folder, terminals: everyTerminal, answers: [true], meanwhile }
  const ended = await opstat('apply -f m.json --prune', world)
  expect(ended).toMatchObject({ code: 6, questions: ['Delete the status on-break and the operator ana?'] })
  expect(JSON.parse(ended.text('statuses.json')).operators).toHaveLength(3)
})

test('keys that opstat does not know go along, are part of the plan, and stay', async () => {
  const files = {
    'm.yaml':
      'version: 1\nstatuses:\n- {id: online, x-twilio-sid: WA1}\n- {name: Tea, color: teal, x-team: {floor: 2}}\n',
    'n.yaml':
      'version: 1\nstatuses:\n- {name: " TEA ", x-team: {floor: 3}}\n- {id: online}\noperators:\n- {id: bo, x-hr: 7}\n',
  }
  const folder = await seeded(files)
  expect(
    (await opstat('apply -f m.yaml', { folder })).stdout,
  ).toBe(`+ status tea: name "Tea", color #008080, x-team {"floor":2}
~ status online
    x-twilio-sid: none → "WA1"
`)
  expect((await opstat('apply -f m.yaml', { folder })).stderr).toBe('m.yaml: nothing to change\n')
  const second = await opstat('apply -f n.yaml', { folder })
  expect(second.stdout).toContain('    x-team: {"floor":2} → {"floor":3}\n')
  const [tea, online] = JSON.parse(second.text('statuses.json')).statuses
  expect(tea).toEqual({ ...tea, id: 'tea', name: 'TEA', 'x-team': { floor: 3 } })
  expect(online).toMatchObject({ id: 'online', 'x-twilio-sid': 'WA1' })
  expect(JSON.parse(second.text('statuses.json')).operators[1]).toMatchObject({ id: 'bo', 'x-hr': 7 })
  expect((await opstat('export --format yaml', { folder })).stdout).toContain('    x-twilio-sid: WA1\n')
})

test('under roles only a supervisor or administrator may apply', async () => {
  const folder = await createFolder({
    'statuses.json': {
      ...catalogue,
      settings: { ...catalogue.settings, access: 'roles' },
      operators: [{ id: 'ana', account: 'tester' }],
    },
    'm.json': { version: 1, settings: { offlineAfter: '5m' } },
  })
  expect((await opstat('apply -f m.json', { folder })).code).toBe(8)
})

test.each([
  ['apply', 2, '--file is missing'],
  ['apply -f missing.json', 7, 'missing.json'],
  ['apply -f - -', 2, 'twice'],
  ['diff -f broken.yaml', 3, 'broken.yaml'],
  ['apply -f empty.yaml', 3, 'there is nothing here, and an object is expected'],
])('%s ends with %i', async (args, code, words) => {
  const ended = await opstat(args, { folder: await seeded({ 'broken.yaml': 'a: [', 'empty.yaml': '' }), stdin: '' })
  expect(ended.code).toBe(code)
  expect(ended.stderr).toContain(words)
})

test('ten thousand operators and fifty statuses go in one step', async () => {
  const statuses = Array.from({ length: 50 }, (_, index) => ({ name: `Status ${index}`, color: 'teal' }))
  const operators = Array.from({ length: 10_000 }, (_, index) => ({
    id: `op-${index}`,
    initialStatus: `status-${index % 50}`,
  }))
  const folder = await createFolder({ 'statuses.json': catalogue, 'm.json': { version: 1, statuses, operators } })
  const ended = await opstat('apply -f m.json -o json', { folder })
  expect(JSON.parse(ended.stdout)).toMatchObject({ create: 10_050 })
  expect((await opstat('diff -f m.json', { folder })).code).toBe(0)
})

test('the csv and the names of a plan', async () => {
  const folder = await seeded({ 'team.yaml': team })
  expect((await opstat('diff -f team.yaml -o name', { folder })).stdout).toBe(
    'status/online\nstatus/lunch\nsettings\noperator/cy\n',
  )
  const [header, first] = (await opstat('diff -f team.yaml -o csv', { folder })).stdout.split('\r\n')
  expect([header, first]).toEqual(['action,kind,id,field,before,after', 'edit,status,online,name,Online,Ready'])
})

test('of 3,000 problems that only the outcome has each is placed, the text being read again once', async () => {
  const operators = Array.from({ length: 3000 }, (_, index) => ({ id: `op-${index}`, initialStatus: 'nowhere' }))
  const folder = await createFolder({ 'statuses.json': catalogue, 'many.json': { version: 1, operators } })
  const ended = await opstat('apply -f many.json', { folder })
  expect(ended).toMatchObject({ code: 3, stdout: '' })
  expect(ended.stderr.split('\n').at(-3)).toBe(
    '  - line 12002, $.operators[2999].initialStatus: there is no status "nowhere"',
  )
})

test('the order of keys in a manifest says nothing: a file that differs in it alone changes nothing', async () => {
  const shift = [{ from: '09:00', to: '17:00' }]
  const guard = { share: 0.5, atLeast: 3, hold: '2m' }
  const one = {
    version: 1,
    settings: { massGuard: guard },
    calendars: [
      {
        id: 'team',
        timeZone: 'UTC',
        week: { mon: shift, tue: [] },
        exceptions: { '2026-12-25': [], '2026-12-26': [] },
      },
    ],
    operators: [{ id: 'ana', 'x-seat': { floor: 2, desk: 7 } }],
  }
  const other = {
    version: 1,
    settings: { massGuard: { hold: '2m', share: 0.5, atLeast: 3 } },
    calendars: [
      {
        timeZone: 'UTC',
        id: 'team',
        exceptions: { '2026-12-26': [], '2026-12-25': [] },
        week: { tue: [], mon: shift },
      },
    ],
    operators: [{ 'x-seat': { desk: 7, floor: 2 }, id: 'ana' }],
  }
  const folder = await createFolder({ 'statuses.json': catalogue, 'one.json': one, 'other.json': other })
  await opstat('apply -f one.json', { folder })
  const before = bytesOf(folder)
  expect(await opstat('apply -f other.json', { folder })).toMatchObject({
    code: 0,
    stderr: 'other.json: nothing to change\n',
  })
  const settings = { version: 1, settings: other.settings }
  const again = await opstat('diff -f one.json -f -', { folder, stdin: JSON.stringify(settings) })
  expect(again).toMatchObject({ code: 0, stdout: '' })
  expect(bytesOf(folder)).toEqual(before)
})

test('a key that looks mistyped is told, and breaks nothing', async () => {
  const manifest = { version: 1, statuses: [{ id: 'online', canRecieve: false }], settings: { offlineafter: '5m' } }
  await transcript(
    `
    $ opstat init -q
    $ opstat validate team.json --as manifest
    | team.json is valid as a manifest: 1 status, 0 operators and 0 calendars
    ! nothing reads the key "offlineafter" in $.settings; did you mean offlineAfter?
    ! nothing reads the key "canRecieve" in $.statuses[0]; did you mean canReceive?
    $ opstat diff -f team.json
    | ~ status online
    |     canRecieve: none → false
    ! team.json: 0 to create, 1 to change, 0 to delete; do it with opstat apply
    ! nothing reads the key "offlineafter" in $.settings; did you mean offlineAfter?
    ! nothing reads the key "canRecieve" in $.statuses[0]; did you mean canReceive?
    [10]
    $ opstat apply -f team.json -q
    | ~ status online
    |     canRecieve: none → false
    $ opstat validate
    | …/statuses.json is valid as a catalogue: 3 statuses, 0 operators and 0 calendars
  `,
    { files: { 'team.json': manifest } },
  )
})
