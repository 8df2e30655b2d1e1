import { rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatTime } from '../../../src/domain/time.ts'
import { createFolder, opstat, projectFolder } from '../../support/opstat.ts'
import { expectedDay, recordBankDay, rotateDay } from '../../support/reports/bankDay.ts'
import { createLiveStore } from '../../support/reports/liveStore.ts'
import { createTestClock } from '../../support/system.ts'

interface Explained {
  readonly source: string
  readonly status: string | null
  readonly since: string | null
  readonly cause: string | null
  readonly deadline: string | null
  readonly target: string | null
  readonly switch: { readonly at: string; readonly due: string; readonly to: string; readonly cause: string } | null
  readonly outlook: { readonly kind: string; readonly because?: string; readonly switchAt?: string }
}

const parsed = (stdout: string) => JSON.parse(stdout) as Explained

test('every switch of the real day has the cause, deadline and target of its transition, from the history', async () => {
  const { folder, clock, transitions } = await recordBankDay()
  const automatic = transitions.filter(({ cause }) => cause === 'auto-offline')
  expect(automatic.map(({ at, operator, to }) => [formatTime(at), operator, to])).toEqual(
    expectedDay.transitions
      .filter(({ cause }) => cause === 'auto-offline')
      .map(({ at, operator, to }) => [at, operator, to]),
  )
  for (const { at, operator, to, due } of automatic) {
    const ended = await opstat(`presence explain ${operator} --at ${formatTime(at)} -o json`, { folder, clock })
    expect(parsed(ended.stdout)).toMatchObject({
      ...{ source: 'recorded', status: to, since: formatTime(at), cause: 'auto-offline' },
      ...{ deadline: formatTime(due as number), target: to },
    })
  }
})

test('the same from the feed alone, where there is no history', async () => {
  const folder = await createFolder()
  const day = join(projectFolder, 'examples/bank-day')
  const files = ['--store', join(day, 'statuses.json'), '--heartbeats', join(day, 'feed.jsonl')]
  for (const { at, operator, to } of expectedDay.transitions.filter(({ cause }) => cause === 'auto-offline')) {
    const ended = await opstat(['presence', 'explain', operator, '--at', at, '-o', 'json', ...files], { folder })
    // There are no ticks and no guard on that day: every switch is dated at its deadline.
    expect(parsed(ended.stdout)).toMatchObject({
      ...{ source: 'replayed', status: to, since: at, cause: 'auto-offline', deadline: at, target: to },
    })
  }
})

test('at the end of the real day everybody is told what lies ahead, or why nothing does', async () => {
  const { folder, clock } = await recordBankDay()
  const last = new Map(expectedDay.transitions.map(({ operator, to }) => [operator, to]))
  for (const [operator, status] of last) {
    const explained = parsed((await opstat(`presence explain ${operator} -o json`, { folder, clock })).stdout)
    const shown = JSON.parse((await opstat(`presence show ${operator} -o json`, { folder, clock })).stdout)
    expect(explained).toMatchObject(
      status === 'available'
        ? { status, deadline: shown.switchAt, target: shown.switchTo, outlook: { switchAt: shown.switchAt } }
        : { status, outlook: { kind: 'nothing', because: 'not-receiving' } },
    )
  }
  expect(last.size).toBe(7)
})

test('the words name sign, wait, deadline, target, the settings that did not apply, and what would have helped', async () => {
  const { folder, clock } = await recordBankDay()
  const { stdout } = await opstat('presence explain agent-001 --at 1999-02-05T05:10:00Z', { folder, clock })
  const why = stdout.split('\n\n').find((section) => section.startsWith('Why'))
  expect(why).toBe(`Why
  stay            "Available" since 1999-02-05T04:51:13.000Z, which can receive
  heard last      s-1ec3572d: beat at 1999-02-05T04:51:51.000Z
  counted from    beat of s-1ec3572d at 1999-02-05T04:51:51.000Z, the last sign of life
  wait            10m (offline-after)
  deadline        1999-02-05T05:01:51.000Z
  switched        1999-02-05T05:01:51.000Z to "Away", at the deadline
  target          "Away"
                  auto-offline: "Away", this one chose
                  default-offline: "Offline", did not apply: an earlier one chose
                  the first status with neither flag: "Away", did not apply: an earlier one chose
                  the first status that can't receive: "Break", did not apply: an earlier one chose
  came back       beat of s-1ec3572d at 1999-02-05T05:03:03.000Z, 0:01:12 after the deadline
  prevented by    an open, beat, close or status record stamped up to 1999-02-05T05:01:51.000Z
  or              an offline-after of at least 11m12s
  or              choosing a status that can't receive before leaving: "Break", "Away" and "Offline"
  or              offline-after never, for everybody`)
})

