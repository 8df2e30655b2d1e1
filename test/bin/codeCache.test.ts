import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { has, isRoot } from '../support/machine.ts'
import { type Ended, ensureBuilt, projectFolder, runProcess } from '../support/opstat.ts'
import { createProbe } from '../support/startProbe.ts'

/*
 * Code caches are an advantage alone: whatever becomes of them, and wherever the program lies, every command does the
 * same and says nothing of them.
 */

const version = `${process.version}-${process.arch}`
/** Where V8's bytes begin in a cache, and where in them the version of V8 stands. */
const [headLength, stampLength, versionAt] = [24, 16, 4]
const lines = ['--version', 'init', 'status create Lunch', 'status list -o json', 'nonsense']

const probe = createProbe()
afterAll(() => probe.remove())

let expected: readonly Ended[]

beforeAll(async () => {
  ensureBuilt()
  expected = await saidBy([process.execPath, join(projectFolder, 'bin/opstat.js')])
  expect(expected.map(({ code }) => code)).toEqual([0, 0, 0, 0, 2])
})

/** What all lines say, one after the other in a new folder that everybody may use. */
async function saidBy(program: readonly string[]): Promise<Ended[]> {
  const folder = openFolder()
  const [command = '', ...args] = program
  const said: Ended[] = []
  for (const line of lines) {
    const ended = await runProcess(command, [...args, ...line.split(' ')], { folder })
    said.push({ ...ended, stderr: ended.stderr.replaceAll(folder, '.') })
  }
  rmSync(folder, { recursive: true, force: true })
  return said
}

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'opstat-cache-'))
  chmodSync(folder, 0o777)
  return folder
}

/** The built program once more, where a test may do with it what it likes. */
function install() {
  const root = openFolder()
  onTestFinished(() => {
    chmodTree(root, 0o700)
    rmSync(root, { recursive: true, force: true })
  })
  for (const name of ['bin', 'dist']) cpSync(join(projectFolder, name), join(root, name), { recursive: true })
  chmodTree(root, 0o755)
  const bin = join(root, 'bin/opstat.js')
  const cache = join(root, 'dist/cache')
  return {
    root,
    bin,
    cache,
    caches: () => filesUnder(cache),
    /** A digest of each cache. */
    sums: () => filesUnder(cache).map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
    /** What V8 made of the caches of a command that has none of its own. */
    async start(flags: readonly string[] = []) {
      const args = [...probe.flags, ...flags, bin, 'schema']
      const { code, stderr } = await runProcess(process.execPath, args, { folder: root, env: probe.env })
      expect([code, stderr]).toEqual([0, ''])
      expect(probe.told().chunks.length).toBeGreaterThan(1)
      return [...new Set(probe.told().chunks.map(({ cache }) => cache))]
    },
  }
}

type Installed = ReturnType<typeof install>

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function chmodTree(folder: string, mode: number): void {
  chmodSync(folder, mode)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) chmodTree(path, mode)
    else chmodSync(path, mode)
  }
}

/** Changes every cache in place. */
function spoil(change: (bytes: Buffer) => Buffer): (installed: Installed) => void {
  return ({ caches }) => {
    for (const file of caches()) writeFileSync(file, change(readFileSync(file)))
  }
}

function flipped(bytes: Buffer, place: number): Buffer {
  const other = Buffer.from(bytes)
  other[place] = (other[place] ?? 0) ^ 0x10
  return other
}

/** V8's bytes stand twice between the head and the last stamp. */
function half(bytes: Buffer): number {
  return (bytes.length - headLength - stampLength) / 2
}

test('the caches that the build made are taken, also by commands that have none of their own', async () => {
  const { start, sums } = install()
  const before = sums()
  expect(await start()).toEqual(['taken'])
  expect(sums()).toEqual(before)
})

test('a command that gives V8 other flags leaves no caches that others can not take', async () => {
  const { root, bin, cache, start } = install()
  rmSync(cache, { recursive: true })
  const day = join(projectFolder, 'examples/bank-day')
  const args = ['--store', join(day, 'statuses.json'), '--heartbeats', join(day, 'feed.jsonl'), '-o', 'json']
  const { code } = await runProcess(process.execPath, [bin, 'presence', 'simulate', ...args], { folder: root })
  expect(code).toBe(0)
  expect(await start()).toEqual(['none'])
  expect(await start()).toEqual(['taken'])
})

