import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Catalogue } from '../../src/domain/catalogue/catalogue.ts'
import { toDocument } from '../../src/domain/catalogue/document.ts'
import type { Failure } from '../../src/domain/failure.ts'
import type { HistoryEntry } from '../../src/domain/history/history.ts'
import type { Result } from '../../src/domain/result.ts'
import { createFileStore } from '../../src/store/fileStore.ts'
import type { FileStoreOptions } from '../../src/store/house.ts'
import type { Store } from '../../src/store/port.ts'
import { catalogueWith } from '../support/catalogues.ts'
import { createTestClock, noon, type TestClock } from '../support/system.ts'

export { addStatus, changeCatalogue, enter, entered, nothing } from './decisions.ts'

/** A catalogue of three statuses and two operators. */
export const smallCatalogue: Catalogue = catalogueWith({ operators: [{ id: 'ana' }, { id: 'bo' }] })

export interface Place {
  readonly folder: string
  readonly clock: TestClock
  /** A new store object on the folder's `statuses.json`. */
  open(options?: Partial<FileStoreOptions>): Store
  path(name: string): string
  text(name: string): string
  lines(name: string): string[]
  names(): string[]
  /** Every file's text but the lock's, by name. */
  everything(): Record<string, string>
}

/** A folder without a store, removed when the test is over. */
export function emptyPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'opstat-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const clock = createTestClock(noon)
  const path = (name: string) => join(folder, name)
  const text = (name: string) => readFileSync(path(name), 'utf8')
  const names = () => readdirSync(folder).sort()
  return {
    folder,
    clock,
    open: (options) => createFileStore({ file: path('statuses.json'), clock, by: 'tester', ...options }),
    path,
    text,
    lines: (name) => text(name).split('\n').slice(0, -1),
    names,
    everything: () => {
      const kept = names().filter((name) => !name.endsWith('.lock'))
      return Object.fromEntries(kept.map((name) => [name, text(name)]))
    },
  }
}

/** A folder with a created store. */
export async function placeWithStore(catalogue: Catalogue = smallCatalogue): Promise<Place> {
  const place = emptyPlace()
  value(await place.open().create(catalogue, { existing: 'keep', document: toDocument(catalogue) }))
  return place
}

export function value<Value>(result: Result<Value, Failure>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.failure)}`)
  return result.value
}

export function failure(result: Result<unknown, Failure>): Failure {
  if (result.ok) throw new Error(`not refused: ${JSON.stringify(result.value)}`)
  return result.failure
}

/** What an entry tells, in a line: `3 status-entered ana null→offline`. */
export function told(entry: HistoryEntry): string {
  const head = `${entry.seq} ${entry.type}`
  switch (entry.type) {
    case 'status-entered':
      return `${head} ${entry.operator} ${entry.from}→${entry.to}`
    case 'status-created':
    case 'status-deleted':
      return `${head} ${entry.status.id}`
    case 'status-edited':
      return `${head} ${entry.after.id}`
    case 'operator-added':
    case 'operator-removed':
      return `${head} ${entry.operator.id}`
    default:
      return head
  }
}

export async function historyOf(store: Store): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = []
  for await (const entry of store.history()) entries.push(value(entry))
  return entries
}
