import {
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'

/**
 * The file system, handed in: tests fail or kill any call. Every function throws Node's errno errors. All are
 * synchronous, for they are short and a thread's round trip costs more, but `fsync`, which waits for the device.
 */
export interface Disk {
  open(file: string, flags: number, mode: number): number
  close(fd: number): void
  /** The bytes read; 0 at the end. */
  read(
    fd: number,
    into: Uint8Array,
    place: { readonly offset: number; readonly length: number; readonly position: number },
  ): number
  /** The bytes written, which may be fewer than asked for. */
  write(
    fd: number,
    from: Uint8Array,
    place: { readonly offset: number; readonly length: number; readonly position: number },
  ): number
  truncate(fd: number, length: number): void
  fsync(fd: number): Promise<void>
  chmod(fd: number, mode: number): void
  chown(fd: number, owner: { readonly uid: number; readonly gid: number }): void
  stat(fd: number): FileStat
  /** Does not follow a symbolic link. */
  statName(file: string): FileStat
  rename(from: string, to: string): void
  unlink(file: string): void
  list(directory: string): string[]
  realpath(file: string): string
  readlink(file: string): string
  /** An exclusive kernel lock that lives as long as the descriptor; false where another holds it. */
  tryLock(fd: number): Promise<boolean>
  /** The same, shared with others who only ask; a descriptor for reading will do. */
  tryShare(fd: number): Promise<boolean>
}

export type FileKind = 'file' | 'link' | 'directory' | 'fifo' | 'socket' | 'device'

export interface FileStat {
  readonly kind: FileKind
  readonly dev: bigint
  readonly ino: bigint
  readonly size: number
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
  /** Permission bits, set-id bits included. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/** What changes whenever the content does, as far as a stat can say. */
export type FileIdentity = Pick<FileStat, 'dev' | 'ino' | 'size' | 'mtimeNs' | 'ctimeNs'>

function durable(fd: number): Promise<void> {
  return new Promise((resolve, reject) => fsync(fd, (error) => (error === null ? resolve() : reject(error))))
}

/** Behind the end of every file: where locks are mandatory they keep nobody from reading and writing. */
const lockedByte = 2 ** 40

export const realDisk: Disk = {
  open: openSync,
  close: closeSync,
  read: (fd, into, { offset, length, position }) => readSync(fd, into, offset, length, position),
  write: (fd, from, { offset, length, position }) => writeSync(fd, from, offset, length, position),
  truncate: ftruncateSync,
  fsync: durable,
  chmod: fchmodSync,
  chown: (fd, { uid, gid }) => fchownSync(fd, uid, gid),
  stat: (fd) => statOf(fstatSync(fd, { bigint: true })),
  statName: (file) => statOf(lstatSync(file, { bigint: true })),
  rename: renameSync,
  unlink: unlinkSync,
  list: (directory) => readdirSync(directory),
  realpath: (file) => realpathSync(file),
  readlink: (file) => readlinkSync(file),
  // Loaded when the first lock is wanted: commands that only read start faster without the native library.
  tryLock: async (fd) => (await import('fs-native-extensions')).tryLock(fd, lockedByte, 1),
  tryShare: async (fd) => (await import('fs-native-extensions')).tryLock(fd, lockedByte, 1, { shared: true }),
}

/**
 * The same for a process that has nothing else to do while the device writes: it waits itself, for starting the threads
 * that would wait takes longer than all else that a commit does.
 */
export function waitingDisk(): Disk {
  return { ...realDisk, fsync: async (fd) => fsyncSync(fd) }
}

/** Still the same file with the same content, as far as a stat can say. */
export function isSameStat(one: FileIdentity, other: FileIdentity): boolean {
  return (
    one.dev === other.dev &&
    one.ino === other.ino &&
    one.size === other.size &&
    one.mtimeNs === other.mtimeNs &&
    one.ctimeNs === other.ctimeNs
  )
}

/** Never follows a planted symbolic link, never waits at a planted FIFO. */
const plain = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

export const openForReading = constants.O_RDONLY | plain
export const openForWriting = constants.O_RDWR | plain
export const openNew = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | plain
export const openDirectory = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0)

function statOf(stats: BigIntStats): FileStat {
  return {
    kind: kindOf(stats),
    dev: stats.dev,
    ino: stats.ino,
    size: Number(stats.size),
    mtimeNs: stats.mtimeNs,
    ctimeNs: stats.ctimeNs,
    mode: Number(stats.mode) & 0o7777,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
  }
}

function kindOf(stats: BigIntStats): FileKind {
  if (stats.isFile()) return 'file'
  if (stats.isSymbolicLink()) return 'link'
  if (stats.isDirectory()) return 'directory'
  if (stats.isFIFO()) return 'fifo'
  return stats.isSocket() ? 'socket' : 'device'
}
