declare module 'fs-native-extensions' {
  /**
   * A kernel lock (open file description) on `length` bytes from `offset` on, exclusive unless shared; false where
   * another holds it.
   */
  export function tryLock(fd: number, offset: number, length: number, options?: { readonly shared?: boolean }): boolean
}
