const errnoWords: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would get too big',
  EIO: 'the device reports an error',
  EREMOTEIO: 'the device reports an error',
  EUCLEAN: 'the file system is damaged',
  ESTALE: 'it is gone from its network file system',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  ELOOP: 'a symbolic link stands where none may, or links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  ENAMETOOLONG: 'the name is too long',
  EXDEV: 'the target is on another file system',
  ETXTBSY: 'it is being run',
  EBUSY: 'it is in use',
  EBADF: 'it is closed',
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no host of that name',
  // Node's, where the addon of the kernel locks is not made for this system.
  MODULE_NOT_FOUND: 'opstat has no kernel locks for this system',
  ERR_DLOPEN_FAILED: 'the kernel locks of opstat do not run on this system',
}

const nextSteps: Readonly<Record<string, string>> = {
  EACCES: 'act as an account that may, or change the permissions',
  EPERM: 'act as an account that may, or change the permissions',
  EROFS: 'name a place that can be written',
  ENOSPC: 'make room, then try again',
  EDQUOT: 'make room, then try again',
  EFBIG: 'make room, then try again',
  EIO: 'check the disk, then try again',
  EREMOTEIO: 'check the disk, then try again',
  EUCLEAN: 'check the disk, then try again',
  EISDIR: 'name a file',
  ENOTDIR: 'check the name',
  ELOOP: 'check the name',
  ENAMETOOLONG: 'take a shorter name',
  EMFILE: 'try again later',
  ENFILE: 'try again later',
  EBUSY: 'try again later',
  ETXTBSY: 'try again later',
}

/** What to do about the system's error name; null where there is nothing to say. */
export function nextStepAfter(errno: string): string | null {
  return Object.hasOwn(nextSteps, errno) ? (nextSteps[errno] as string) : null
}

/** What the system's error name means. */
export function wordErrno(errno: string): string {
  return Object.hasOwn(errnoWords, errno) ? (errnoWords[errno] as string) : 'the system refuses it'
}
