import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parseRecordObject } from '../../src/domain/records/recordFields.ts'
import { consoleSteps, typeIn } from '../support/consoleBlocks.ts'
import { createFolder, projectFolder } from '../support/opstat.ts'

const pages = ['README.md', ...readdirSync(join(projectFolder, 'docs')).map((name) => join('docs', name))].filter(
  (name) => name.endsWith('.md'),
)

test.each(pages)('every link to a file in %s leads somewhere', (page) => {
  const text = readFileSync(join(projectFolder, page), 'utf8')
  const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target as string)
  expect(targets.filter((target) => !existsSync(join(projectFolder, dirname(page), target)))).toEqual([])
})

test.each(['docs/feed.md'])('everything that %s types prints what it shows', async (page) => {
  const steps = consoleSteps(readFileSync(join(projectFolder, page), 'utf8'))
  const shown = await typeIn(steps, await createFolder())
  expect(shown.map((printed, index) => `${steps[index]?.command}\n${printed}`)).toEqual(
    steps.map(({ command, printed }) => `${command}\n${printed}`),
  )
})

test('every record that docs/feed.md shows is one', () => {
  const [, lines = ''] = readFileSync(join(projectFolder, 'docs/feed.md'), 'utf8').split('```json\n')
  const records = (lines.split('```')[0] as string).trim().split('\n')
  expect(records.length).toBeGreaterThan(6)
  for (const record of records) expect(parseRecordObject(JSON.parse(record)), record).toMatchObject({ ok: true })
})
