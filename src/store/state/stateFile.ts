import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { isObject, type Raw } from '../../domain/catalogue/rules/fields.ts'
import { type Disk, type FileStat, openForReading, openForWriting } from '../disk/disk.ts'
import { createDurably, readFully, readWhole, requireFile, stagedName, writeFully } from '../disk/durableFile.ts'
import { attempt, attemptQuietly, attemptQuietlyAsync, unlessMissing } from '../disk/refusal.ts'
import { isCount } from '../history/historyFact.ts'
import type { HistoryFold } from '../history/historyFile.ts'
import type { HistoryHead } from '../history/verifyHistory.ts'
import { sha256 } from '../sha256.ts'
import { type CatalogueIdentity, formatIdentity, readIdentity } from './catalogueIdentity.ts'
import { formatFold, readFold, readSmall } from './foldText.ts'
import { checksum, findKeyed } from './keyedLines.ts'

/*
 * The state's first line has a fixed length, so that each commit can note the history's head in place. The sections
 * behind it, the folded history, the catalogue's identity and at last the watcher's checkpoint, are replaced together
 * and are only believed where they are whole: a large state has a hash for that; a small one stands there twice,
 * since comparing takes no time and loading node:crypto as much as the rest of a command.
 */

export interface StoredState {
  readonly fold: HistoryFold | null
  /** The catalogue that the fold belongs to; null where that is not known for sure. */
  readonly catalogue: CatalogueIdentity | null
  readonly checkpoint: StoredCheckpoint | null
  /** Null for a large catalogue, and for one whose calendars would have to be parsed anyway. */
  readonly page: StoredPage | null
}

/** A catalogue's very text, and what it was parsed into; that it keeps the rules was found before. */
export interface StoredPage {
  readonly bytes: Buffer
  catalogue(): Catalogue
}

export interface ReadState extends StoredState {
  /** The file's size. */
  readonly bytes: number
}

export interface StoredCheckpoint {
  /** The checkpoint as JSON, parsed only for who asks. */
  readonly text: string
  /** What the watcher knew of the history: its bytes up to here, this many entries. */
  readonly offset: number
  readonly seq: number
}

/** To be counted up with every rule for catalogues that is added: a page was judged by the rules of its version. */
const stateVersion = 2
const headBytes = 512
const sections = ['small', 'catalogue', 'stays', 'roster', 'checkpoint', 'text', 'parsed'] as const
/** A body up to this size stands in the file twice. */
const doubledBytes = 1 << 19

/** Null where there is no state, or none that can be used or read: it is only a cache. */
export function readState(disk: Disk, file: string): ReadState | null {
  return quietly(() => readStateOrRefuse(disk, file))
}

/** The same for who must not forget a watcher's checkpoint: refuses where something is there and can't be read now. */
export function readStateOrRefuse(disk: Disk, file: string): ReadState | null {
  return attempt({ file, action: 'read' }, () => {
    const bytes = readWhole(disk, file)?.bytes
    const head = bytes && parseHead(bytes.subarray(0, headBytes))
    if (!bytes || !head) return null
    const body = bytes.subarray(headBytes, headBytes + bodyBytes(head))
    const rest = bytes.subarray(headBytes + body.length)
    if (body.length < bodyBytes(head)) return null
    const isWhole = head.sha256 === null ? rest.equals(body) : rest.length === 0 && sha256(body) === head.sha256
    if (!isWhole) return null
    const text = (section: (typeof sections)[number]) => () => {
      const { from, to } = stretchOf(head, section)
      return bytes.toString('utf8', from, to)
    }
    return {
      fold: readFold({ small: text('small'), stays: text('stays'), roster: text('roster') }),
      catalogue: readIdentity(text('catalogue')()),
      checkpoint: readCheckpoint(text('checkpoint')()),
      page: pageOf(bytes, stretchOf(head, 'text'), text('parsed')),
      bytes: bytes.length,
    }
  })
}

