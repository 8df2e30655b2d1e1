import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { consoleSteps, typeIn } from '../support/consoleBlocks.ts'
import { createFolder, projectFolder } from '../support/opstat.ts'

test('everything that the README types prints what the README shows', async () => {
  const steps = consoleSteps(await readFile(join(projectFolder, 'README.md'), 'utf8'))
  expect(steps.length).toBeGreaterThan(8)
  const folder = await createFolder({
    'morning.yaml': await readFile(join(projectFolder, 'examples/scenarios/morning.yaml'), 'utf8'),
  })
  const shown = await typeIn(steps, folder)
  expect(shown.map((printed, index) => `${steps[index]?.command}\n${printed}`)).toEqual(
    steps.map(({ command, printed }) => `${command}\n${printed}`),
  )
})

test('the README opens with the two commands', async () => {
  const readme = await readFile(join(projectFolder, 'README.md'), 'utf8')
  const [first] = readme.split('## ') as [string]
  expect(first).toContain('npm start')
  expect(first).toContain('npm test')
})
