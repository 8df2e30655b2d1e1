declare module 'fs-native-extensions' {
  /** A kernel lock (open file description) on the whole file, exclusive unless shared; false where another holds it. */
  export function tryLock(fd: number, options?: { readonly shared?: boolean }): boolean
}