/** One operator of a state, and what does not depend on operators. */
export interface Excerpt {
  /** Its maps of stays and roster hold this operator alone, as far as the state knows them. */
  readonly fold: HistoryFold
  readonly catalogue: CatalogueIdentity
}

/**
 * Reads of a state only what concerns one operator, whatever its size. Null where there is none that says in which
 * catalogue it was made, or where something in what was read is not as it was written.
 */
export function readExcerpt(disk: Disk, file: string, operator: string): Excerpt | null {
  return quietly(() => {
    const fd = unlessMissing(() => disk.open(file, openForReading, 0))
    if (fd === null) return null
    try {
      requireFile(file, disk.stat(fd))
      return excerptOf(disk, fd, operator)
    } finally {
      disk.close(fd)
    }
  })
}

function excerptOf(disk: Disk, fd: number, operator: string): Excerpt | null {
  const read = (position: number, length: number) => {
    const bytes = Buffer.allocUnsafe(length)
    return bytes.subarray(0, readFully(disk, fd, bytes, position))
  }
  const head = parseHead(read(0, headBytes))
  if (head === null) return null
  const { from } = stretchOf(head, 'small')
  const { to, from: middle } = stretchOf(head, 'catalogue')
  const bytes = read(from, to - from)
  const small = bytes.toString('utf8', 0, middle - from)
  const catalogueText = bytes.toString('utf8', middle - from)
  if (checkOf(head.sizes, small + catalogueText) !== head.check) return null
  const fold = readSmall(small)
  const catalogue = readIdentity(catalogueText)
  if (fold === null || catalogue === null) return null
  for (const name of ['stays', 'roster'] as const) {
    const found = findKeyed({ ...stretchOf(head, name), read }, operator)
    if (found === 'broken') return null
    if (found !== 'absent') fold.recorded[name].set(operator, found.value as never)
  }
  return { fold, catalogue }
}

/** The history's last line as the last commit noted it; null where there is no state. */
export function readHead(disk: Disk, file: string): HistoryHead | null {
  return quietly(() => {
    const fd = unlessMissing(() => disk.open(file, openForReading, 0))
    if (fd === null) return null
    try {
      return readHeadLine(disk, fd)
    } finally {
      disk.close(fd)
    }
  })
}

/** Notes the history's last line; a commit's last step. Not durable, and lost without harm. */
export async function noteHead(disk: Disk, file: string, { seq, head }: HistoryHead): Promise<void> {
  const found = quietly(() => {
    const fd = unlessMissing(() => disk.open(file, openForWriting, 0))
    if (fd === null) return 'none'
    try {
      requireFile(file, disk.stat(fd))
      const old = readHeadLine(disk, fd)
      if (old === null) return 'none'
      writeFully(disk, fd, formatHead({ ...old, seq, head }), 0)
      return 'noted'
    } finally {
      disk.close(fd)
    }
  })
  // One that can't be opened now may hold a watcher's checkpoint: it stays as it is.
  if (found !== 'none') return
  const state = { fold: null, catalogue: null, checkpoint: null, page: null }
  await attemptQuietlyAsync(async () => void (await writeState(disk, file, { state, head: { seq, head } })))
}

/** Replaces the state whole; the new one's size in bytes. Readers see the old one or the new one. */
export async function writeState(
  disk: Disk,
  file: string,
  { state, head }: { readonly state: StoredState; readonly head: HistoryHead },
): Promise<number> {
  const bytes = formatState(state, head)
  const staged = stagedName(file)
  await createDurably(disk, { file: staged, named: file, bytes, like: existingFile(disk, file), action: 'create' })
  try {
    attempt({ file, action: 'write' }, () => disk.rename(staged, file))
  } catch (error) {
    attemptQuietly(() => disk.unlink(staged))
    throw error
  }
  return bytes.length
}

