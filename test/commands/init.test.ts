import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { opstat } from '../support/opstat.ts'
import { transcript } from '../support/transcript.ts'

const files = {
  'bad.yaml': 'version: 1\nstatuses:\n  - {id: A, name: "", color: red}\n',
  'lunch.yaml': 'version: 1\nteam: blue\nstatuses:\n  - {id: lunch, name: Lunch, color: "#ffa500"}\n',
}

test('init creates a catalogue and says what not to keep in git; one that exists is kept, or backed up', async () => {
  await transcript(`
    $ opstat status list
    ! error: there is no catalogue at …/statuses.json
    ! hint: create one with opstat init, or name another with --store FILE
    [7]
    $ opstat init --dry-run
    ! dry run: would create …/statuses.json (3 statuses, 0 operators)
    $ opstat init
    ! created …/statuses.json (3 statuses, 0 operators)
    ! It is made to be kept in git; what lies beside it is not. For .gitignore:
    !   statuses.history.jsonl
    !   statuses.history-*.jsonl
    !   statuses.state.json
    !   statuses.lock
    !   statuses.watch.lock
    !   heartbeats.jsonl*
    !   statuses.json.*
    ! Next: opstat status list, opstat operator add ID
    $ opstat init
    ! …/statuses.json (3 statuses, 0 operators) exists and was kept; to replace it: opstat init --force
    $ opstat init -o name
    | online
    | on-break
    | offline
    $ opstat status create Lunch -q -o name
    | lunch
    $ opstat init --force --dry-run
    ! dry run: would back up …/statuses.json and replace it by 3 statuses, 0 operators
    $ opstat init --force
    ! replaced …/statuses.json, which now holds 3 statuses, 0 operators; the old one lies beside it as statuses.json.bak-*, and the history goes on
    ! It is made to be kept in git; what lies beside it is not. For .gitignore:
    !   statuses.history.jsonl
    !   statuses.history-*.jsonl
    !   statuses.state.json
    !   statuses.lock
    !   statuses.watch.lock
    !   heartbeats.jsonl*
    !   statuses.json.*
    ! Next: opstat status list, opstat operator add ID
    $ opstat status list -o name
    | online
    | on-break
    | offline
    $ opstat history --limit 2
    | AT                        BY      WHAT                          WHY
    | 2026-11-22T12:00:00.000Z  tester  status lunch (Lunch) created  -
    | 2026-11-22T12:00:00.000Z  tester  status lunch (Lunch) deleted  -
    $ opstat init --force < no
    ? Replace …/statuses.json? It is backed up first.
    ! nothing was replaced
    $ opstat init --force -q < yes
    ? Replace …/statuses.json? It is backed up first.
  `)
})

test('init --from copies a catalogue once it is found to be valid', async () => {
  await transcript(
    `
    $ opstat init --from bad.yaml
    ! error: bad.yaml has 2 problems
    !   - line 3, $.statuses[0].id: "A" is no status id: a to z, 0 to 9, _ and - are allowed, the first a letter or digit
    !   - line 3, $.statuses[0].name: "" can't be a name: it is empty
    ! hint: nothing was changed; mend all of them and try again
    [3]
    $ opstat init --from missing.json
    ! error: can't read …/missing.json: it does not exist (ENOENT)
    ! hint: check the name
    [7]
    $ opstat init --from lunch.yaml --dry-run
    ! dry run: would create …/statuses.json (1 status, 0 operators)
    $ opstat init --from lunch.yaml -o json
    | {
    |   "version": 1,
    |   "statuses": [
    |     {
    |       "id": "lunch",
    |       "name": "Lunch",
    |       "color": "#ffa500",
    |       "canReceive": false,
    |       "countAfterClose": false
    |     }
    |   ],
    |   "settings": {
    |     "defaultOffline": null,
    |     "autoOffline": {
    |       "enabled": false,
    |       "status": null
    |     },
    |     "offlineAfter": "10m",
    |     "sessionTimeout": "2m",
    |     "feedTimeout": "1m",
    |     "massGuard": null,
    |     "access": "open"
    |   },
    |   "calendars": [],
    |   "operators": []
    | }
    $ opstat init --from bad.yaml --force
    ! error: bad.yaml has 2 problems
    !   - line 3, $.statuses[0].id: "A" is no status id: a to z, 0 to 9, _ and - are allowed, the first a letter or digit
    !   - line 3, $.statuses[0].name: "" can't be a name: it is empty
    ! hint: nothing was changed; mend all of them and try again
    [3]
  `,
    { files },
  )
})

test('a new catalogue names its schema and has every key; a copy keeps the keys that are not ours', async () => {
  const { text, folder } = await opstat('init', { files })
  expect(text('statuses.json').slice(0, 80)).toBe(
    '{\n  "$schema": "./statuses.schema.json",\n  "version": 1,\n  "statuses": [\n    {\n ',
  )
  expect(Object.keys(JSON.parse(text('statuses.json')))).toEqual([
    '$schema',
    'version',
    'statuses',
    'settings',
    'calendars',
    'operators',
  ])
  await opstat('init --from lunch.yaml --force', { folder })
  expect(JSON.parse(text('statuses.json'))).toEqual({
    $schema: './statuses.schema.json',
    version: 1,
    team: 'blue',
    statuses: [{ id: 'lunch', name: 'Lunch', color: '#ffa500' }],
  })
})

test('init --from - reads standard input', async () => {
  const stdin = JSON.stringify({ version: 1, statuses: [{ id: 'tea', name: 'Tea', color: 'red' }] })
  const { code, stdout } = await opstat('init --from - -o name', { stdin })
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'tea\n' })
})

test('init --force leaves the old bytes in a backup', async () => {
  const { folder, text } = await opstat('init')
  await opstat('status create Lunch', { folder })
  const old = text('statuses.json')
  expect(await opstat('init --force', { folder })).toMatchObject({ code: 0 })
  const backups = readdirSync(folder).filter((name) => name.includes('.bak-'))
  expect(backups.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([old])
})

test('init keeps its hands off a catalogue that can not be read', async () => {
  await transcript(
    `
    $ opstat init
    ! error: …/statuses.json is not JSON, from line 2, column 1; it was left as it is
    ! hint: mend it in an editor, then run: opstat validate --store …/statuses.json
    [7]
  `,
    { files: { 'statuses.json': '{\n' } },
  )
})

test('what to do next names the catalogue where another would be meant', async () => {
  await transcript(`
    $ opstat init --store kyiv.json -q
    $ opstat init --store kyiv.json --force
    ! replaced …/kyiv.json, which now holds 3 statuses, 0 operators; the old one lies beside it as kyiv.json.bak-*, and the history goes on
    ! It is made to be kept in git; what lies beside it is not. For .gitignore:
    !   kyiv.history.jsonl
    !   kyiv.history-*.jsonl
    !   kyiv.state.json
    !   kyiv.lock
    !   kyiv.watch.lock
    !   heartbeats.jsonl*
    !   kyiv.json.*
    ! Next: opstat status list --store …/kyiv.json, opstat operator add ID --store …/kyiv.json
  `)
})
