import { expect, test } from 'vitest'
import { createFolder, opstat } from '../support/opstat.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: 'green', canReceive: true },
    { id: 'on-break', name: '休憩', color: 'orange' },
    { id: 'offline', name: 'Offline', color: 'grey' },
  ],
  calendars: [{ id: 'day', name: 'Day shift', timeZone: 'UTC' }],
  operators: [{ id: 'ana', name: 'Ana' }, { id: 'we:ird@x' }, { id: "o'b$1" }],
}

/** What is offered for the last word of a line (a line that ends with a blank asks for a new one), without its notes. */
async function offered(line: string, around: Parameters<typeof opstat>[1] = {}): Promise<string> {
  const folder = around.folder ?? (await createFolder({ 'statuses.json': catalogue }))
  const words = line.split(' ')
  const { code, stdout, stderr } = await opstat(['__complete', ...words], { folder, ...around })
  expect([code, stderr]).toEqual([0, ''])
  const [directive, ...candidates] = stdout.trimEnd().split('\n')
  return directive === 'files' ? 'files' : candidates.map((candidate) => candidate.split('\t')[0]).join(' ')
}

test.each([
  ['sta', 'status'],
  ['status ', 'list show create edit delete'],
  ['status e', 'edit'],
  ['--color never status e', 'edit'],
  ['status show ', 'online on-break offline'],
  ['status show ON', 'online on-break'],
  ['status show x', ''],
  ['status show online ', ''],
  ['status delete on-break o', 'online offline'],
  ['status delete on-break --move-to o', 'online offline'],
  ['status delete --move-to=of', '--move-to=offline'],
  ['status delete -- -', ''],
  ['status delete -- o', 'online on-break offline'],
  ['status edit on-break --can', '--can-receive'],
  ['status edit on-break --no-c', '--no-can-receive --no-count-after-close'],
  ['status list -o ', 'table json jsonl yaml csv name'],
  ['status list --output=j', '--output=json --output=jsonl'],
  ['status list --unknown=', ''],
  ['status create --color tea', 'teal'],
  ['operator ', 'list show add edit remove set-status'],
  ['operator show ', "ana we:ird@x o'b$1"],
  ['operator remove ana ', "we:ird@x o'b$1"],
  ['operator set-status ana of', 'offline'],
  ['operator set-status ana online ', ''],
  ['operator add zoe --role ', 'operator supervisor administrator'],
  ['operator add zoe --calendar ', 'day'],
  ['operator list --fields id,na', 'id,name'],
  ['operator list --sort -si', '-since'],
  ['operator list --sort name,-s', 'name,-status name,-statusName name,-since'],
  ['operator list --time ', 'relative absolute'],
  ['operator list --tz europe/lo', 'Europe/London'],
  ['settings set offline-', 'offline-after'],
  ['settings set auto-offline ', 'on-break offline off none'],
  ['settings set default-offline on', 'on-break'],
  ['settings set offline-after ne', 'never'],
  ['settings set access ', 'open roles'],
  ['presence simulate --set access=', 'access=open access=roles'],
  ['presence simulate --set acc', 'access='],
  ['presence simulate --initial a', 'ana='],
  ['presence simulate --initial *=of', '*=offline'],
  ['presence simulate --set access=open feed', 'feed-timeout='],
  ['presence record ', 'open beat close status dialogue-open dialogue-close tick inquiry'],
  ['presence record status ana --status on', 'online on-break'],
  ['history ', 'verify archive'],
  ['import ', 'twilio amazon-connect genesys zendesk'],
  ['apply -f ', 'files'],
  ['apply -f a.yaml ', 'files'],
  ['apply -f a.yaml --pr', '--prune'],
  ['apply --file=', 'files'],
  ['--store ', 'files'],
  ['validate ', 'files'],
  ['validate --as m', 'manifest'],
  ['completion ', 'bash zsh fish'],
  ['help st', 'status'],
  ['help status l', 'list'],
  ['help fe', 'feed'],
  ['help e', 'export exit-codes environment'],
  ['nonsense ', ''],
  ['status nonsense ', ''],
])('opstat %s| offers %s', async (line, expected) => {
  expect(await offered(line)).toBe(expected)
})

test('a candidate says what it is, without what could disturb the line', async () => {
  const evil = { version: 1, statuses: [{ id: 'online', name: 'a\tb\u001b[31m\n' }, { id: 'x' }, 5, { name: 'no id' }] }
  const folder = await createFolder({ 'statuses.json': evil })
  const { stdout } = await opstat(['__complete', 'status', 'show', ''], { folder })
  expect(stdout).toBe('words\nonline\ta\\u{9}b\\u{1b}[31m\\u{a}\nx\t\n')
})

test('ids come from the catalogue that the line or the environment names', async () => {
  const folder = await createFolder({ 'other.json': catalogue, 'broken.json': '{' })
  expect(await offered('--store other.json status show of', { folder })).toBe('offline')
  expect(await offered('status show of --store=other.json ', { folder })).toBe('')
  expect(await offered('status show of', { folder, env: { OPSTAT_STORE: 'other.json' } })).toBe('offline')
  expect(await offered('--store ~/other.json status show of', { folder, env: { HOME: folder } })).toBe('offline')
  for (const file of ['broken.json', 'missing.json']) {
    expect(await offered(`--store ${file} status show of`, { folder })).toBe('')
  }
})

test('a script is printed for each shell, and for no other', async () => {
  for (const [shell, word] of [
    ['bash', 'complete -F _opstat opstat'],
    ['zsh', '#compdef opstat'],
    ['fish', 'complete -c opstat'],
  ] as const) {
    expect((await opstat(`completion ${shell}`)).stdout).toContain(word)
  }
  expect((await opstat('completion tcsh')).code).toBe(2)
})
