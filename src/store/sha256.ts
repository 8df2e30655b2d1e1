import { sha256OfFew } from '../domain/sha256.ts'

/** Up to so many bytes, all of a process together, are hashed sooner than node:crypto is loaded. */
const fewBytes = 4096

let bytesSoFar = 0

/** In hex. Deliberately loads node:crypto only for much: that takes as long as all that a reading command does. */
export function sha256(content: Uint8Array | string): string {
  bytesSoFar += content.length
  if (bytesSoFar > fewBytes) return process.getBuiltinModule('node:crypto').hash('sha256', content)
  return sha256OfFew(typeof content === 'string' ? Buffer.from(content) : content)
}
