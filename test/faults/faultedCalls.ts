import { randomBytes } from 'node:crypto'
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { onTestFinished } from 'vitest'
import { binFile, type Ended, ensureBuilt, runProcess } from '../support/opstat.ts'

/** A call of the built program to the kernel that concerns the store's folder. */
export interface StoreCall {
  /** As the kernel calls it: `openat`, `pwrite64`, `fsync` … */
  readonly kind: CallKind
  /** The feed is read by another thread than the rest, which also waits for `fsync`. */
  readonly thread: 'main' | 'other'
  /** The how manieth call of its kind it is in its thread, Node's own calls included. */
  readonly nth: number
  /** The same, of those that concern the same file. */
  readonly nthOfFile: number
  /** The file's name in the folder, `.` for the folder; a temporary file has its number in place of chance. */
  readonly file: string
  /** Of an `openat`: is it to write? */
  readonly writes: boolean
}

export const callKinds = [
  'openat',
  'write',
  'pwrite64',
  'fsync',
  'fdatasync',
  'rename',
  'ftruncate',
  'unlink',
  'close',
  'fchmod',
] as const

export type CallKind = (typeof callKinds)[number]

/** What happens at a call: the process is killed, or the call fails with an errno and does nothing. */
export type Fault = 'SIGKILL' | `E${string}`

export interface Faulted extends Ended {
  readonly folder: string
  /** The calls that the fault met: strace counts them by thread, so that it can be one in each. */
  readonly met: readonly StoreCall[]
  /** What was called afterwards. */
  readonly after: readonly StoreCall[]
}

/** A command line, and the folder of which it gets a copy. */
export interface Run {
  readonly args: readonly string[]
  readonly template: string
}

/** The calls of a run without any fault. */
export async function callsOf({ args, template }: Run): Promise<StoreCall[]> {
  const { ended, calls } = await traced(args, copyOf(template), [])
  if (ended.code !== 0) throw new Error(`${args.join(' ')} ended with ${ended.code}: ${ended.stderr}`)
  return calls
}

/** Runs a command in a copy of a folder, with a fault at one of its calls. */
export async function runFaulted(
  { args, template }: Run,
  { call, fault }: { readonly call: StoreCall; readonly fault: Fault },
): Promise<Faulted> {
  let planned = call
  for (let attempt = 1; ; attempt += 1) {
    const faulted = await runOnce({ args, template }, { call: planned, fault })
    if (faulted.met.some((met) => isSame(met, call))) return faulted
    // Node opened a file more or less than before: the call is another one by number.
    const again = (await callsOf({ args, template })).find((one) => isSame(one, call))
    if (again === undefined || attempt === 5)
      throw new Error(`never met ${JSON.stringify(call)}, only ${JSON.stringify(faulted.met)}`)
    planned = again
  }
}

async function runOnce(
  { args, template }: Run,
  { call, fault }: { readonly call: StoreCall; readonly fault: Fault },
): Promise<Faulted> {
  const folder = copyOf(template)
  const what = fault === 'SIGKILL' ? 'signal=KILL' : `error=${fault}`
  // What the other thread does to a file is met among the calls for that file: the main thread has many more of others.
  const [nth, only] = sharesItsKind(call) ? [call.nthOfFile, ['-P', join(folder, call.file)]] : [call.nth, []]
  const { ended, calls } = await traced(args, folder, ['-e', `inject=${call.kind}:${what}:when=${nth}`, ...only])
  // A killed call is not marked: it is the last one of the process.
  if (fault === 'SIGKILL') return { ...ended, folder, met: calls.slice(-1), after: [] }
  const last = calls.findLastIndex(({ injected }) => injected)
  return { ...ended, folder, met: calls.filter(({ injected }) => injected), after: calls.slice(last + 1) }
}

function isSame(one: StoreCall, other: StoreCall): boolean {
  return (
    one.kind === other.kind &&
    one.file === other.file &&
    one.thread === other.thread &&
    one.nthOfFile === other.nthOfFile
  )
}

