import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeTextFile } from '../../src/formats/textFile.ts'
import { createFolder } from '../support/opstat.ts'

test("a new file is for its owner and group, and for a shared folder's group to write", async () => {
  const folder = await createFolder()
  expect(await written(folder)).toEqual(['<p>', '0640'])
  const shared = join(folder, 'shared')
  mkdirSync(shared)
  chmodSync(shared, 0o2770)
  expect(await written(shared)).toEqual(['<p>', '0660'])
})

test('a file that is there keeps its mode and nothing of its text', async () => {
  const folder = await createFolder()
  writeFileSync(join(folder, 'page.html'), 'longer than before')
  chmodSync(join(folder, 'page.html'), 0o604)
  expect(await written(folder)).toEqual(['<p>', '0604'])
})

test('what the system refuses is named', async () => {
  const folder = await createFolder()
  const gone = join(folder, 'gone', 'page.html')
  expect(await writeTextFile(gone, '<p>')).toMatchObject({ failure: { file: gone, action: 'write', errno: 'ENOENT' } })
  expect(await writeTextFile(folder, '<p>')).toMatchObject({ failure: { file: folder, errno: 'EISDIR' } })
})

async function written(folder: string): Promise<[text: string, mode: string]> {
  const file = join(folder, 'page.html')
  expect(await writeTextFile(file, '<p>')).toEqual({ ok: true, value: undefined })
  return [readFileSync(file, 'utf8'), (statSync(file).mode & 0o777).toString(8).padStart(4, '0')]
}
