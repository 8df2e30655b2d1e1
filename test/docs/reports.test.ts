import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { consoleSteps, typeIn } from '../support/consoleBlocks.ts'
import { createFolder, projectFolder } from '../support/opstat.ts'

test('everything that docs/reports.md types prints what it shows', async () => {
  const steps = consoleSteps(readFileSync(join(projectFolder, 'docs/reports.md'), 'utf8'))
  const shown = await typeIn(steps, await createFolder())
  expect(shown.map((printed, index) => `${steps[index]?.command}\n${printed}`)).toEqual(
    steps.map(({ command, printed }) => `${command}\n${printed}`),
  )
})
