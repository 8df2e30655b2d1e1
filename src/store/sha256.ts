import { sha256OfFew } from '../domain/sha256.ts'

/** Up to so many bytes are hashed sooner than node:crypto is loaded. */
const fewBytes = 2048

/** In hex. Deliberately loads node:crypto here: it takes as long as all that a reading command does. */
export function sha256(content: Uint8Array | string): string {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  if (bytes.length <= fewBytes) return sha256OfFew(bytes)
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex')
}