function formatState({ fold, catalogue, checkpoint, page }: StoredState, { seq, head }: HistoryHead): Buffer {
  const texts = {
    ...formatFold(fold),
    catalogue: formatIdentity(catalogue),
    checkpoint: formatCheckpoint(checkpoint),
    text: page?.bytes ?? '',
    parsed: page === null ? '' : JSON.stringify(page.catalogue()),
  }
  const parts = sections.map((name) => Buffer.from(texts[name] as string))
  const body = Buffer.concat(parts)
  const isDoubled = body.length <= doubledBytes
  const sizes = parts.map(({ length }) => length)
  const line = formatHead({
    seq,
    head,
    sizes,
    check: checkOf(sizes, texts.small + texts.catalogue),
    sha256: isDoubled ? null : sha256(body),
  })
  return Buffer.concat(isDoubled ? [line, body, body] : [line, body])
}

function existingFile(disk: Disk, file: string): FileStat | null {
  const stat = attempt({ file, action: 'read' }, () => unlessMissing(() => disk.statName(file)))
  return stat?.kind === 'file' ? stat : null
}

interface StateHead extends HistoryHead {
  /** Bytes of the sections, in their order. */
  readonly sizes: readonly number[]
  /** Of the sizes and the sections `small` and `catalogue`: for who reads no more than that. */
  readonly check: string
  /** Of the bytes after the first line; null where they stand twice. */
  readonly sha256: string | null
}

function checkOf(sizes: readonly number[], text: string): string {
  return checksum(`${sizes.join()} ${text}`)
}

function bodyBytes({ sizes }: StateHead): number {
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Where a section stands in the file. */
function stretchOf({ sizes }: StateHead, section: (typeof sections)[number]): { from: number; to: number } {
  const index = sections.indexOf(section)
  const from = sizes.slice(0, index).reduce((sum, size) => sum + size, headBytes)
  return { from, to: from + (sizes[index] ?? 0) }
}

function formatHead({ seq, head, sizes, check, sha256: hash }: StateHead): Buffer {
  const text = JSON.stringify({ version: stateVersion, seq, head, sizes, check, sha256: hash })
  return Buffer.from(`${text.padEnd(headBytes - 1)}\n`)
}

function readHeadLine(disk: Disk, fd: number): StateHead | null {
  const bytes = Buffer.alloc(headBytes)
  return readFully(disk, fd, bytes, 0) < headBytes ? null : parseHead(bytes)
}

function parseHead(bytes: Buffer): StateHead | null {
  if (bytes.length < headBytes) return null
  const raw = parseLine(bytes.toString('latin1'))
  if (raw === null || raw.version !== stateVersion) return null
  const { seq, head, sizes, check, sha256: hash } = raw
  if (!isCount(seq) || !isHash(head) || typeof check !== 'string' || (hash !== null && !isHash(hash))) return null
  if (!Array.isArray(sizes) || sizes.length !== sections.length || !sizes.every(isCount)) return null
  return { seq, head, sizes, check, sha256: hash }
}

function parseLine(text: string): Raw | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && value.length === 64
}

function pageOf(bytes: Buffer, { from, to }: { from: number; to: number }, parsed: () => string): StoredPage | null {
  if (from === to) return null
  return { bytes: bytes.subarray(from, to), catalogue: () => JSON.parse(parsed()) as Catalogue }
}

function formatCheckpoint(checkpoint: StoredCheckpoint | null): string {
  if (checkpoint === null) return 'null\n'
  return `{"offset":${checkpoint.offset},"seq":${checkpoint.seq},"value":${checkpoint.text}}\n`
}

function readCheckpoint(text: string): StoredCheckpoint | null {
  const match = /^\{"offset":(\d+),"seq":(\d+),"value":/.exec(text)
  return match && { offset: Number(match[1]), seq: Number(match[2]), text: text.slice(match[0].length, -2) }
}

function quietly<Value>(run: () => Value): Value | null {
  let value: Value | null = null
  attemptQuietly(() => {
    value = run()
  })
  return value
}