describe('a cache that is not the one that was made', () => {
  test.each<readonly [string, (installed: Installed) => void]>([
    ['is missing', ({ cache }) => rmSync(cache, { recursive: true })],
    [
      'is of another version of Node',
      ({ cache }) => {
        rmSync(join(cache, 'v20.0.0-x64'), { recursive: true, force: true })
        renameSync(join(cache, version), join(cache, 'v20.0.0-x64'))
      },
    ],
    ['is empty', spoil(() => Buffer.alloc(0))],
    ['is cut off in the head', spoil((bytes) => bytes.subarray(0, 20))],
    ['is cut off in the middle', spoil((bytes) => bytes.subarray(0, bytes.length / 2))],
    ['lacks its last byte', spoil((bytes) => bytes.subarray(0, -1))],
    ['has a byte too many', spoil((bytes) => Buffer.concat([bytes, Buffer.from('x')]))],
    ['is all zeros', spoil((bytes) => Buffer.alloc(bytes.length))],
    ['has zeros in the middle', spoil((bytes) => Buffer.from(bytes).fill(0, 200, 300))],
    ['was made for another text', spoil((bytes) => flipped(bytes, 3))],
    ['has a bit of the code flipped', spoil((bytes) => flipped(bytes, headLength + Math.floor(half(bytes) / 2)))],
    [
      'has a bit of its second half flipped',
      spoil((bytes) => flipped(bytes, headLength + Math.floor(half(bytes) * 1.7))),
    ],
    [
      'is the one of another chunk',
      ({ cache, caches }) => {
        const yaml = join(cache, version, 'yaml.js.cache')
        for (const file of caches()) if (basename(file) !== 'yaml.js.cache') copyFileSync(yaml, file)
      },
    ],
    [
      'is a link to nothing',
      ({ caches }) => {
        for (const file of caches()) {
          rmSync(file)
          symlinkSync('/nowhere/at/all', file)
        }
      },
    ],
  ])('%s: it is not given to V8, commands do the same, and it is made anew', async (_, happen) => {
    const installed = install()
    happen(installed)
    expect(await installed.start()).toEqual(['none'])
    expect(await installed.start()).toEqual(['taken'])
    happen(installed)
    expect(await saidBy([process.execPath, installed.bin])).toEqual(expected)
  })

  test('holds whatever bit is flipped', async () => {
    const { bin, cache } = install()
    const file = join(cache, version, '--version-/main.js.cache')
    const sound = readFileSync(file)
    const places = Array.from({ length: 32 }, (_, index) => Math.floor((sound.length * (index + 0.5)) / 32))
    for (const place of places) {
      writeFileSync(file, flipped(sound, place))
      const ended = await runProcess(process.execPath, [bin, '--version'], { folder: cache })
      expect({ place, ...ended }).toEqual({ place, ...expected[0] })
    }
  })

  test('is a folder: commands do the same, and leave nothing behind that grows', async () => {
    const installed = install()
    for (const file of installed.caches()) {
      rmSync(file)
      mkdirSync(file)
    }
    expect(await saidBy([process.execPath, installed.bin])).toEqual(expected)
    expect(await installed.start()).toEqual(['none'])
    expect(installed.caches()).toEqual([])
  })
})

describe('a cache that V8 does not take', () => {
  test.each<readonly [string, (installed: Installed) => void, readonly string[]]>([
    ['was made under other flags', () => undefined, ['--no-flush-bytecode']],
    [
      'was made by another version of V8',
      spoil((bytes) => {
        const place = headLength + versionAt
        return flipped(flipped(bytes, place), place + half(bytes))
      }),
      [],
    ],
  ])('%s: commands do the same, and it stays for those who can use it', async (_, happen, flags) => {
    const installed = install()
    happen(installed)
    const before = installed.sums()
    expect(await installed.start(flags)).toEqual(['rejected'])
    expect(await saidBy([process.execPath, ...flags, installed.bin])).toEqual(expected)
    expect(installed.sums()).toEqual(before)
  })
})

describe('where the account may not write', () => {
  test.each<readonly [string, (installed: Installed) => void]>([
    ['the program', ({ cache }) => rmSync(cache, { recursive: true })],
    [
      'nor read the caches',
      ({ caches }) => {
        for (const file of caches()) chmodSync(file, 0o600)
      },
    ],
    ['nor enter the folder of caches', ({ cache }) => chmodSync(cache, 0o700)],
    [
      'the folder of caches, though the program',
      ({ cache }) => {
        rmSync(cache, { recursive: true })
        mkdirSync(cache, { mode: 0o755 })
        chmodSync(dirname(cache), 0o777)
      },
    ],
  ])('%s, which another account owns, commands do the same and leave nothing there', async (_, happen) => {
    if (!isRoot() || !has('setpriv')) return
    const installed = install()
    happen(installed)
    const before = filesUnder(installed.root)
    const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, installed.bin]
    expect(await saidBy(asNobody)).toEqual(expected)
    expect(filesUnder(installed.root)).toEqual(before)
  })

  test('its own program, commands do the same', async () => {
    const installed = install()
    rmSync(installed.cache, { recursive: true })
    chmodTree(installed.root, 0o555)
    expect(await saidBy([process.execPath, installed.bin])).toEqual(expected)
  })
})

test('where the disk has no room for caches, commands do the same and leave no half of one behind', async () => {
  const installed = install()
  rmSync(installed.cache, { recursive: true })
  const program = ['bash', '-c', 'ulimit -f 16; exec "$0" "$@"', process.execPath, installed.bin]
  expect(await saidBy(program)).toEqual(expected)
  expect(
    installed.caches().filter((file) => readFileSync(file).length > 16 * 1024 || !file.endsWith('.cache')),
  ).toEqual([])
})
