import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { opstat as runOpstat } from '../../src/cli.ts'
import type { Tree } from '../../src/commands/declaring/tree.ts'
import { createFakeSystem, type World } from './system.ts'

export const projectFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface EndedHere extends Ended {
  readonly folder: string
  readonly questions: readonly string[]
  /** A file's text as it is now. */
  text(name: string): string
}

export type Files = Readonly<Record<string, string | object>>

/** A new folder with these files (objects as JSON); removed when the test is over. */
export async function createFolder(files: Files = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'opstat-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`)
  }
  return folder
}

/**
 * Runs one command line in this process, against real files in a folder of its own (or `folder`) and a made-up
 * outside world. Arguments are given as one text, split at blanks, or as a list.
 */
export async function opstat(
  args: string | readonly string[],
  around: Partial<World> & { readonly files?: Files; readonly folder?: string; readonly tree?: Tree } = {},
): Promise<EndedHere> {
  const { files, folder: given, tree, ...world } = around
  const folder = given ?? (await createFolder(files))
  const system = createFakeSystem({ cwd: folder, ...world })
  const argv = typeof args === 'string' ? args.split(' ').filter((word) => word !== '') : args
  const code = await (tree === undefined ? runOpstat(argv, system) : runOpstat(argv, system, tree))
  return {
    code,
    ...system.written,
    folder,
    questions: system.questions,
    text: (name) => readFileSync(join(folder, name), 'utf8'),
  }
}

export interface ProcessOptions {
  readonly folder: string
  /** What standard input holds; nothing (`/dev/null`) where absent. */
  readonly stdin?: string
  readonly env?: Readonly<Record<string, string>>
}

export const binFile = join(projectFolder, 'bin/opstat.js')

/** Surroundings without a developer's own settings. */
export const cleanEnv: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  HOME: tmpdir(),
  LANG: 'C.UTF-8',
}

let built = false

/** Builds what is stale, once for a test file. */
export function ensureBuilt(): void {
  if (built) return
  const { status, stderr } = spawnSync(process.execPath, [join(projectFolder, 'tools/build.js')], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the build failed: ${stderr}`)
  built = true
}

/** What bin/opstat.js exports. */
interface Starter {
  createLoader(dist: string, options: { command: string; learns: boolean }): { load(id: string): unknown }
}

/** What a module in a chunk of the built program exports; `name` is one of its exports. */
export function builtModule<Module extends object>(chunk: string, name: keyof Module & string): Module {
  ensureBuilt()
  const { createLoader } = createRequire(import.meta.url)(binFile) as Starter
  const { load } = createLoader(join(projectFolder, 'dist'), { command: '', learns: false })
  load('./main.js')
  const modules = Object.values(load(`./${chunk}.js`) as Record<string, Partial<Module>>)
  const module = modules.find((exports) => exports[name] !== undefined)
  if (module === undefined) throw new Error(`dist/${chunk}.js has no module that exports ${name}`)
  return module as Module
}

/** Runs the built program as a process of its own. */
export function opstatProcess(args: readonly string[], options: ProcessOptions): Promise<Ended> {
  ensureBuilt()
  return runProcess(process.execPath, [binFile, ...args], options)
}

/** Runs lines in bash, where `opstat` is the built program, found on the path as after an installation. */
export function shell(script: string, options: ProcessOptions): Promise<Ended> {
  ensureBuilt()
  const path = `${installedFolder()}:${dirname(process.execPath)}:${cleanEnv.PATH}`
  return runProcess('bash', ['-c', script], { ...options, env: { ...options.env, PATH: path } })
}

let installed: string | undefined

function installedFolder(): string {
  if (installed === undefined) {
    installed = mkdtempSync(join(tmpdir(), 'opstat-bin-'))
    symlinkSync(binFile, join(installed, 'opstat'))
    const folder = installed
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  }
  return installed
}

export function runProcess(command: string, args: readonly string[], options: ProcessOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.folder,
      env: { ...cleanEnv, ...options.env },
      stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr?.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(options.stdin)
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === 'SIGTERM' ? 143 : 130), stdout, stderr }))
  })
}
