import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, opstat, projectFolder } from '../support/opstat.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly canReceive: boolean
  readonly countAfterClose: boolean
}

const rowText = ({ id, name, canReceive, countAfterClose }: Row) =>
  `${id} ${name}${canReceive ? ' receive' : ''}${countAfterClose ? ' after-close' : ''}`

/** The statuses that an import prints, a line for each, and what it says. */
async function imported(vendor: string, documents: unknown, flags: readonly string[] = []) {
  const files = Array.isArray(documents) ? documents : [documents]
  const names = files.map((_, index) => `f${index}.json`)
  const folder = await createFolder(Object.fromEntries(files.map((file, index) => [`f${index}.json`, file as object])))
  const { code, stdout, stderr } = await opstat(['import', vendor, ...names, ...flags], { folder })
  const statuses: Row[] = stdout === '' ? [] : JSON.parse(stdout).statuses
  return { code, statuses: statuses.map(rowText), stderr, stdout }
}

const activity = (sid: string, friendly_name: string, available: boolean) => ({ sid, friendly_name, available })
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const agentStatus = (number: number, Name: string, Type: string, more: object = {}) => ({
  Id: uuid(number),
  Name,
  Type,
  ...more,
})
const presence = (number: number, label: string, systemPresence: string, more: object = {}) => ({
  id: uuid(number),
  languageLabels: { de: 'Andere', en_US: label },
  systemPresence,
  deactivated: false,
  ...more,
})
const unified = (id: number, name: string, channels?: object) => ({
  id,
  type: 'agent_status',
  attributes: { name, ...(channels && { channels }) },
})

test.each<[string, string, object, string[]]>([
  [
    'twilio',
    'available receives; a sid is kept, and mapped to an id',
    { activities: [activity('WAa1', 'Ready', true), activity('WAb2', '休憩', false)] },
    ['waa1 Ready receive', 'wab2 休憩'],
  ],
  [
    'amazon-connect',
    'ROUTABLE receives, DisplayOrder is the order, the disabled stay out',
    {
      AgentStatusSummaryList: [
        agentStatus(1, 'Lunch', 'CUSTOM', { DisplayOrder: 3 }),
        agentStatus(2, 'Off', 'OFFLINE', { DisplayOrder: 2 }),
        agentStatus(3, 'On', 'ROUTABLE', { DisplayOrder: 1 }),
        agentStatus(4, 'Old', 'CUSTOM', { State: 'DISABLED' }),
      ],
    },
    [`${uuid(3)} On receive`, `${uuid(2)} Off`, `${uuid(1)} Lunch`],
  ],
  [
    'genesys',
    'on queue receives, merely available does not',
    {
      entities: [
        presence(1, 'On Queue', 'OnQueue'),
        presence(2, 'Here', 'Available'),
        presence(3, 'Q', 'ON_QUEUE'),
        presence(4, 'Gone', 'Away', { deactivated: true }),
        presence(5, '', 'Busy', { languageLabels: {}, name: 'Busy' }),
      ],
    },
    [`${uuid(1)} On Queue receive`, `${uuid(2)} Here`, `${uuid(3)} Q receive`, `${uuid(5)} Busy`],
  ],
  [
    'zendesk',
    'any channel that is online receives',
    {
      default: [unified(3, 'online')],
      custom: [unified(7, 'Mail', { talk: 'away', support: 'online' }), unified(8, 'Away', { talk: 'away' })],
    },
    ['3 online', '7 Mail receive', '8 Away'],
  ],
])('%s: %s', async (vendor, _, document, expected) => {
  const { code, statuses, stderr } = await imported(vendor, document)
  expect({ code, statuses, stderr }).toEqual({ code: 0, statuses: expected, stderr: expect.any(String) })
})

test.each<[string, object, string]>([
  ['twilio', [activity('WA1', 'A', true)], 'wa1 A receive'],
  ['twilio', activity('WA1', 'A', true), 'wa1 A receive'],
  ['amazon-connect', { AgentStatus: { AgentStatusId: uuid(1), Name: 'A', Type: 'CUSTOM' } }, `${uuid(1)} A`],
  ['amazon-connect', { AgentStatuses: [{ AgentStatusId: uuid(1), Name: 'A', Type: 'CUSTOM' }] }, `${uuid(1)} A`],
  ['genesys', presence(1, 'A', 'Away'), `${uuid(1)} A`],
  ['zendesk', unified(1, 'A', {}), '1 A'],
])('%s statuses that stand alone or in a bare list are read too', async (vendor, document, expected) => {
  expect((await imported(vendor, [document])).statuses).toEqual([expected])
})

const amazon = {
  AgentStatusSummaryList: [
    agentStatus(1, 'On', 'ROUTABLE'),
    agentStatus(2, 'Lunch', 'CUSTOM'),
    agentStatus(3, 'Tea', 'CUSTOM'),
  ],
}

test.each<[string[], string[]]>([
  [
    ['--map', 'custom=after-close'],
    ['On receive', 'Lunch after-close', 'Tea after-close'],
  ],
  [
    ['--map', `CUSTOM=receive,${uuid(3)}=skip`, '--map', 'routable=false'],
    ['On', 'Lunch receive'],
  ],
  [
    ['--rename', `${uuid(2)}=Mittag, lang`],
    ['On receive', 'Mittag, lang', 'Tea'],
  ],
])('%j overrides the table', async (flags, expected) => {
  const { statuses } = await imported('amazon-connect', amazon, flags)
  expect(statuses).toEqual(expected.map((words, index) => `${uuid(index + 1)} ${words}`))
})

