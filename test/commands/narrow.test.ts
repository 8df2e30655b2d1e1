import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { createFolder, opstat, projectFolder } from '../support/opstat.ts'

const day = join(projectFolder, 'examples/bank-day')
let catalogue = ''

beforeAll(async () => {
  const document = JSON.parse(await readFile(join(day, 'statuses.json'), 'utf8'))
  const hours = [{ from: '04:00', to: '12:00' }]
  const calendars = [{ id: 'bank', name: 'Bank', timeZone: 'UTC', week: { fri: hours } }]
  const operators = document.operators.map((operator: object) => ({ ...operator, calendar: 'bank' }))
  catalogue = JSON.stringify({ ...document, calendars, operators })
})

/** What a command shows of a real day on a terminal of so many columns. */
async function shownAt(columns: number, command: string): Promise<string[]> {
  const folder = await createFolder({ 'statuses.json': catalogue })
  const env = { NO_COLOR: '1', OPSTAT_HEARTBEATS: join(day, 'feed.jsonl') }
  await opstat('watch --once -q', { folder, env })
  const { code, stdout } = await opstat(command, { folder, env, columns, terminals: ['stdout'] })
  expect([0, 10]).toContain(code)
  return stdout.split('\n')
}

test.each([
  ['status list', null],
  ['operator list', '(no room for STARTS IN)'],
  ['presence list', '(no room for SEEN AGO)'],
  ['presence list --time absolute', '(no room for SINCE, LAST SEEN, DIALOGUES)'],
  ['history', '(no room for WHY)'],
  ['report time --to 1999-02-06T00:00:00Z --by day', '(no room for STAYS)'],
  ['report compliance --to 1999-02-06T00:00:00Z', '(no room for ADHERENT, WORKED, LEFT EARLY)'],
  ['report absence --to 1999-02-06T00:00:00Z --by day', null],
  ['presence simulate', '(no room for WHY)'],
])('%s fits on a terminal of 80 columns', async (command, leftOut) => {
  const lines = await shownAt(80, command)
  const tables = lines.filter((line) => !/^What other waits|^Nothing |^\d{4}-\S+ to /.test(line))
  expect(tables.filter((line) => line.length > 80)).toEqual([])
  expect(lines.find((line) => line.startsWith('(no room')) ?? null).toBe(leftOut)
  expect((await shownAt(200, command)).join('\n')).not.toContain('(no room')
})

test.each(['doctor', 'feed check', 'presence explain agent-003 --at 1999-02-05T05:20:00Z'])(
  'what %s says is folded on a terminal of 80 columns, between words',
  async (command) => {
    const lines = await shownAt(80, command)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    const words = (shown: readonly string[]) =>
      shown
        .join(' ')
        .replaceAll(/opstat-test-\w+/g, '')
        .split(/\s+/)
    expect(words(lines)).toEqual(words(await shownAt(10_000, command)))
  },
)

test('history fits on a terminal of 60 columns', async () => {
  expect((await shownAt(60, 'history')).filter((line) => line.length > 60)).toEqual([])
})
