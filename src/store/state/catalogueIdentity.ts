import type { FileIdentity } from '../disk/disk.ts'

/** A catalogue's file and the hash of its bytes: while the stat is the same, the bytes are. */
export interface CatalogueIdentity {
  readonly stat: FileIdentity
  /** SHA-256 in hex. */
  readonly hash: string
  /** The fold that stands beside it says all that the catalogue says, and was found to: it need not be parsed. */
  readonly isTold: boolean
}

/** As a section of the state. */
export function formatIdentity(identity: CatalogueIdentity | null): string {
  if (identity === null) return 'null\n'
  const { dev, ino, size, mtimeNs, ctimeNs } = identity.stat
  return `${JSON.stringify([...[dev, ino, mtimeNs, ctimeNs].map(String), size, identity.hash, identity.isTold])}\n`
}

export function readIdentity(text: string): CatalogueIdentity | null {
  const fields = JSON.parse(text) as [string, string, string, string, number, string, boolean] | null
  if (fields === null) return null
  const [dev, ino, mtimeNs, ctimeNs, size, hash, isTold] = fields
  return {
    stat: { dev: BigInt(dev), ino: BigInt(ino), mtimeNs: BigInt(mtimeNs), ctimeNs: BigInt(ctimeNs), size },
    hash,
    isTold,
  }
}
