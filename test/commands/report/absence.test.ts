import { rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { opstat } from '../../support/opstat.ts'
import { expectedDay, recordBankDay, rotateDay } from '../../support/reports/bankDay.ts'

interface Absence {
  readonly feed: { readonly records: number } | null
  readonly operators: readonly {
    operator: string
    switches: number
    reconnects: number | null
    falseOffline: number | null
    ghostMs: number
  }[]
  readonly advice: readonly { offlineAfter: string; switches: number; returned: number; ghostMs: number }[] | null
}

test('the real day: every expected switch is counted, each with its ten silent minutes', async () => {
  const { folder, clock } = await recordBankDay()
  const ended = await opstat('report absence -o json', { folder, clock })
  expect(ended.code).toBe(0)
  const report = JSON.parse(ended.stdout) as Absence
  const automatic = expectedDay.transitions.filter(({ cause }) => cause === 'auto-offline')
  expect(report.operators.map(({ operator, switches, ghostMs }) => [operator, switches, ghostMs])).toEqual(
    report.operators.map(({ operator }) => {
      const own = automatic.filter((one) => one.operator === operator).length
      return [operator, own, own * 600_000]
    }),
  )
  expect(report.feed?.records).toBe(1773)
})

test('the adviser at the present setting says what the day was like', async () => {
  const { folder, clock } = await recordBankDay()
  const report = JSON.parse((await opstat('report absence -o json', { folder, clock })).stdout) as Absence
  const sum = (key: 'switches' | 'falseOffline' | 'ghostMs') =>
    report.operators.reduce((all, row) => all + (row[key] ?? 0), 0)
  expect(report.advice?.map(({ offlineAfter }) => offlineAfter)).toEqual(['3m', '5m', '10m', '15m', '30m'])
  expect(report.advice?.[2]).toEqual({
    ...{ offlineAfter: '10m', switches: sum('switches'), returned: sum('falseOffline'), ghostMs: sum('ghostMs') },
  })
})

test('without the feed the counts from the history stay, the others are null and a note says why', async () => {
  const { folder, clock } = await recordBankDay()
  rmSync(join(folder, 'heartbeats.jsonl'))
  const asked = await opstat('report absence -o json --operator agent-001', { folder, clock })
  expect(JSON.parse(asked.stdout)).toEqual({
    ...{ from: '1999-02-05T04:51:13.000Z', to: expectedDay.until, feed: null, advice: null },
    operators: [
      { operator: 'agent-001', switches: 3, reconnects: null, falseOffline: null, flaps: 0, ghostMs: 1_800_000 },
    ],
  })
  const told = await opstat('report absence', { folder, clock })
  expect(told.stderr).toContain('there is no feed at')
})

test('a rotated feed says what it said before, unless it was compressed: then what is missing is null, and said', async () => {
  const { folder, clock } = await recordBankDay()
  const whole = await opstat('report absence -o json', { folder, clock })
  await rotateDay(folder, '.1')
  const feed = join(folder, 'heartbeats.jsonl')
  expect((await opstat('report absence -o json', { folder, clock })).stdout).toBe(whole.stdout)
  await rename(`${feed}.1`, `${feed}.1.gz`)
  const { operators } = JSON.parse((await opstat('report absence -o json', { folder, clock })).stdout) as Absence
  expect(new Set(operators.map(({ reconnects }) => reconnects))).toEqual(new Set([null]))
  expect((await opstat('report absence', { folder, clock })).stderr).toBe(
    `the feed is kept from 1999-02-05T08:42:27.000Z on: what it said before can't be counted
compressed files are not read: ${feed}.1.gz; to have them counted, unpack them where they are
`,
  )
})

test('only switches out of the statuses asked for, and a row for each local day', async () => {
  const { folder, clock } = await recordBankDay()
  const out = await opstat('report absence --status Break -o json', { folder, clock })
  expect((JSON.parse(out.stdout) as Absence).operators.every(({ switches }) => switches === 0)).toBe(true)
  const days = await opstat('report absence --by day --tz Pacific/Auckland --operator agent-001 -o csv', {
    folder,
    clock,
  })
  expect(days.stdout.split('\r\n').slice(0, 3)).toEqual([
    'operator,day,switches,reconnects,falseOffline,flaps,ghostSeconds',
    'agent-001,1999-02-05,3,11,3,0,1800.000',
    'agent-001,1999-02-06,0,0,0,0,0.000',
  ])
})

test('table, advice and plot fit a narrow terminal', async () => {
  const { folder, clock } = await recordBankDay()
  const ended = await opstat('report absence --color never', { folder, clock, columns: 40, terminals: ['stdout'] })
  const plot = ended.stdout.split('\n').filter((line) => /\|/.test(line))
  expect(plot).toHaveLength(10)
  expect(Math.max(...plot.map((line) => line.length))).toBeLessThanOrEqual(40)
})
