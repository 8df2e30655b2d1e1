import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a start of the built program took to be ready, and what it loaded besides. */
export interface Start {
  /** Chunks, each with what became of its code cache. */
  readonly chunks: readonly { readonly name: string; readonly cache: 'taken' | 'rejected' | 'none' }[]
  /** What was read below dist, by its path there. */
  readonly files: readonly string[]
  /** Modules of Node that are not there anyway. */
  readonly builtins: readonly string[]
}

export interface Probe {
  /** Arguments for Node, before the program's. */
  readonly flags: readonly string[]
  /** What the process that ended last has told. */
  told(): Start
}

/** Runs before the program, in its process, and writes to a file at the end what happened. */
const source = `
const vm = require('node:vm')
const fs = require('node:fs')
const { builtinModules } = require('node:module')
const there = new Set(process.moduleLoadList)
const { Script } = vm
const { openSync, writeFileSync } = fs
const start = { chunks: [], files: [], builtins: [] }
fs.openSync = (file, ...rest) => {
  const fd = openSync(file, ...rest)
  const inDist = String(file).split('/dist/').slice(1)
  if (rest.length === 0) start.files.push(...inDist)
  return fd
}
vm.Script = class extends Script {
  constructor(code, options) {
    super(code, options)
    const cache = options.cachedData === undefined ? 'none' : this.cachedDataRejected ? 'rejected' : 'taken'
    start.chunks.push({ name: options.filename.split('/').pop(), cache })
  }
}
process.on('exit', () => {
  const loaded = process.moduleLoadList.filter((name) => !there.has(name)).map((name) => name.replace('NativeModule ', ''))
  start.builtins = builtinModules.filter((name) => loaded.includes(name))
  writeFileSync(process.env.START_TOLD, JSON.stringify(start))
})
`

/** Tells of starts through a file in a folder; `env` says where. */
export function createProbe(): Probe & { readonly env: { readonly START_TOLD: string }; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'opstat-probe-'))
  const [script, told] = [join(folder, 'probe.cjs'), join(folder, 'told.json')]
  writeFileSync(script, source)
  return {
    flags: ['--require', script],
    env: { START_TOLD: told },
    told: () => JSON.parse(readFileSync(told, 'utf8')) as Start,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
