import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { toDocument } from '../../src/domain/catalogue/document.ts'
import { ok } from '../../src/domain/result.ts'
import { type FileStat, realDisk } from '../../src/store/disk/disk.ts'
import { describeStore } from './storeContract.ts'
import {
  addStatus,
  emptyPlace,
  enter,
  failure,
  historyOf,
  nothing,
  type Place,
  placeWithStore,
  smallCatalogue,
  told,
  value,
} from './stores.ts'

describeStore('the store in files', emptyPlace)

const umask = process.umask()
afterEach(() => process.umask(umask))

const handWritten = `{
  "$schema": "./statuses.schema.json", "version": 1, "x-owner": {"team": "ops", "id": 12345678901234567890},
  "statuses": [
    {"id": "online",  "name": "Online",  "color": "#2e7d32", "canReceive": true},
    {"id": "offline", "name": "Offline", "color": "#757575", "note": "[}\\"]"}
  ],
  "__proto__": {"polluted": true},
  "operators": [
    {"id": "ana", "name": "Ana", "initialStatus": "offline"},
    {"id": "__proto__", "name": "Proto", "initialStatus": "online"}
  ]
}
`

function placeWith(text: string | Buffer): Place {
  const place = emptyPlace()
  writeFileSync(place.path('statuses.json'), text)
  return place
}

const modeOf = (file: string) => statSync(file).mode & 0o7777

test('a catalogue written by hand keeps every byte that the change does not touch', async () => {
  const place = placeWith(handWritten)
  value(await place.open().transact(addStatus('Lunch')))
  const added =
    '    {"id": "lunch", "name": "Lunch", "color": "#123456", "canReceive": false, "countAfterClose": false}'
  expect(place.text('statuses.json')).toBe(handWritten.replace('"[}\\"]"}\n', `"[}\\"]"},\n${added}\n`))
})

test('a commit that leaves the catalogue alone does not even open it for writing', async () => {
  const place = placeWith(handWritten)
  const before = statSync(place.path('statuses.json'))
  value(await place.open().transact(enter('ana', 'online')))
  expect(statSync(place.path('statuses.json')).mtimeMs).toBe(before.mtimeMs)
  expect(place.text('statuses.json')).toBe(handWritten)
})

