import { sha256OfFew } from '../domain/sha256.ts'

/** Up to so many bytes, all of a process together, are hashed sooner than node:crypto is loaded. */
const fewBytes = 4096

let bytesSoFar = 0

/** In hex. Deliberately loads node:crypto only for much: that takes as long as all that a reading command does. */
export function sha256(content: Uint8Array | string): string {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  bytesSoFar += bytes.length
  if (bytesSoFar <= fewBytes) return sha256OfFew(bytes)
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex')
}
