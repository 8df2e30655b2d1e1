import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { opstat } from '../../support/opstat.ts'
import { transcript } from '../../support/transcript.ts'

test('the history says what changed, when, why and by whom', async () => {
  await transcript(`
    $ opstat history
    ! error: there is no catalogue at …/statuses.json
    ! hint: create one with opstat init, or name another with --store FILE
    [7]
    $ opstat init -q
    $ opstat status create Lunch -q -o name
    | lunch
    $ opstat status edit lunch --name Break --color red -q -o name
    | lunch
    $ opstat status edit lunch --position 1 -q -o name
    | lunch
    $ opstat settings set offline-after 5m -q -o name
    | offline-after
    $ opstat operator add ana -q -o name
    | ana
    $ opstat operator edit ana --role supervisor -q -o name
    | ana
    $ opstat operator set-status ana lunch -q -o name
    | ana
    $ opstat status delete lunch --move-to online --yes -q -o name
    | lunch
    $ opstat operator remove ana --yes -q -o name
    | ana
    $ opstat history
    | AT                        BY      WHAT                                                                 WHY
    | 2026-11-22T12:00:00.000Z  tester  status online (Online) created                                       -
    | 2026-11-22T12:00:00.000Z  tester  status on-break (On break) created                                   -
    | 2026-11-22T12:00:00.000Z  tester  status offline (Offline) created                                     -
    | 2026-11-22T12:00:00.000Z  tester  settings changed: default-offline none to offline                    -
    | 2026-11-22T12:00:00.000Z  tester  status lunch (Lunch) created                                         -
    | 2026-11-22T12:00:00.000Z  tester  status lunch changed: name Lunch to Break, color #b26a00 to #ff0000  -
    | 2026-11-22T12:00:00.000Z  tester  status lunch changed: now at position 1                              -
    | 2026-11-22T12:00:00.000Z  tester  settings changed: offline-after 10m to 5m                            -
    | 2026-11-22T12:00:00.000Z  tester  operator ana added                                                   -
    | 2026-11-22T12:00:00.000Z  tester  ana starts in offline                                                first recorded
    | 2026-11-22T12:00:00.000Z  tester  operator ana changed: role operator to supervisor                    -
    | 2026-11-22T12:00:00.000Z  tester  ana from offline to lunch                                            set by an administrator
    | 2026-11-22T12:00:00.000Z  tester  ana from lunch to online                                             lunch was deleted
    | 2026-11-22T12:00:00.000Z  tester  status lunch (Break) deleted                                         -
    | 2026-11-22T12:00:00.000Z  tester  operator ana removed                                                 -
    $ opstat history --operator ana --limit 2
    | AT                        BY      WHAT                      WHY
    | 2026-11-22T12:00:00.000Z  tester  ana from lunch to online  lunch was deleted
    | 2026-11-22T12:00:00.000Z  tester  operator ana removed      -
    $ opstat history --since 2026-11-22T12:00:00.001Z
    ! the history has no such entry
    $ opstat history --since 1795348800001 -o json
    | []
    $ opstat history --since yesterday
    ! error: --since: "yesterday" is no time: write RFC 3339 such as 2026-11-22T10:00:00Z, or epoch milliseconds
    [3]
    $ opstat history --limit 0
    ! error: --limit: "0" won't do: write a whole number from 1
    ! hint: see: opstat history --help
    [2]
    $ opstat history --operator zoe
    ! error: there is no operator "zoe"
    ! hint: see: opstat operator list
    [4]
  `)
})

const story = `
    $ opstat init -q
    $ opstat operator add ana -q -o name
    | ana
    $ opstat operator set-status ana online -q -o name
    | ana
    $ opstat settings set offline-after 5m -q -o name
    | offline-after
`

test('jsonl gives the entries as they are stored, but for what the store notes for itself', async () => {
  const folder = await transcript(story)
  const { stdout, text } = await opstat('history -o jsonl', { folder })
  const stored = text('statuses.history.jsonl').trimEnd().split('\n')
  const ours = stored.map((line) => {
    const { catalogue: _, more: __, ...entry } = JSON.parse(line) as Record<string, unknown>
    return JSON.stringify(entry)
  })
  expect(stdout.trimEnd().split('\n')).toEqual(ours)
  expect(JSON.parse((await opstat('history -o json', { folder })).stdout)).toEqual(ours.map((line) => JSON.parse(line)))
  const { stdout: last } = await opstat('history -o jsonl --limit 2', { folder })
  expect(last.trimEnd().split('\n')).toEqual(ours.slice(-2))
})

test('the first stay of an added operator is recorded once', async () => {
  const folder = await transcript(story)
  const { stdout } = await opstat('history --operator ana -o jsonl', { folder })
  const stays = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(stays.map(({ type, from, to, cause }) => ({ type, from, to, cause }))).toEqual([
    { type: 'operator-added', from: undefined, to: undefined, cause: undefined },
    { type: 'status-entered', from: null, to: 'offline', cause: 'admin' },
    { type: 'status-entered', from: 'offline', to: 'online', cause: 'admin' },
  ])
})

test('history verify counts what is whole, and names the place of what is not', async () => {
  const folder = await transcript(story)
  const whole = await opstat('history verify -o json', { folder })
  expect(JSON.parse(whole.stdout)).toEqual({ entries: 8, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const file = join(folder, 'statuses.history.jsonl')
  const lines = (await readFile(file, 'utf8')).split('\n')
  await writeFile(
    file,
    [...lines.slice(0, 5), (lines[5] as string).replace('offline', 'online'), ...lines.slice(6)].join('\n'),
  )
  await transcript(
    `
    $ opstat history verify
    ! error: the history is broken at …/statuses.history.jsonl, line 7: it does not follow the line before it: one of the two was changed
    ! hint: what to do about it: opstat doctor
    [10]
  `,
    { folder },
  )
})

test('a changed end is told of by the next entry, and by history verify and doctor from then on', async () => {
  const folder = await transcript(story)
  const history = join(folder, 'statuses.history.jsonl')
  const lines = (await readFile(history, 'utf8')).split('\n').slice(0, -1)
  await writeFile(history, `${lines.slice(0, -2).join('\n')}\n`)
  expect(await opstat('status create Lunch', { folder })).toMatchObject({ code: 0 })
  expect((await opstat('history', { folder })).stdout).toContain('changed: its last 2 entries were gone')
  expect(await opstat('history verify', { folder })).toMatchObject({
    code: 10,
    stderr:
      'error: something other than opstat changed the end of the history: before entry 7 was written its last 2 entries were gone\n' +
      'hint: what to do about it: opstat doctor\n',
  })
  const { code, stdout } = await opstat('doctor -o json', { folder })
  expect(code).toBe(10)
  expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ finding: 'altered-history', level: 'warning' }))
})

test('a history that can not be read is refused with its place, a broken catalogue does not hide one that can', async () => {
  const folder = await transcript(story)
  await writeFile(join(folder, 'statuses.json'), '{')
  expect(await opstat('history -o name', { folder })).toMatchObject({ code: 0, stdout: '1\n2\n3\n4\n5\n6\n7\n8\n' })
  await appendFile(join(folder, 'statuses.history.jsonl'), 'garbage\n')
  expect(await opstat('history -o name', { folder })).toMatchObject({ code: 7, stdout: '' })
})