test('a look back reads what was rotated away, and says what is not kept so far back', async () => {
  const { folder, clock } = await recordBankDay()
  const command = 'presence explain agent-003 --at 1999-02-05T05:20:00Z'
  const whole = await opstat(`${command} -o json`, { folder, clock })
  expect(JSON.parse(whole.stdout)).toMatchObject({ presence: 'away', sessions: 0, dialogues: 0 })
  await rotateDay(folder, '-19990205')
  expect((await opstat(`${command} -o json`, { folder, clock })).stdout).toBe(whole.stdout)
  await rm(join(folder, 'heartbeats.jsonl-19990205'))
  const unknown = { presence: null, sessions: null, dialogues: null, lastSeen: null, switchAt: null }
  expect(JSON.parse((await opstat(`${command} -o json`, { folder, clock })).stdout)).toMatchObject(unknown)
  const told = await opstat(command, { folder, clock })
  expect(told.stdout).toContain('  dialogues       not known\n  last seen       not known\n')
  const from = '1999-02-05T08:42:27.000Z'
  expect(told.stdout).toContain(`feed            kept from ${from} on: sessions and signs of life before are not known`)
  expect(told.stderr).toBe(`the feed is kept from ${from} on: what it said before can't be counted\n`)
})

test('without the feed the switch is still explained from the history, and what is missing is said', async () => {
  const { folder, clock } = await recordBankDay()
  rmSync(join(folder, 'heartbeats.jsonl'))
  const ended = await opstat('presence explain agent-001 --at 1999-02-05T05:10:00Z', { folder, clock })
  expect(ended.stdout).toContain('feed            there is none to look into')
  expect(ended.stdout).toContain('counted from    1999-02-05T04:51:51.000Z, the last sign of life')
  expect(ended.stdout).toContain('came back       not known: the feed is not kept')
})

const nothings: readonly (readonly [reason: string, lines: readonly string[], words: string])[] = [
  ['not-receiving', ['operator set-status ana offline'], `"Offline" can't receive`],
  ['rule-off', ['settings set offline-after never'], 'offline-after is never'],
  [
    'no-target',
    ['settings set default-offline none', 'status delete offline on-break --yes'],
    'every status can receive, so there is none to switch to',
  ],
  [
    'feed-silent',
    ['presence record tick', 'presence record beat ana'],
    'the feed has been silent since 2026-11-23T09:00:00.000Z',
  ],
]

test.each(nothings)('nothing will happen: %s', async (reason, lines, words) => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana --status online')
  for (const line of lines) await at('09:00:00', line)
  const asked = await at('09:20:00', 'presence explain ana -o json')
  expect(parsed(asked.stdout).outlook).toMatchObject({ kind: 'nothing', because: reason })
  expect((await at('09:20:00', 'presence explain ana')).stdout).toContain(`Nothing, because ${words}`)
})

test('nothing is recorded yet of an operator whom no command or watcher has met', async () => {
  const operators = [{ id: 'ana', initialStatus: 'online' }]
  const [online, offline] = [
    { id: 'online', name: 'Online', color: 'green', canReceive: true },
    { id: 'offline', name: 'Offline', color: 'grey' },
  ]
  const statuses = [online, offline]
  const { run } = await createLiveStore({ 'statuses.json': { version: 1, statuses, operators } })
  expect(parsed((await run('presence explain ana -o json')).stdout).outlook).toEqual({
    kind: 'nothing',
    because: 'not-recorded',
  })
})

test('who changed what since the stay began is told with the setting of the time', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana --status online')
  await at('09:01:00', 'settings set offline-after 5m')
  await at('09:30:00', 'presence record inquiry --inquiry Q1')
  await at('09:30:00', 'watch --once')
  await at('09:31:00', 'settings set offline-after 20m')
  const { stdout } = await at('09:32:00', 'presence explain ana')
  expect(stdout).toContain('wait            5m (offline-after)')
  expect(stdout).toContain('deadline        2026-11-23T09:05:00.000Z')
  expect(stdout).toContain('2026-11-23T09:01:00.000Z by tester: settings changed: offline-after 10m to 5m')
  expect(stdout).toContain('2026-11-23T09:31:00.000Z by tester: settings changed: offline-after 5m to 20m')
})

test('a choice in the feed that no watcher has read yet is told as what it is', async () => {
  const { at } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana')
  await at('09:05:00', 'presence record status ana --status online')
  for (const args of ['presence explain ana -o json', 'presence explain ana --at 2026-11-23T09:06:00Z -o json']) {
    const ended = await at('09:06:00', args)
    expect(parsed(ended.stdout)).toMatchObject({
      ...{ status: 'online', since: '2026-11-23T09:05:00.000Z', cause: 'panel' },
      ...{ deadline: '2026-11-23T09:15:00.000Z', target: 'offline', outlook: { kind: 'switch-ahead' } },
    })
  }
})

