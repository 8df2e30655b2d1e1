import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { onTestFinished } from 'vitest'
import { projectFolder } from '../support/opstat.ts'

const bundle = join(projectFolder, `node_modules/.cache/opstat-test/storeChild-${process.pid}.mjs`)
let bundled: Promise<unknown> | null = null

export interface Child {
  readonly process: ChildProcess
  /** The lines it wrote so far. */
  readonly lines: string[]
  /** Resolves with the first line. */
  readonly firstLine: Promise<string>
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly stderr: string }>
}

/** Starts `storeChild.ts` as a process of its own; killed with the test at the latest. */
export async function startChild(args: readonly string[]): Promise<Child> {
  bundled ??= bundleChild()
  await bundled
  const child = spawn(process.execPath, [bundle, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: string[] = []
  let rest = ''
  let stderr = ''
  let heard: (line: string) => void = () => undefined
  const firstLine = new Promise<string>((resolve) => {
    heard = resolve
  })
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    if (parts[0] !== undefined) heard(parts[0])
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  child.stdin.on('error', () => undefined)
  const ended = new Promise<{ code: number | null; signal: string | null; stderr: string }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stderr }))
  })
  return { process: child, lines, firstLine, ended }
}

/** Beside the packages, so that the native library is found. */
async function bundleChild(): Promise<void> {
  const build = await rolldown({
    input: join(projectFolder, 'test/store/storeChild.ts'),
    platform: 'node',
    external: ['fs-native-extensions'],
  })
  await build.write({ file: bundle, format: 'esm', codeSplitting: false })
  await build.close()
  process.on('exit', () => rmSync(bundle, { force: true }))
}
