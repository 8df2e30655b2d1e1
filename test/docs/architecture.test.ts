import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from '../support/opstat.ts'

/** The folders of src, and those in them: `domain`, `domain/rule`. */
function roomsOfSource(): string[] {
  const foldersIn = (path: string) =>
    readdirSync(join(projectFolder, 'src', path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(path, name))
  const rooms = foldersIn('.')
  return [...rooms, ...rooms.flatMap(foldersIn)].sort()
}

test('docs/architecture.md names every room of src, and no other', () => {
  const page = readFileSync(join(projectFolder, 'docs/architecture.md'), 'utf8')
  const rooms = roomsOfSource()
  const tops = rooms.filter((room) => !room.includes('/'))
  const named = [...page.matchAll(/`([a-z]+(?:\/[A-Za-z]+)?)`/g)].map(([, name]) => name as string)
  const ours = named.filter((name) => tops.includes(name.split('/')[0] as string))
  expect([...new Set(ours)].sort()).toEqual(rooms)
})