test('time in which the feed was silent is shown, and the record that completed the covered time', async () => {
  const { folder, run } = await createLiveStore(untouched)
  const ticks = [0, 1, 2, 3, 4, 5, 20, 21, 22, 23, 24, 25, 26].map((minute) => tickAt(minute))
  writeFileSync(join(folder, 'heartbeats.jsonl'), [beatAt('ana', 1), ...ticks, tickAt(26.5)].join(''))
  const { stdout } = await run('presence explain ana --at 2026-11-22T10:26:30Z')
  expect(stdout).toContain('did not count   0:15:00 in which the feed was silent or nobody watched')
  expect(stdout).toContain('                2026-11-22T10:05:00.000Z to 2026-11-22T10:20:00.000Z')
  expect(stdout).toContain('deadline        2026-11-22T10:26:00.000Z')
  expect(stdout).toContain('switched        2026-11-22T10:26:00.000Z to "Offline", at the deadline')
})

test('a switch that the mass guard held says so', async () => {
  const guarded = { ...untouched['statuses.json'], settings: { massGuard: { share: 0.5, atLeast: 2, hold: '2m' } } }
  const { folder, run } = await createLiveStore({ 'statuses.json': guarded })
  writeFileSync(join(folder, 'heartbeats.jsonl'), [beatAt('ana', 0), beatAt('bo', 0)].join(''))
  const { stdout } = await run('presence explain ana --at 2026-11-22T10:12:00Z')
  expect(stdout).toContain('deadline        2026-11-22T10:10:00.000Z')
  expect(stdout).toContain(
    'switched        2026-11-22T10:12:00.000Z to "Offline", 0:02:00 after the deadline: the mass guard held it',
  )
})

const minuteText = (minute: number) => formatTime(Date.parse('2026-11-22T10:00:00Z') + minute * 60_000)
const tickAt = (minute: number) => `{"at":"${minuteText(minute)}","event":"tick"}\n`
const beatAt = (operator: string, minute: number) =>
  `{"at":"${minuteText(minute)}","operator":"${operator}","session":"tab-1","event":"beat"}\n`

/** A store that no command has written to: what is asked about is played from the feed. */
const untouched = {
  'statuses.json': {
    version: 1,
    statuses: [
      { id: 'online', name: 'Online', color: 'green', canReceive: true },
      { id: 'offline', name: 'Offline', color: 'grey' },
    ],
    operators: [
      { id: 'ana', initialStatus: 'online' },
      { id: 'bo', initialStatus: 'online' },
    ],
  },
}

test('who has left can be looked back at', async () => {
  const { at, run } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana --status online')
  await at('09:30:00', 'presence record inquiry --inquiry Q1')
  await at('09:30:00', 'watch --once')
  await at('10:00:00', 'operator remove ana --yes')
  const back = await run('presence explain ana --at 2026-11-23T09:40:00Z -o json')
  expect(parsed(back.stdout)).toMatchObject({
    status: 'offline',
    cause: 'auto-offline',
    deadline: '2026-11-23T09:10:00.000Z',
  })
  const after = await run('presence explain ana --at 2026-11-23T10:00:00Z -o json')
  expect(parsed(after.stdout)).toMatchObject({ status: null, outlook: { kind: 'nothing', because: 'not-in-roster' } })
})

test('a feed on standard input is explained as well', async () => {
  const { folder } = await createLiveStore()
  const clock = createTestClock(Date.parse('2026-11-23T09:00:00Z'))
  await opstat('init', { folder, clock })
  await opstat('operator add ana --status online', { folder, clock })
  const stdin = '{"at":"2026-11-23T09:00:30Z","operator":"ana","session":"tab-1","event":"beat"}\n'
  const ended = await opstat('presence explain ana --heartbeats - -o json', { folder, clock, stdin })
  expect(JSON.parse(ended.stdout)).toMatchObject({
    ...{ lastSeen: '2026-11-23T09:00:30.000Z', deadline: '2026-11-23T09:10:30.000Z' },
    sessionRecords: [{ session: 'tab-1', event: 'beat', at: '2026-11-23T09:00:30.000Z' }],
  })
})

test.each([
  ['presence explain nobody', 4, 'there is no operator "nobody"'],
  ['presence explain ana --at later', 3, '"later" is no time'],
  ['presence explain ana --at 2027-01-01T00:00:00Z', 2, '--at lies in the future'],
  ['presence explain ana --heartbeats missing.jsonl', 7, 'missing.jsonl'],
])('%s ends with %i and says %s', async (args, code, words) => {
  const { at, run } = await createLiveStore()
  await at('09:00:00', 'init')
  await at('09:00:00', 'operator add ana')
  const ended = await run(args)
  expect(ended.code).toBe(code)
  expect(ended.stderr).toContain(words)
})

test('before the feed begins nothing is said of switches that nobody made', async () => {
  const folder = await createFolder()
  const run = (args: string) => opstat(args, { folder })
  await run('init')
  await run('operator add ana --status online')
  await run('presence record open ana --at 2026-11-22T09:00:00Z')
  const before = JSON.parse((await run('presence explain ana --at 2026-11-22T08:00:00Z -o json')).stdout)
  expect(before).toMatchObject({ source: 'recorded', status: null, next: { to: 'online', cause: 'admin' } })
  const within = JSON.parse((await run('presence explain ana --at 2026-11-22T09:05:00Z -o json')).stdout)
  expect(within).toMatchObject({ source: 'replayed', status: 'online' })
})