/** Does the main thread make calls of this kind, too, which strace counts for themselves? */
export function sharesItsKind({ thread, kind }: StoreCall): boolean {
  return thread === 'other' && kind !== 'fsync'
}

/** A call of the other thread can't be met where the main thread does just the same to the file: it meets the fault. */
export function isWithinReach(call: StoreCall, calls: readonly StoreCall[]): boolean {
  const twin = (one: StoreCall) => one.thread === 'main' && isSame({ ...one, thread: 'other' }, call)
  return !sharesItsKind(call) || !calls.some(twin)
}

/** A copy of a folder with all its times; removed when the test is over. */
export function copyOf(template: string): string {
  const folder = join(tmpdir(), `opstat-test-${randomBytes(6).toString('hex')}`)
  cpSync(template, folder, { recursive: true, preserveTimestamps: true })
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** With one thread for files the calls come in the same order in every run. */
export const oneThread = { UV_THREADPOOL_SIZE: '1' }

interface TracedCall extends StoreCall {
  injected: boolean
}

async function traced(
  args: readonly string[],
  folder: string,
  faults: readonly string[],
): Promise<{ readonly ended: Ended; readonly calls: TracedCall[] }> {
  ensureBuilt()
  const log = `${folder}.strace`
  const strace = ['-f', '-y', '-s', '0', '-o', log, '-e', `trace=${callKinds.join(',')}`, ...faults]
  const ended = await runProcess('strace', [...strace, process.execPath, binFile, ...args], { folder, env: oneThread })
  const calls = callsIn(readFileSync(log, 'utf8'), folder)
  rmSync(log)
  return { ended, calls }
}

/** `PID  pwrite64(18</place/statuses.lock>, ""..., 63, 0) = 63 (INJECTED)`, one a line, in order of time. */
function callsIn(log: string, folder: string): TracedCall[] {
  const counts = new Map<string, number>()
  const countUp = (key: string) => {
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count
  }
  // The main thread is gone when all others are.
  const main = /^(\d+) +\+\+\+.*\n$/m.exec(log.slice(log.lastIndexOf('\n', log.length - 2) + 1))?.[1]
  const temporary = new Set<string>()
  const latest = new Map<string, TracedCall>()
  const calls: TracedCall[] = []
  for (const line of log.split('\n')) {
    const [, pid, resumed, kind, rest = ''] = /^(\d+) +(?:(<\.\.\. )(?=\w+ resumed>))?(\w+)(.*)$/.exec(line) ?? []
    if (kind === undefined) continue
    const key = `${pid} ${kind}`
    const injected = rest.includes('(INJECTED)')
    if (resumed !== undefined) {
      const begun = latest.get(key)
      if (begun !== undefined) begun.injected ||= injected
      continue
    }
    const nth = countUp(key)
    latest.delete(key)
    const named = fileOf(rest, folder)
    if (named === null) continue
    const file = named.replace(/[0-9a-f]{16}(?=\.tmp$)/, (chance) => {
      temporary.add(chance)
      return String([...temporary].indexOf(chance) + 1)
    })
    const place = { thread: pid === main ? 'main' : 'other', nth, nthOfFile: countUp(`${key} ${file}`) } as const
    const call = { kind: kind as CallKind, ...place, file, writes: /O_RDWR|O_WRONLY/.test(rest), injected }
    latest.set(key, call)
    calls.push(call)
  }
  return calls
}

/** The name of what a call is about; null where that lies elsewhere. */
function fileOf(args: string, folder: string): string | null {
  const [, byFd, byName] = /^\((?:\d+<([^>]+)>|(?:AT_FDCWD<[^>]*>, )?"([^"]+)")/.exec(args) ?? []
  const path = byFd ?? byName
  if (path !== folder && !path?.startsWith(`${folder}/`)) return null
  return relative(folder, path) || '.'
}
