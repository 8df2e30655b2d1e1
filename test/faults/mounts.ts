import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { has, isRoot, notTried } from '../support/machine.ts'

export type FileSystem = 'ext4' | 'xfs'

const imageBytes: Readonly<Record<FileSystem, number>> = { ext4: 16 * 2 ** 20, xfs: 320 * 2 ** 20 }

/** May this account mount a file system out of a file here, or a small one in memory? The reason is told where not. */
export function canMount(kind: FileSystem | 'tmpfs'): boolean {
  if (!isRoot() || !has('mount', ...(kind === 'tmpfs' ? [] : [`mkfs.${kind}`]))) return false
  const place = mkdtempSync(join(tmpdir(), 'opstat-mount-'))
  try {
    const mounted =
      kind === 'tmpfs' ? mountTmpfs(join(place, 'at')) : mount(createImage(kind, place), join(place, 'at'), kind)
    spawnSync('umount', [join(place, 'at')])
    return mounted === null || notTried(`${kind} can't be mounted here: ${mounted}`)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** A new file system in a file, mounted until the test is over. */
export function mountedImage(kind: FileSystem): { readonly image: string; readonly at: string } {
  const place = temporary()
  const image = createImage(kind, place)
  const at = join(place, 'at')
  requireMounted(mount(image, at, kind))
  return { image, at }
}

/** What the device holds at this moment, without what the system has yet to write, mounted as after a power cut. */
export function mountedAfterPowerCut(image: string, kind: FileSystem): string {
  const place = temporary()
  const copy = join(place, 'image')
  run('cp', '--sparse=always', image, copy)
  const at = join(place, 'at')
  requireMounted(mount(copy, at, kind))
  return at
}

/** A file system in memory with so much room, mounted until the test is over. */
export function mountedTmpfs(size: string): string {
  const at = join(temporary(), 'at')
  requireMounted(mountTmpfs(at, size))
  return at
}

/** Changes a mount's options: `ro`, `rw`, `size=1m`. */
export function remount(at: string, option: string): void {
  run('mount', '-o', `remount,${option}`, at)
}

/** A folder in which something is mounted at `at`; gone when the test is over. */
function temporary(): string {
  const place = mkdtempSync(join(tmpdir(), 'opstat-mount-'))
  onTestFinished(() => {
    // Whatever still runs there must not keep the folder from being removed.
    spawnSync('umount', ['--lazy', join(place, 'at')])
    rmSync(place, { recursive: true, force: true })
  })
  return place
}

function createImage(kind: FileSystem, place: string): string {
  const image = join(place, 'image')
  closeSync(openSync(image, 'w'))
  truncateSync(image, imageBytes[kind])
  run(`mkfs.${kind}`, '-q', image)
  return image
}

/** Answers the reason where it can't be. */
function mount(image: string, at: string, kind: FileSystem): string | null {
  mkdirSync(at)
  // Nothing is written in the background for longer than a test takes; an image and its copy have one identity.
  const options = kind === 'ext4' ? 'loop,commit=300' : 'loop,nouuid'
  const { status, stderr } = spawnSync('mount', ['-t', kind, '-o', options, image, at], { encoding: 'utf8' })
  return status === 0 ? null : stderr.trim()
}

function mountTmpfs(at: string, size = '64k'): string | null {
  mkdirSync(at)
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at], {
    encoding: 'utf8',
  })
  return status === 0 ? null : stderr.trim()
}

function requireMounted(reason: string | null): void {
  if (reason !== null) throw new Error(reason)
}

function run(command: string, ...args: readonly string[]): void {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`)
}
