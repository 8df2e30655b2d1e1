import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toDocument } from '../../src/domain/catalogue/document.ts'
import { anyCatalogue } from '../support/catalogues.ts'
import { createFolder, opstat } from '../support/opstat.ts'

const handMade = `{
    "version": 1, "x-owner": "ops",
    "statuses": [
        {"name": "Online", "color": "GREEN", "canReceive": true},
        {"name": "Away", "color": "#888", "x-sid": "WA1", "__proto__": {"a": 1}}
    ],
    "settings": {"defaultOffline": "away", "x-note": [1]}
}
`

test('an export says everything, the keys of others included, and changes nothing when it is applied', async () => {
  const folder = await createFolder({ 'statuses.json': handMade })
  const { stdout } = await opstat('export', { folder })
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    statuses: [
      { id: 'online', name: 'Online', color: '#008000', canReceive: true, countAfterClose: false },
      JSON.parse(
        '{"id":"away","name":"Away","color":"#888888","canReceive":false,"countAfterClose":false,"x-sid":"WA1","__proto__":{"a":1}}',
      ),
    ],
    settings: {
      defaultOffline: 'away',
      autoOffline: { enabled: false, status: null },
      offlineAfter: '10m',
      sessionTimeout: '2m',
      feedTimeout: '1m',
      massGuard: null,
      access: 'open',
      'x-note': [1],
    },
    calendars: [],
    operators: [],
    'x-owner': 'ops',
  })
  for (const format of ['json', 'yaml']) {
    const exported = await opstat(`export --format ${format}`, { folder })
    const applied = await opstat('apply -f - --prune', { folder, stdin: exported.stdout })
    expect(applied).toMatchObject({ code: 0, stderr: 'standard input: nothing to change\n' })
    expect(applied.text('statuses.json')).toBe(handMade)
  }
})

test('whatever the catalogue: its export changes nothing here, and makes an empty one elsewhere the same', async () => {
  await fc.assert(
    fc.asyncProperty(anyCatalogue, fc.constantFrom('json', 'yaml'), async (catalogue, format) => {
      const document = JSON.parse(JSON.stringify(toDocument(catalogue)))
      const folder = await createFolder({ 'statuses.json': document })
      const { stdout } = await opstat(`export --format ${format}`, { folder })
      expect((await opstat('diff --prune -f -', { folder, stdin: stdout })).code).toBe(0)
      const elsewhere = await createFolder({ 'statuses.json': { version: 1, statuses: [] } })
      expect((await opstat('apply -f -', { folder: elsewhere, stdin: stdout })).stderr).not.toContain('error')
      expect(JSON.parse((await opstat('export', { folder: elsewhere })).stdout)).toEqual(document)
    }),
    { numRuns: 40 },
  )
})

test('-o says the format too, and contradictions are usage', async () => {
  const folder = await createFolder({ 'statuses.json': handMade })
  const yaml = (await opstat('export --format yaml', { folder })).stdout
  expect((await opstat('export -o yaml', { folder })).stdout).toBe(yaml)
  expect((await opstat('export --format yaml -o json', { folder })).code).toBe(2)
  for (const format of ['csv', 'name']) {
    const { code, stdout, stderr } = await opstat(`export -o ${format}`, { folder })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`a manifest is JSON or YAML, not ${format}`)
  }
})
