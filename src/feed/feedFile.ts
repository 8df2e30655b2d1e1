import { errnoName } from '../domain/errno.ts'
import type { SpecialKind } from '../domain/failure.ts'

export const newline = 0x0a

/** Longest line that is read, in bytes without its newline (contract §3). */
export const longestLine = 65_536

/** The part of a stat that tells files from other things. */
export interface KindOfFile {
  isFile(): boolean
  isDirectory(): boolean
  isFIFO(): boolean
  isSocket(): boolean
}

/** What a thing that is no regular file is; only asked where `isFile` said no. */
export function specialKindOf(stats: KindOfFile): SpecialKind {
  if (stats.isDirectory()) return 'directory'
  if (stats.isFIFO()) return 'fifo'
  return stats.isSocket() ? 'socket' : 'device'
}

/** The errno's name of a failed file operation. Anything else is a bug and thrown on. */
export function errnoOf(error: unknown): string {
  const name = errnoName(error)
  if (name === null) throw error
  return name
}

/** For who does not care why a file operation failed, as long as that is all that went wrong. */
export function throwUnlessErrno(error: unknown): void {
  errnoOf(error)
}
