import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tree } from '../src/cli.ts'
import { leavesOf } from '../src/commands/declaring/tree.ts'
import { parseCatalogue } from '../src/domain/catalogue/rules/rules.ts'
import { createFolder, projectFolder, shell } from './support/opstat.ts'

const leaves = leavesOf(tree).map(([path, leaf]) => [path.join(' '), leaf] as const)

// In the order in which they stand in the help, in one folder: an example may use what an earlier one made.
test.each(leaves)('every example in the help of %s runs', async (_name, leaf) => {
  const { examples, stopsItself } = await leaf.load()
  expect(examples.length).toBeGreaterThan(0)
  const folder = await createFolder()
  for (const file of ['examples', 'statuses.example.json']) {
    cpSync(join(projectFolder, file), join(folder, file), { recursive: true })
  }
  expect(await shell('opstat init', { folder })).toMatchObject({ code: 0 })
  for (const line of examples) {
    const ended = await shell(stopsItself === true ? stoppedSoon(line) : line, { folder })
    // 10 says that differences were found, which is an answer too.
    expect([0, 10], `${line}\n${ended.stderr}`).toContain(ended.code)
  }
})

/** A command that runs until it is stopped is stopped after a moment. */
function stoppedSoon(line: string): string {
  return `${line} & pid=$!; (sleep 1; kill -TERM $pid 2>/dev/null) & wait $pid`
}

test('the example catalogue is valid, and so is the real day', () => {
  for (const file of ['statuses.example.json', 'examples/bank-day/statuses.json']) {
    expect(parseCatalogue(JSON.parse(readFileSync(join(projectFolder, file), 'utf8')))).toMatchObject({ ok: true })
  }
})