test('operators called __proto__ and constructor are operators', async () => {
  const place = placeWith(handWritten)
  value(await place.open().transact(enter('__proto__', 'offline')))
  const { recorded } = value(await place.open().read())
  expect(recorded.stays.get('__proto__')?.status).toBe('offline')
  expect(value(await place.open().verify()).entries).toBeGreaterThan(0)
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

test('a byte order mark and Windows line ends are kept', async () => {
  const place = placeWith(`\ufeff${handWritten.replaceAll('\n', '\r\n')}`)
  value(await place.open().transact(addStatus('Lunch')))
  const text = place.text('statuses.json')
  expect(text.startsWith('\ufeff{\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toContain('\n')
})

test.each([0o600, 0o664, 0o4640])('mode %o is kept', async (mode) => {
  const place = await placeWithStore()
  chmodSync(place.path('statuses.json'), mode)
  value(await place.open().transact(addStatus('Lunch')))
  expect(modeOf(place.path('statuses.json'))).toBe(mode)
})

test.each([0o000, 0o022, 0o077, 0o777])('new files are 0640 under umask %o', async (mask) => {
  process.umask(mask)
  const place = await placeWithStore()
  value(await place.open().saveCheckpoint({}))
  const lead = value(await place.open().lead())
  value(await place.open().create(smallCatalogue, { existing: 'replace', document: toDocument(smallCatalogue) }))
  await lead?.release()
  const modes = place.names().map((name) => `${name.replace(/bak-.*/, 'bak')} ${modeOf(place.path(name)).toString(8)}`)
  expect(modes).toEqual([
    'statuses.history.jsonl 640',
    'statuses.json 640',
    'statuses.json.bak 640',
    'statuses.lock 640',
    'statuses.state.json 640',
    'statuses.watch.lock 640',
  ])
})

test('new files are 0660 where the folder is setgid and its group may write', async () => {
  const place = emptyPlace()
  chmodSync(place.folder, 0o2770)
  value(await place.open().create(smallCatalogue, { existing: 'keep', document: toDocument(smallCatalogue) }))
  expect(place.names().map((name) => modeOf(place.path(name)).toString(8))).toEqual(['660', '660', '660', '660'])
})

test.runIf(process.getuid?.() === 0)('owner and group are kept', async () => {
  const place = await placeWithStore()
  execFileSync('chown', ['1234:5678', place.path('statuses.json')])
  value(await place.open().transact(addStatus('Lunch')))
  expect(statSync(place.path('statuses.json'))).toMatchObject({ uid: 1234, gid: 5678 })
})

test('a symlinked store stays a link, and everything lies beside the real file', async () => {
  const place = emptyPlace()
  mkdirSync(place.path('real'))
  writeFileSync(place.path('real/team.json'), handWritten)
  symlinkSync('real/team.json', place.path('statuses.json'))
  value(await place.open().transact(addStatus('Lunch')))
  expect(lstatSync(place.path('statuses.json')).isSymbolicLink()).toBe(true)
  expect(readFileSync(place.path('real/team.json'), 'utf8')).toContain('lunch')
  expect(readdirSync(place.path('real')).sort()).toEqual([
    'team.history.jsonl',
    'team.json',
    'team.lock',
    'team.state.json',
  ])
  expect(place.names()).toEqual(['real', 'statuses.json'])
  expect(place.open().files().history).toBe(place.path('real/team.history.jsonl'))
})

test('links in a circle are a refusal, and the names can still be told', async () => {
  const place = emptyPlace()
  symlinkSync('statuses.json', place.path('statuses.json'))
  expect(failure(await place.open().read())).toMatchObject({ code: 'file', action: 'read', errno: 'ELOOP' })
  expect(place.open().files().history).toBe(place.path('statuses.history.jsonl'))
})

test('a link to a file that does not exist yet is created there', async () => {
  const place = emptyPlace()
  mkdirSync(place.path('real'))
  symlinkSync('real/team.json', place.path('statuses.json'))
  expect(failure(await place.open().read()).code).toBe('store-missing')
  value(await place.open().create(smallCatalogue, { existing: 'keep', document: toDocument(smallCatalogue) }))
  expect(existsSync(place.path('real/team.json'))).toBe(true)
  expect(value(await place.open().read()).catalogue).toEqual(smallCatalogue)
})

test.each(['statuses.history.jsonl', 'statuses.lock', 'statuses.state.json', 'statuses.watch.lock'])(
  'a link planted at %s is not followed',
  async (name) => {
    const place = await placeWithStore()
    writeFileSync(place.path('victim'), 'precious')
    rmSync(place.path(name), { force: true })
    symlinkSync(place.path('victim'), place.path(name))
    const store = place.open()
    await store.transact(addStatus('Lunch'))
    await store.saveCheckpoint({ at: 1 })
    const lead = await store.lead()
    if (lead.ok) await lead.value?.release()
    expect(place.text('victim')).toBe('precious')
    if (name.endsWith('.lock')) {
      const refused = name === 'statuses.lock' ? await store.transact(nothing) : await store.lead()
      expect(failure(refused)).toMatchObject({ code: 'file', file: place.path(name), action: 'lock', errno: 'ELOOP' })
    }
  },
)

test('a link to a history that lies elsewhere is not written through', async () => {
  const place = await placeWithStore()
  const elsewhere = place.text('statuses.history.jsonl')
  writeFileSync(place.path('elsewhere'), elsewhere)
  rmSync(place.path('statuses.history.jsonl'))
  symlinkSync(place.path('elsewhere'), place.path('statuses.history.jsonl'))
  expect(failure(await place.open().transact(addStatus('Lunch')))).toMatchObject({ code: 'file', errno: 'ELOOP' })
  expect(place.text('elsewhere')).toBe(elsewhere)
})

test.each(['directory', 'fifo'] as const)('a %s instead of the catalogue is refused at once', async (kind) => {
  const place = emptyPlace()
  if (kind === 'directory') mkdirSync(place.path('statuses.json'))
  else execFileSync('mkfifo', [place.path('statuses.json')])
  const refusal = { code: 'not-a-file', file: place.path('statuses.json'), found: kind }
  expect(failure(await place.open().read())).toEqual(refusal)
  expect(failure(await place.open().transact(nothing))).toEqual(refusal)
  const wish = { existing: 'replace', document: toDocument(smallCatalogue) } as const
  expect(failure(await place.open().create(smallCatalogue, wish))).toEqual(refusal)
})

test.each(['statuses.history.jsonl', 'statuses.lock'])('a FIFO planted at %s makes nothing wait', async (name) => {
  const place = await placeWithStore()
  rmSync(place.path(name), { force: true })
  execFileSync('mkfifo', [place.path(name)])
  expect(failure(await place.open().transact(nothing))).toMatchObject({ code: 'not-a-file', found: 'fifo' })
})

test.each([
  ['', 1, 1],
  ['{\n  "version": 1,\n  "statuses": [}\n', 3, 16],
  ['{"version": 1}}', 1, 15],
  ['{"version": 1,\n"statuses": [] // none\n}', 2, 16],
  ['{"version": 1,\n"statuses": [],}', 2, 16],
  [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 1, 3],
] as const)('what is not JSON is refused with its place: %j', async (text, line, column) => {
  const place = placeWith(text)
  const refusal = { code: 'not-json', file: place.path('statuses.json'), line, column, backup: null }
  expect(failure(await place.open().read())).toEqual(refusal)
  expect(failure(await place.open().transact(nothing))).toEqual(refusal)
  expect(readFileSync(place.path('statuses.json'))).toEqual(Buffer.from(text as string))
  writeFileSync(place.path('statuses.json.bak-20260101T000000Z'), '{}')
  writeFileSync(place.path('statuses.json.bak-20260201T000000Z'), '{}')
  const backup = place.path('statuses.json.bak-20260201T000000Z')
  expect(failure(await place.open().read())).toEqual({ ...refusal, backup })
})

test('a newer version and broken rules are refused, every problem at once, and left alone', async () => {
  const newer = placeWith('{"version": 2, "statuses": 7}')
  expect(failure(await newer.open().read())).toMatchObject({ code: 'newer-version', version: 2 })
  const text = handWritten.replace('"#2e7d32"', '"reddish"').replace('"Offline"', '""')
  const place = placeWith(text)
  const refused = failure(await place.open().transact(addStatus('Lunch')))
  expect(refused).toMatchObject({ code: 'invalid', source: place.path('statuses.json') })
  expect(refused.code === 'invalid' && refused.problems.map(({ path }) => path)).toEqual([
    '$.statuses[0].color',
    '$.statuses[1].name',
  ])
  expect(place.everything()).toEqual({ 'statuses.json': text })
})

test('a change that breaks a rule is not written', async () => {
  const place = await placeWithStore()
  const before = place.everything()
  const refused = await place
    .open()
    .transact((current) => ok({ catalogue: { ...current.catalogue, statuses: [] }, facts: [], value: null }))
  expect(failure(refused).code).toBe('invalid')
  expect(place.everything()).toEqual(before)
})

test('a replaced catalogue is backed up under a name with its time, twice in one second too', async () => {
  const place = placeWith('{ broken')
  const wish = { existing: 'replace', document: toDocument(smallCatalogue) } as const
  expect(value(await place.open().create(smallCatalogue, wish))).toBe('replaced')
  expect(value(await place.open().create(smallCatalogue, wish))).toBe('replaced')
  expect(place.names().filter((name) => name.includes('.bak-'))).toEqual([
    'statuses.json.bak-20261122T120000Z',
    'statuses.json.bak-20261122T120000Z-2',
  ])
  expect(place.text('statuses.json.bak-20261122T120000Z')).toBe('{ broken')
})

test('a folder that does not exist is named', async () => {
  const place = emptyPlace()
  const store = place.open({ file: place.path('nowhere/statuses.json') })
  const refused = await store.create(smallCatalogue, { existing: 'keep', document: toDocument(smallCatalogue) })
  expect(failure(refused)).toMatchObject({ code: 'file', action: 'create', errno: 'ENOENT' })
  expect(failure(await store.transact(nothing)).code).toBe('store-missing')
  expect(place.names()).toEqual([])
})

test('without a store nothing is left behind, not even a lock', async () => {
  const place = emptyPlace()
  expect(failure(await place.open().transact(nothing)).code).toBe('store-missing')
  expect(place.names()).toEqual([])
})

test('a lost catalogue whose history is there is missing too, and can be created again', async () => {
  const place = await placeWithStore()
  rmSync(place.path('statuses.json'))
  expect(failure(await place.open().transact(nothing)).code).toBe('store-missing')
  const wish = { existing: 'keep', document: toDocument(smallCatalogue) } as const
  expect(value(await place.open().create(smallCatalogue, wish))).toBe('created')
  expect(await historyOf(place.open())).toHaveLength(8)
})

test('a change by hand enters the history before the next one, dated at the modification', async () => {
  const place = await placeWithStore()
  place.clock.advance(60_000)
  const text = place.text('statuses.json')
  writeFileSync(place.path('statuses.json'), text.replace('"Online"', '"At work"'))
  const editedAt = place.clock.now() - 20_000
  utimesSync(place.path('statuses.json'), editedAt / 1000, editedAt / 1000)
  expect(value(await place.open().rehearse(enter('ana', 'online')))).toBe('offline → online')
  const { entries } = value(await place.open().transact(enter('ana', 'online')))
  expect(entries.map(told)).toEqual(['9 status-edited online', '10 status-entered ana offline→online'])
  expect(entries.map(({ at, by }) => [at, by])).toEqual([
    [editedAt, 'hand-edit'],
    [place.clock.now(), 'tester'],
  ])
  expect(value(await place.open().transact(nothing)).entries).toEqual([])
  const mark = /"catalogue":\{"before":"(\w{64})","after":"\1"\}/
  expect(
    place
      .lines('statuses.history.jsonl')
      .map((line) => mark.test(line))
      .slice(-2),
  ).toEqual([false, true])
})

test('a modification from the future is dated at the commit', async () => {
  const place = await placeWithStore()
  writeFileSync(place.path('statuses.json'), place.text('statuses.json').replace('"Online"', '"At work"'))
  utimesSync(place.path('statuses.json'), 4e9, 4e9)
  const { entries } = value(await place.open().transact(nothing))
  expect(entries).toMatchObject([{ type: 'status-edited', at: place.clock.now() }])
})

test('a catalogue that only people wrote: everybody is recorded with the first commit, once', async () => {
  const place = placeWith(handWritten)
  utimesSync(place.path('statuses.json'), 1e9, 1e9)
  let stays: string[] = []
  const { entries } = value(
    await place.open().transact((current) => {
      stays = [...current.recorded.stays].map(([id, { status }]) => `${id} ${status}`)
      return ok({ facts: [], value: null })
    }),
  )
  expect(stays).toEqual(['ana offline', '__proto__ online'])
  expect(entries.filter(({ type }) => type === 'status-entered').map(({ at }) => at)).toEqual(
    stays.map(() => place.clock.now()),
  )
  expect(entries[0]).toMatchObject({ type: 'status-created', at: 1e12 })
  expect(value(await place.open().transact(nothing)).entries).toEqual([])
})

test('a hand edit is not recorded where the change itself is refused', async () => {
  const place = await placeWithStore()
  writeFileSync(place.path('statuses.json'), place.text('statuses.json').replace('"Online"', '"At work"'))
  const before = place.everything()
  await place.open().transact(() => ({ ok: false, failure: { code: 'id-taken', of: 'status', id: 'online' } }))
  expect(place.everything()).toEqual(before)
})

test('a mere reformatting is no change', async () => {
  const place = await placeWithStore()
  writeFileSync(place.path('statuses.json'), JSON.stringify(JSON.parse(place.text('statuses.json'))))
  expect(value(await place.open().transact(nothing)).entries).toEqual([])
  expect(value(await place.open().transact(addStatus('Lunch'))).entries.map(told)).toEqual(['9 status-created lunch'])
  expect(place.text('statuses.json')).not.toContain('\n')
})

test('a store object that lives on sees an edit of the same length in the same second', async () => {
  const place = await placeWithStore()
  const store = place.open()
  const names: string[] = []
  for (const name of ['Online', 'Onlime', 'Onlive', 'Online']) {
    const text = place.text('statuses.json').replace(/"name": "Onli.e"/, `"name": "${name}"`)
    writeFileSync(place.path('statuses.json'), text)
    names.push(value(await store.read()).catalogue.statuses[0]?.name ?? '')
  }
  expect(names).toEqual(['Online', 'Onlime', 'Onlive', 'Online'])
})

test('nor does it miss one on a file system whose clock is as coarse as a second', async () => {
  const place = await placeWithStore()
  const coarse = (stat: FileStat): FileStat => ({
    ...stat,
    mtimeNs: 1n,
    ctimeNs: BigInt(place.clock.now()) * 1_000_000n,
  })
  const disk: typeof realDisk = {
    ...realDisk,
    stat: (fd) => coarse(realDisk.stat(fd)),
    statName: (file) => coarse(realDisk.statName(file)),
  }
  const store = place.open({ disk })
  expect(value(await store.read()).catalogue.statuses[0]?.name).toBe('Online')
  writeFileSync(place.path('statuses.json'), place.text('statuses.json').replace('"Online"', '"Onlime"'))
  expect(value(await store.read()).catalogue.statuses[0]?.name).toBe('Onlime')
})

test('a store object picks up after the catalogue was broken and mended', async () => {
  const place = await placeWithStore()
  const store = place.open()
  value(await store.read())
  const text = place.text('statuses.json')
  writeFileSync(place.path('statuses.json'), text.slice(0, 20))
  expect(failure(await store.read()).code).toBe('not-json')
  expect(failure(await store.transact(enter('ana', 'online'))).code).toBe('not-json')
  writeFileSync(place.path('statuses.json'), text)
  expect(value(await store.transact(enter('ana', 'online'))).entries.map(told)).toEqual([
    '9 status-entered ana offline→online',
  ])
})

test('half a line that a crash left in the history is cut off, and the next change goes on', async () => {
  const place = await placeWithStore()
  appendFileSync(place.path('statuses.history.jsonl'), '{"seq":99')
  value(await place.open().transact(addStatus('Lunch')))
  expect(place.lines('statuses.history.jsonl').map((line) => JSON.parse(line).seq)).toEqual(
    place.lines('statuses.history.jsonl').map((_, index) => index + 1),
  )
  value(await place.open().verify())
})

test("leftovers of crashed commits are removed, people's files are not", async () => {
  const place = await placeWithStore()
  for (const name of ['statuses.json.0123456789abcdef.tmp', 'statuses.state.json.0123456789abcdef.tmp']) {
    writeFileSync(place.path(name), 'x')
  }
  for (const name of ['statuses.json.tmp', 'statuses.json.mine.tmp', 'other.json.0123456789abcdef.tmp']) {
    writeFileSync(place.path(name), 'x')
  }
  value(await place.open().transact(nothing))
  expect(place.names().filter((name) => name.endsWith('.tmp'))).toEqual([
    'other.json.0123456789abcdef.tmp',
    'statuses.json.mine.tmp',
    'statuses.json.tmp',
  ])
})
