import { constants } from 'node:fs'
import type { FileStat } from '../../src/store/disk/disk.ts'
import type { Dice } from './dice.ts'
import { type Inode, leftOf } from './inode.ts'

export type { Inode }

export interface OpenFd {
  readonly inode: Inode
  readonly owner: object
  lock: 'exclusive' | 'shared' | null
}

/** One directory as ext4 and XFS keep it: names and bytes are lasting only when they were synced, inodes are reused. */
export class MemoryDisk {
  readonly folder = '/site'
  names = new Map<string, Inode>()
  readonly fds = new Map<number, OpenFd>()
  /** Bytes that still fit; infinite when the disk is not full. */
  room = Number.POSITIVE_INFINITY
  private durableNames = new Map<string, Inode>()
  private unsynced: ((names: Map<string, Inode>) => void)[] = []
  private freeInodes: number[] = []
  private lastInode = 10
  private lastFd = 2
  private readonly root: Inode
  private readonly nowNs: () => bigint

  constructor(wall: () => number) {
    // The kernel's clock for files moves in steps of 4 ms.
    this.nowNs = () => BigInt(Math.floor(wall() / 4) * 4) * 1_000_000n
    this.root = this.make('directory', 0o755)
    this.root.links = 1
  }

  find(file: string): Inode {
    const inode = file === this.folder || file === '/' ? this.root : this.names.get(file)
    if (inode === undefined) throw errno('ENOENT')
    return inode
  }

  open(file: string, flags: number, owner: object): number {
    if ((flags & constants.O_CREAT) !== 0) {
      if (this.names.has(file)) throw errno('EEXIST')
      this.requireRoom(1)
      this.link(file, this.make('file', 0o600))
    }
    const inode = this.find(file)
    if (inode.kind === 'directory' && (flags & constants.O_RDWR) !== 0) throw errno('EISDIR')
    inode.opens++
    this.fds.set(++this.lastFd, { inode, owner, lock: null })
    return this.lastFd
  }

  close(fd: number): void {
    const { inode } = this.opened(fd)
    this.fds.delete(fd)
    inode.opens--
    this.drop(inode)
  }

  /** The kernel closes what the dead held open. */
  closeAllOf(owner: object): void {
    for (const [fd, open] of this.fds) if (open.owner === owner) this.close(fd)
  }

  opened(fd: number): OpenFd {
    const open = this.fds.get(fd)
    if (open === undefined) throw errno('EBADF')
    return open
  }

  /** Answers how many bytes fitted. */
  write(inode: Inode, bytes: Uint8Array, position: number): number {
    const growth = position + bytes.length - inode.bytes.length
    const fitting = growth <= this.room ? bytes.length : bytes.length - (growth - this.room)
    if (fitting <= 0) throw errno('ENOSPC')
    const end = Math.max(inode.bytes.length, position + fitting)
    this.room -= end - inode.bytes.length
    const next = Buffer.alloc(end)
    inode.bytes.copy(next)
    next.set(bytes.subarray(0, fitting), position)
    this.put(inode, next)
    return fitting
  }

  put(inode: Inode, bytes: Buffer): void {
    inode.bytes = bytes
    inode.modifiedNs = this.nowNs()
    inode.changedNs = inode.modifiedNs
  }

  touch(inode: Inode): void {
    inode.changedNs = this.nowNs()
  }

  sync(inode: Inode): void {
    if (inode.bytes !== inode.forsaken) inode.durable = inode.bytes
    if (inode.kind !== 'directory') return
    for (const step of this.unsynced) step(this.durableNames)
    this.unsynced = []
  }

  /** What the kernel does every few seconds by itself. */
  syncAll(): void {
    this.sync(this.root)
    for (const inode of this.names.values()) this.sync(inode)
  }

  rename(from: string, to: string): void {
    const inode = this.find(from)
    const replaced = this.names.get(to)
    if (replaced === inode) return
    if (replaced?.kind === 'directory') throw errno('EISDIR')
    this.change((names) => {
      names.set(to, inode)
      names.delete(from)
    })
    this.touch(inode)
    if (replaced !== undefined) this.unlinked(replaced)
  }

  unlink(file: string): void {
    const inode = this.find(file)
    this.change((names) => names.delete(file))
    this.unlinked(inode)
  }

  link(file: string, inode: Inode): void {
    inode.links++
    this.change((names) => names.set(file, inode))
  }

  make(kind: Inode['kind'], mode: number): Inode {
    const nothing = Buffer.alloc(0)
    const now = this.nowNs()
    const ino = this.freeInodes.pop() ?? ++this.lastInode
    const times = { modifiedNs: now, changedNs: now }
    return { ino, kind, bytes: nothing, durable: nothing, forsaken: null, mode, ...times, links: 0, opens: 0 }
  }

  /** Unsynced bytes and names are gone, or some of them are. */
  cutPower(dice: Dice): void {
    this.fds.clear()
    const kept = this.unsynced.slice(0, dice.between(0, this.unsynced.length))
    for (const step of kept) step(this.durableNames)
    this.names = new Map(this.durableNames)
    this.unsynced = []
    for (const inode of this.names.values()) {
      inode.bytes = leftOf(inode, dice)
      inode.durable = inode.bytes
      inode.forsaken = null
      inode.opens = 0
      inode.links = 1
    }
  }

  statOf(inode: Inode): FileStat {
    const { kind, ino, bytes, modifiedNs, changedNs, mode } = inode
    const times = { mtimeNs: modifiedNs, ctimeNs: changedNs }
    return { kind, dev: 1n, ino: BigInt(ino), size: bytes.length, ...times, mode, uid: 0, gid: 0 }
  }

  requireRoom(bytes: number): void {
    if (this.room < bytes) throw errno('ENOSPC')
  }

  private change(step: (names: Map<string, Inode>) => void): void {
    step(this.names)
    this.unsynced.push(step)
  }

  private unlinked(inode: Inode): void {
    inode.links--
    this.touch(inode)
    this.drop(inode)
  }

  private drop(inode: Inode): void {
    if (inode.links > 0 || inode.opens > 0) return
    if (Number.isFinite(this.room)) this.room += inode.bytes.length
    // A number is free for others only when the removal lasts; else a power cut would bring two files of one number back.
    if (![...this.durableNames.values()].includes(inode)) this.freeInodes.push(inode.ino)
  }
}

export function errno(code: string): Error {
  return Object.assign(new Error(code), { code })
}
