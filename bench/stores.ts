import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { catalogueText } from './generating/catalogue.ts'
import { writePieces } from './generating/generate.ts'
import { type Ground, opstatJob } from './ground.ts'
import { type Job, plainEnv } from './measuring/measurer.ts'

export interface StoreSize {
  readonly statuses?: number
  readonly operators: number
}

/** So long opstat does not trust a changed file to stand still; nobody edits a catalogue so often. */
const settlingMs = 2100

/** A folder with nothing but a catalogue of this size in it. */
export function storeFolder(ground: Ground, name: string, { statuses = 50, operators }: StoreSize): string {
  const folder = join(ground.folder, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  writePieces(join(folder, 'statuses.json'), catalogueText({ statuses, operators }))
  return folder
}

/** A store that commands have worked on for a while: its caches know the catalogue, and that it stands still. */
export function usedStore(ground: Ground, size: StoreSize): string {
  const folder = storeFolder(ground, `used-${size.statuses}-${size.operators}`, size)
  settle()
  for (const status of ['on-break', 'online']) run(ground, folder, `operator set-status op-000003 ${status}`)
  return folder
}

/** Waits until what was changed counts as standing still. */
export function settle(ms: number = settlingMs): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

/** Runs opstat unmeasured, to prepare something. */
export function run(ground: Ground, folder: string, line: string): string {
  const { words, cwd }: Job = opstatJob(ground, folder, line)
  const [program = '', ...args] = words
  return execFileSync(program, args, {
    cwd,
    env: plainEnv(ground.folder),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 30,
  })
}

/** The files of a store that commands change. */
const storeFiles = ['statuses.json', 'statuses.history.jsonl', 'statuses.state.json'] as const

/** Keeps these files of a store as they are now; what is answered puts them back. */
export function keepStore(folder: string, files: readonly (typeof storeFiles)[number][] = storeFiles): () => void {
  const kept = (file: string) => join(folder, `${file}.kept`)
  const there = files.filter((file) => existsSync(join(folder, file)))
  for (const file of there) copyFileSync(join(folder, file), kept(file))
  return () => {
    for (const file of files) {
      if (there.includes(file)) copyFileSync(kept(file), join(folder, file))
      else rmSync(join(folder, file), { force: true })
    }
  }
}
