const errnoWords: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would get too big',
  EIO: 'the device reports an error',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  ELOOP: 'its symbolic links lead in a circle',
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
}

/** What the system's error name means. */
export function wordErrno(errno: string): string {
  return Object.hasOwn(errnoWords, errno) ? (errnoWords[errno] as string) : 'the system refuses it'
}