test.each([
  [['--map', 'BUSY=receive'], '"BUSY" is no id and no kind in f0.json\nhint: the kinds in it are ROUTABLE, CUSTOM'],
  [['--rename', 'Lunch=Meal'], '"Lunch" is no id and no kind'],
  [['--map', 'CUSTOM'], 'write it with an = between'],
  [['--map', 'CUSTOM=perhaps'], 'write one of receive, after-close, neither, skip'],
])('%j is usage', async (flags, words) => {
  const { code, stdout, stderr } = await imported('amazon-connect', amazon, flags)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(words)
})

test('collisions and what is over the limits is reported with its place; nothing is cut, and the manifest can be mended', async () => {
  const long = 'x'.repeat(65)
  const entities = [
    presence(1, 'Meal', 'Meal'),
    presence(2, 'MEAL', 'Meal'),
    presence(3, long, 'Away'),
    presence(1, 'Twice', 'Away'),
  ]
  const { code, statuses, stderr } = await imported('genesys', { entities })
  expect(code).toBe(3)
  expect(statuses).toEqual([`${uuid(1)} Meal`, `${uuid(2)} MEAL`, `${uuid(3)} ${long}`, `${uuid(1)} Twice`])
  expect(stderr).toBe(`error: f0.json has 3 problems
  - line 25, $.entities[2].languageLabels.en_US: "${long}" can't be a name: it is longer than 64 characters
  - line 31, $.entities[3].id: the status id "${uuid(1)}" is already used at $.entities[0].id
  - line 16, $.entities[1].languageLabels.en_US: the name "MEAL" is already used at $.entities[0].languageLabels.en_US (upper and lower case count as one)
hint: the manifest was printed as it is: mend it by hand, or import again with --rename ID=NAME or --map ID=skip
`)
})

test('more than a thousand are refused, and what lacks its fields is named', async () => {
  const many = Array.from({ length: 1001 }, (_, index) => activity(`WA${index}`, `A${index}`, false))
  expect((await imported('twilio', { activities: many })).stderr).toContain('1001 statuses are more than the 1,000')
  const { stderr, code, statuses } = await imported('twilio', {
    activities: [{ sid: 'WA1' }, 'x', activity('é'.repeat(70), 'B', true)],
  })
  expect(code).toBe(3)
  expect(statuses[0]).toBe('wa1 ')
  expect(stderr).toBe(`error: f0.json has 4 problems
  - line 3, $.activities[0]: "available" is missing
  - line 3, $.activities[0]: "friendly_name" is missing
  - line 6, $.activities[1]: "x" is not an object
  - line 8, $.activities[2].sid: "${'é'.repeat(70)}" is no status id: a to z, 0 to 9, _ and - are allowed, the first a letter or digit
hint: the manifest was printed as it is: mend it by hand, or import again with --rename ID=NAME or --map ID=skip
`)
})

test('pages are taken together, and one that is missing is noticed', async () => {
  const first = { activities: [activity('WA1', 'A', true)], meta: { next_page_url: 'https://example.com?Page=1' } }
  const both = await imported('twilio', [
    first,
    { activities: [activity('WA2', 'A', false)], meta: { next_page_url: null } },
  ])
  expect(both.code).toBe(3)
  expect(both.stderr).toContain('f1.json, line 5, $.activities[0].friendly_name: the name "A" is already used')
  expect((await imported('twilio', first)).stderr).toContain('f0.json is one page of several (meta.next_page_url)')
  for (const [vendor, document] of [
    ['amazon-connect', { ...amazon, NextToken: 't' }],
    ['genesys', { total: 3, entities: [presence(1, 'A', 'Away')] }],
  ] as const) {
    expect((await imported(vendor, document)).stderr).toContain('is one page of several')
  }
})

test.each(['twilio', 'amazon-connect', 'genesys', 'zendesk'])('what is no list of %s is refused', async (vendor) => {
  for (const document of [{}, [], { statuses: [] }, 5]) {
    expect((await imported(vendor, [document])).code).toBe(3)
  }
  expect((await opstat(`import ${vendor} none.json`)).code).toBe(7)
})

test('imported again under another name a status is renamed, and its colour stays', async () => {
  const file = join(projectFolder, 'examples/import/amazon-connect-agent-statuses.json')
  const folder = await createFolder({ 'list.json': readFileSync(file, 'utf8') })
  await opstat('init', { folder })
  const first = (await opstat('import amazon-connect list.json --format yaml', { folder })).stdout
  expect(first).toContain('  # ROUTABLE\n  - id: 00000000-0000-4000-8000-000000000001\n')
  expect((await opstat('apply -f - --prune --yes', { folder, stdin: first })).code).toBe(0)
  await opstat(['status', 'edit', 'Lunch', '--color', 'teal'], { folder })
  const renamed = await createFolder({ 'list.json': readFileSync(file, 'utf8').replace('Lunch', 'Mittag') })
  const again = (await opstat('import amazon-connect list.json --no-colors', { folder: renamed })).stdout
  expect((await opstat('apply -f - --prune --yes', { folder, stdin: again })).stdout).toBe(
    '~ status 00000000-0000-4000-8000-000000000002\n    name: "Lunch" → "Mittag"\n',
  )
})

test("a vendor's key goes into the catalogue and comes back", async () => {
  const folder = await createFolder({ 'f.json': { activities: [activity('WAxY', 'Ready', true)] } })
  await opstat('init', { folder })
  const { stdout } = await opstat('import twilio f.json', { folder })
  await opstat('apply -f -', { folder, stdin: stdout })
  expect((await opstat('export', { folder })).stdout).toContain('"x-twilio-sid": "WAxY"')
})
