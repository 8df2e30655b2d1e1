import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, opstat } from '../../support/opstat.ts'
import { createTestClock, noon } from '../../support/system.ts'

/*
 * A list after a checkpoint takes up the numbers that a watcher left, if the catalogue is the same; with a line feed
 * more in it, it is made step by step. Both have to be the same list.
 */

const beats = (minute: number, ids: readonly string[]) =>
  ids.map((id) => {
    const at = new Date(noon + minute * 60_000).toISOString()
    return `{"at":"${at}","operator":"${id}","session":"tab-${id}","event":"beat"}\n`
  })

test.each([
  ['nothing happened since', []],
  ['a supervisor moved somebody', ['operator set-status bo on-break -q']],
  ['somebody was moved there and back', ['operator set-status bo on-break -q', 'operator set-status bo online -q']],
  ['somebody whom the watcher had switched came back', ['operator set-status cy online -q']],
  ['a status was renamed', ['status edit on-break --name Pause -q', 'operator set-status bo on-break -q']],
  ['somebody left', ['operator remove bo --yes -q']],
  ['somebody came', ['operator add dee --name Dee --status online -q']],
  ['the roster was turned round', ['operator remove ana --yes -q', 'operator add ana --name Ana2 --status online -q']],
])('the list after a checkpoint is the same however it is made: %s', async (_, commands) => {
  const folder = await createFolder()
  const clock = createTestClock(noon)
  const run = async (line: string) => {
    const done = await opstat(line, { folder, clock })
    expect(done, line).toMatchObject({ code: 0 })
    return done.stdout
  }
  await run('init -q')
  for (const [id, name] of [
    ['cy', 'Cy "the" \\ Żak'],
    ['bo', 'Bo'],
    ['ana', 'Ana'],
  ] as const)
    await opstat(['operator', 'add', id, '--name', name, '--status', 'online', '-q'], { folder, clock })
  const feed = join(folder, 'heartbeats.jsonl')
  writeFileSync(feed, beats(0, ['ana', 'bo', 'cy']).join(''))
  for (const minute of [4, 4, 3]) {
    appendFileSync(feed, beats((clock.now() - noon) / 60_000, ['ana', 'bo']).join(''))
    await run('watch --once -q')
    clock.advance(minute * 60_000)
  }
  await run('watch --once -q')
  for (const line of commands) await run(line)
  clock.advance(30_000)
  appendFileSync(feed, beats((clock.now() - noon) / 60_000, ['ana']).join(''))
  const recalled = await run('presence list -o json')
  const file = join(folder, 'statuses.json')
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n`)
  expect(await run('presence list -o json')).toBe(recalled)
  const rows = JSON.parse(recalled) as { operator: string; sessions: number }[]
  expect(rows.find(({ operator }) => operator === 'ana')).toMatchObject({ presence: 'connected' })
  rmSync(join(folder, 'statuses.state.json'))
  expect(JSON.parse(await run('presence list -o json'))).toHaveLength(rows.length)
})
