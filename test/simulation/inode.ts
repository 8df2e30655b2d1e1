import type { Dice } from './dice.ts'

/** A file or directory. Its bytes are replaced and never written into, so that what was synced can be kept. */
export interface Inode {
  readonly ino: number
  readonly kind: 'file' | 'directory'
  bytes: Buffer
  /** What would be left after a power cut. */
  durable: Buffer
  /** Bytes that a failed sync left in memory alone, though the kernel now takes them for synced. */
  forsaken: Buffer | null
  mode: number
  modifiedNs: bigint
  changedNs: bigint
  links: number
  opens: number
}

/** After a power cut: the synced bytes, the written ones, a part of what was appended, or zeros in its place. */
export function leftOf({ bytes, durable }: Inode, dice: Dice): Buffer {
  if (bytes === durable) return bytes
  const isAppended = bytes.length > durable.length && bytes.subarray(0, durable.length).equals(durable)
  switch (dice.between(0, 3)) {
    case 0:
      return bytes
    case 1:
      return durable
    case 2:
      return isAppended ? bytes.subarray(0, dice.between(durable.length, bytes.length)) : durable
    default:
      return isAppended ? Buffer.concat([durable, Buffer.alloc(bytes.length - durable.length)]) : durable
  }
}
