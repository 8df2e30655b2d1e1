import { constants } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Failure } from '../domain/failure.ts'
import type { FeedRecord } from '../domain/records/records.ts'
import { ok, type Result, refuse } from '../domain/result.ts'
import { formatTime } from '../domain/time.ts'
import { errnoOf, newline, specialKindOf } from './feedFile.ts'

const appending = constants.O_RDWR | constants.O_APPEND | constants.O_NONBLOCK
const creating = appending | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW

/**
 * Appends one record as a whole line, in one write, so that several writers never mix. Creates a missing feed. A
 * torn last line of a crashed writer is closed first. Refuses what is no file (`not-a-file`) and every errno.
 */
export async function appendRecord(file: string, record: FeedRecord): Promise<Result<void, Failure>> {
  let handle: FileHandle | null = null
  try {
    handle = await openOrCreate(file)
    const stats = await handle.stat()
    if (!stats.isFile()) return refuse({ code: 'not-a-file', file, found: specialKindOf(stats) })
    const line = formatRecord(record)
    const whole = await writeOnce(handle, (await endsInNewline(handle, stats.size)) ? line : `\n${line}`)
    // Deliberately the whole line again: what a full disk cut off can't be continued once others may have appended.
    if (whole || (await writeOnce(handle, `\n${line}`))) return ok(undefined)
    return refuse({ code: 'file', file, action: 'append', errno: 'ENOSPC', hint: null })
  } catch (error) {
    return refuse({ code: 'file', file, action: 'append', errno: errnoOf(error), hint: null })
  } finally {
    await handle?.close().catch(() => undefined)
  }
}

/** A record as its line in the feed, fields in the contract's order, newline included. */
export function formatRecord(record: FeedRecord): string {
  const at = formatTime(record.at)
  const { event } = record
  if (event === 'tick') return `${JSON.stringify({ at, event })}\n`
  if (event === 'inquiry') return `${JSON.stringify({ at, event, inquiry: record.inquiry })}\n`
  const { operator } = record
  if (event === 'status') return `${JSON.stringify({ at, operator, event, status: record.status })}\n`
  if ('session' in record) return `${JSON.stringify({ at, operator, session: record.session, event })}\n`
  return `${JSON.stringify({ at, operator, event, dialogue: record.dialogue })}\n`
}

/** Follows a symlink to an existing feed, but never creates through one (reliability X3). */
async function openOrCreate(file: string): Promise<FileHandle> {
  try {
    return await open(file, appending)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
  try {
    return await createFeed(file)
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
  }
  return open(file, appending)
}

/** 0640 whatever the umask; 0660 where the directory hands on its group and the group may write (contract §8). */
async function createFeed(file: string): Promise<FileHandle> {
  const directory = await stat(dirname(file))
  const shared = (directory.mode & 0o2020) === 0o2020
  const handle = await open(file, creating, 0o600)
  await handle.chmod(shared ? 0o660 : 0o640)
  return handle
}

async function endsInNewline(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true
  const last = Buffer.alloc(1)
  await handle.read(last, 0, 1, size - 1)
  return last[0] === newline
}

async function writeOnce(handle: FileHandle, text: string): Promise<boolean> {
  const bytes = Buffer.from(text)
  const { bytesWritten } = await handle.write(bytes)
  return bytesWritten === bytes.length
}
