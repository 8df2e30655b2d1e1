import { longestLine, newline } from '../feedFile.ts'
import type { FileFacts, OpenFile } from '../feedFiles.ts'
import {
  fingerprintOf,
  formatFingerprint,
  hashOf,
  isBeginningOf,
  isSameInode,
  parseFingerprint,
  witnessBytes,
} from './fileIdentity.ts'

/** Where reading stopped in a file, as plain JSON, and what the bytes around that place were. */
export interface FilePlace {
  readonly file: string
  /** Up to here the lines were handed on: the beginning of the unfinished line, if there is one. */
  readonly offset: number
  /** A hash of the bytes (at most 1 KiB) before `offset`. */
  readonly before: string
  /** The length and a hash of the bytes (at most 1 KiB) of the unfinished line, as far as they were seen. */
  readonly after: string
}

/** A file that is read line by line as it grows. */
export interface TrackedFile {
  readonly open: OpenFile
  readonly device: string
  readonly inode: string
  offset: number
  /** The first bytes handed on (at most 1 KiB), the last ones, and the first that wait for their newline. */
  beginning: Buffer
  before: Buffer
  after: Buffer
  /** No newline stands between `offset` and here: spares reading an endless line again at every look. */
  scannedTo: number
}

/** Lines of one file. */
export interface FileLines {
  readonly bytes: Buffer
  readonly offset: number
  readonly end: number
}

const blockBytes = 1 << 18

interface LineReading {
  readonly onLines: (lines: FileLines) => Promise<void>
  /** Ends the reading early. */
  readonly stop: AbortSignal | undefined
}

/** A file to be read from its beginning. */
export function trackFromStart(open: OpenFile, facts: FileFacts): TrackedFile {
  const nothing = Buffer.alloc(0)
  return {
    open,
    device: facts.device,
    inode: facts.inode,
    offset: 0,
    beginning: nothing,
    before: nothing,
    after: nothing,
    scannedTo: 0,
  }
}

/** For the checkpoint. */
export function placeOf(file: TrackedFile): FilePlace {
  return {
    file: formatFingerprint(fingerprintOf(file, file.beginning)),
    offset: file.offset,
    before: hashOf(file.before),
    after: file.after.length === 0 ? '' : `${file.after.length}-${hashOf(file.after)}`,
  }
}

/**
 * The open file, to be read on from a place, if it is the one that the place was in: long enough, with the same
 * beginning, the same bytes before the place and the same unfinished line; else null. Where nothing of the file
 * had been read yet the inode decides as well.
 */
export async function resumeAt(place: FilePlace, open: OpenFile): Promise<TrackedFile | null> {
  const facts = await open.facts()
  const print = parseFingerprint(place.file)
  const [afterLength = '0', afterHash = ''] = place.after.split('-')
  if (print === null || facts.kind !== 'file' || facts.size < place.offset + Number(afterLength)) return null
  if (place.offset === 0 && !isSameInode(print, facts)) return null
  const beginning = await readBytes(open, 0, Math.min(witnessBytes, place.offset))
  if (place.offset > 0 && !isBeginningOf(print, beginning)) return null
  const beforeLength = Math.min(witnessBytes, place.offset)
  const before = await readBytes(open, place.offset - beforeLength, beforeLength)
  const after = await readBytes(open, place.offset, Number(afterLength))
  if (hashOf(before) !== place.before || hashOf(after) !== afterHash) return null
  const { device, inode } = facts
  return { open, device, inode, offset: place.offset, beginning, before, after, scannedTo: place.offset }
}

/**
 * Hands on every complete line after the file's place and moves the place past them. `changed`: the bytes before
 * the place are no longer what they were, the file was written anew meanwhile. Rejects with the errno of a read.
 */
export async function readLines(file: TrackedFile, reading: LineReading): Promise<'end' | 'changed' | 'stopped'> {
  const block = Buffer.allocUnsafe(witnessBytes + blockBytes)
  for (;;) {
    if (reading.stop?.aborted === true) return 'stopped'
    const { before, offset } = file
    const length = await file.open.read(block, offset - before.length)
    // Read together with what follows, so that no rewriting can come between the check and the reading.
    if (length < before.length || !block.subarray(0, before.length).equals(before)) return 'changed'
    const fresh = block.subarray(before.length, length)
    const linesLength = fresh.lastIndexOf(newline) + 1
    if (linesLength > 0) {
      await reading.onLines({ bytes: fresh.subarray(0, linesLength), offset, end: offset + linesLength })
      moveTo(file, { end: offset + linesLength, lines: fresh.subarray(0, linesLength) })
      file.after = Buffer.from(fresh.subarray(linesLength, linesLength + witnessBytes))
    } else if (fresh.length > longestLine) {
      if (!(await readLongLine(file, fresh, reading))) return 'end'
      continue
    } else {
      file.after = Buffer.from(fresh.subarray(0, witnessBytes))
      return 'end'
    }
    if (length < block.length) return 'end'
  }
}

/**
 * Passes over a line of more than 64 KiB in constant memory: only its beginning is handed on, with a newline. False
 * where its newline has not come yet.
 */
async function readLongLine(file: TrackedFile, fresh: Buffer, reading: LineReading): Promise<boolean> {
  const { offset } = file
  const beginning = Buffer.concat([fresh.subarray(0, longestLine + 1), Buffer.of(newline)])
  file.after = Buffer.from(fresh.subarray(0, witnessBytes))
  file.scannedTo = Math.max(file.scannedTo, offset + fresh.length)
  const block = Buffer.allocUnsafe(blockBytes)
  while (reading.stop?.aborted !== true) {
    const length = await file.open.read(block, file.scannedTo)
    const found = block.subarray(0, length).indexOf(newline)
    if (found !== -1) {
      const end = file.scannedTo + found + 1
      await reading.onLines({ bytes: beginning, offset, end })
      moveTo(file, {
        end,
        lines: await readBytes(file.open, Math.max(offset, end - witnessBytes), Math.min(witnessBytes, end - offset)),
        beginning,
      })
      return true
    }
    file.scannedTo += length
    if (length < block.length) return false
  }
  return false
}

/** `lines` are the last bytes before `end`; `beginning` the first ones where `lines` do not reach back so far. */
function moveTo(
  file: TrackedFile,
  move: { readonly end: number; readonly lines: Buffer; readonly beginning?: Buffer },
): void {
  if (file.beginning.length < witnessBytes) {
    const beginning = (move.beginning ?? move.lines).subarray(0, witnessBytes)
    file.beginning = Buffer.concat([file.beginning, beginning]).subarray(0, witnessBytes)
  }
  const before = Buffer.concat([file.before, move.lines.subarray(-witnessBytes)])
  file.before = before.subarray(-witnessBytes)
  file.after = Buffer.alloc(0)
  file.offset = move.end
  file.scannedTo = move.end
}

async function readBytes(open: OpenFile, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  return length === 0 ? bytes : bytes.subarray(0, await open.read(bytes, position))
}
