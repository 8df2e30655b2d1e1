import { closeSync } from 'node:fs'
import { type Disk, realDisk } from '../../src/store/disk/disk.ts'

/** Thrown where the process would have died; nothing may catch it. */
export class Killed extends Error {}

export interface BrokenDisk {
  readonly disk: Disk
  /** How many calls were made so far, and the name of the last one. */
  readonly calls: () => number
  readonly last: () => string
  /** What the kernel does for a dead process: its descriptors, and so its locks, are gone. */
  readonly bury: () => void
}

type Break = (call: { readonly number: number; readonly name: string }) => 'go on' | Error

/** The real disk, where every call may be made to fail. After `Killed` every further call fails too. */
export function breakableDisk(decide: Break): BrokenDisk {
  let number = 0
  let last = ''
  let dead = false
  const open = new Set<number>()
  const before = (name: string) => {
    if (dead) throw new Killed(name)
    number += 1
    last = name
    const outcome = decide({ number, name })
    if (outcome === 'go on') return
    dead = outcome instanceof Killed
    throw outcome
  }
  const wrapped = Object.entries(realDisk).map(([name, call]) => [
    name,
    (...args: unknown[]) => {
      if (name === 'fsync' || name === 'tryLock') {
        return Promise.resolve().then(() => {
          before(name)
          return (call as (...args: unknown[]) => unknown)(...args)
        })
      }
      before(name)
      const value = (call as (...args: unknown[]) => unknown)(...args)
      if (name === 'open') open.add(value as number)
      if (name === 'close') open.delete(args[0] as number)
      return value
    },
  ])
  return {
    disk: Object.fromEntries(wrapped) as Disk,
    calls: () => number,
    last: () => last,
    bury: () => {
      for (const fd of open) closeSync(fd)
      open.clear()
    },
  }
}

export function diesAt(n: number): BrokenDisk {
  return breakableDisk(({ number, name }) => (number === n ? new Killed(name) : 'go on'))
}

export function failsAt(n: number, errno: string): BrokenDisk {
  return breakableDisk(({ number, name }) => (number === n ? errnoError(errno, name) : 'go on'))
}

/** From the n-th call on, every call of these names fails. */
export function failsFrom(n: number, errno: string, names: readonly (keyof Disk)[]): BrokenDisk {
  return breakableDisk(({ number, name }) =>
    number >= n && names.includes(name as keyof Disk) ? errnoError(errno, name) : 'go on',
  )
}

function errnoError(code: string, name: string): Error {
  return Object.assign(new Error(`${code}: ${name}`), { code })
}
