import { basename } from 'node:path'
import type { FeedFiles, FileFacts } from '../../src/feed/feedFiles.ts'
import type { Disk } from '../../src/store/disk/disk.ts'
import type { Dice } from './dice.ts'
import type { Machine, Process } from './machine.ts'
import { errno, type Inode, type MemoryDisk } from './memoryDisk.ts'

/** What may go wrong with a call at present. */
export interface Trouble {
  /** How likely a call fails, from 0 to 1. */
  errnoRate: number
  shortWrites: boolean
  /** The feed can't be opened or read. */
  feedErrno: string | null
}

export interface Site {
  readonly machine: Machine
  readonly disk: MemoryDisk
  readonly dice: Dice
  readonly trouble: Trouble
  /** What processes that nobody waits for do between two calls of another: the back end writes. */
  readonly meanwhile: () => void
  /** A process has the lock of a file, has written into one. */
  readonly onLock: (process: Process, file: Inode) => void
  readonly onWrite: (process: Process, file: Inode) => void
}

/** Which errors a call may meet. */
const errnos: Partial<Record<keyof Disk, readonly string[]>> = {
  open: ['EMFILE', 'EACCES', 'EIO', 'ENOSPC'],
  read: ['EIO'],
  write: ['ENOSPC', 'EIO', 'EDQUOT'],
  truncate: ['EIO'],
  fsync: ['EIO', 'ENOSPC'],
  chmod: ['EPERM', 'EIO'],
  rename: ['EIO', 'ENOSPC', 'EROFS'],
  unlink: ['EIO', 'EROFS'],
  list: ['EMFILE', 'EIO'],
  statName: ['EACCES', 'EIO'],
  tryLock: ['ENOLCK', 'EIO'],
}

/** The store's file system, as one process calls it. */
export function diskFor(site: Site, process: Process): Disk {
  const { machine, disk, dice, trouble } = site
  const before = (name: keyof Disk) => {
    machine.beforeEffect(process)
    if (dice.chance(0.03)) site.meanwhile()
    const possible = errnos[name]
    if (possible === undefined || !dice.chance(trouble.errnoRate)) return
    machine.tally.failedCalls++
    throw errno(dice.pick(possible))
  }
  const tryHold = async (fd: number, kind: 'exclusive' | 'shared') => {
    await machine.park(process, machine.now)
    before('tryLock')
    const open = disk.opened(fd)
    const others = [...disk.fds.values()].filter((other) => other !== open && other.inode === open.inode)
    if (others.some(({ lock }) => lock === 'exclusive' || (lock === 'shared' && kind === 'exclusive'))) return false
    open.lock = kind
    if (kind === 'exclusive') site.onLock(process, open.inode)
    return true
  }
  return {
    open: (file, flags) => {
      before('open')
      return disk.open(file, flags, process)
    },
    close: (fd) => {
      before('close')
      disk.close(fd)
    },
    read: (fd, into, { offset, length, position }) => {
      before('read')
      const part = disk.opened(fd).inode.bytes.subarray(position, position + length)
      into.set(part, offset)
      return part.length
    },
    write: (fd, from, { offset, length, position }) => {
      before('write')
      const short = trouble.shortWrites && length > 1 && dice.chance(0.2)
      const bytes = from.subarray(offset, offset + (short ? dice.between(1, length - 1) : length))
      const { inode } = disk.opened(fd)
      const count = disk.write(inode, bytes, position)
      site.onWrite(process, inode)
      return count
    },
    truncate: (fd, length) => {
      before('truncate')
      const { inode } = disk.opened(fd)
      disk.put(inode, Buffer.from(inode.bytes.subarray(0, length)))
    },
    fsync: async (fd) => {
      await machine.park(process, machine.now)
      try {
        before('fsync')
      } catch (error) {
        // The next sync will say "done" and do nothing.
        const open = disk.fds.get(fd)
        if (open !== undefined) open.inode.forsaken = open.inode.bytes
        throw error
      }
      disk.sync(disk.opened(fd).inode)
    },
    chmod: (fd, mode) => {
      before('chmod')
      const { inode } = disk.opened(fd)
      inode.mode = mode
      disk.touch(inode)
    },
    chown: () => before('chown'),
    stat: (fd) => {
      before('stat')
      return disk.statOf(disk.opened(fd).inode)
    },
    statName: (file) => {
      before('statName')
      return disk.statOf(disk.find(file))
    },
    rename: (from, to) => {
      before('rename')
      disk.rename(from, to)
    },
    unlink: (file) => {
      before('unlink')
      disk.unlink(file)
    },
    list: () => {
      before('list')
      return [...disk.names.keys()].map((name) => basename(name))
    },
    realpath: (file) => {
      before('realpath')
      disk.find(file)
      return file
    },
    readlink: () => {
      throw errno('EINVAL')
    },
    tryLock: (fd) => tryHold(fd, 'exclusive'),
    tryShare: (fd) => tryHold(fd, 'shared'),
  }
}

/** The feed's file system, as one process calls it: others run at every call. */
export function feedFilesFor(site: Site, process: Process): FeedFiles {
  const { machine, disk, trouble } = site
  const call = async () => {
    await machine.park(process, machine.now)
    machine.beforeEffect(process)
  }
  const callFeed = async () => {
    await call()
    if (trouble.feedErrno === null) return
    machine.tally.failedCalls++
    throw errno(trouble.feedErrno)
  }
  return {
    facts: async (file) => {
      await call()
      return factsOf(disk.find(file))
    },
    open: async (file) => {
      await callFeed()
      const fd = disk.open(file, 0, process)
      return {
        facts: async () => {
          await call()
          return factsOf(disk.opened(fd).inode)
        },
        read: async (into, position) => {
          await callFeed()
          return disk.opened(fd).inode.bytes.copy(into, 0, Math.min(position, disk.opened(fd).inode.bytes.length))
        },
        close: async () => {
          await call()
          disk.close(fd)
        },
      }
    },
    list: async () => {
      await call()
      return [...disk.names.keys()].map((name) => basename(name))
    },
    resolve: async (file) => {
      await call()
      disk.find(file)
      return file
    },
  }
}

function factsOf({ kind, ino, bytes, links, modifiedNs }: Inode): FileFacts {
  const modifiedAt = Number(modifiedNs / 1_000_000n)
  return { kind, device: '1', inode: String(ino), size: bytes.length, links, modifiedAt }
}
