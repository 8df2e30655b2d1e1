import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import type { HistoryEnd } from '../../domain/history/history.ts'
import type { Disk, FileStat } from '../disk/disk.ts'
import { createDurably, readWhole, stagedName } from '../disk/durableFile.ts'
import { attempt, attemptQuietly, attemptQuietlyAsync, unlessMissing } from '../disk/refusal.ts'
import type { HistoryFold } from '../history/historyFile.ts'
import { sha256 } from '../sha256.ts'
import { type CatalogueIdentity, formatIdentity, readIdentity } from './catalogueIdentity.ts'
import { formatFold, readFold } from './foldText.ts'
import {
  bodyBytes,
  doubledBytes,
  formatHead,
  headBytes,
  noteInPlace,
  parseHead,
  quietly,
  type Section,
  sections,
  stretchOf,
} from './stateHead.ts'

/*
 * The state's first line has a fixed length, so that each commit can note the history's head in place. The sections
 * behind it, the folded history, the catalogue's identity and at last the watcher's checkpoint, are replaced together
 * and are only believed where they are whole: a large state has a hash for that; a small one stands there twice,
 * since comparing takes no time and loading node:crypto as much as the rest of a command. Of a large one that part
 * stands there twice which does not grow with the operators, for commands that read little more.
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

/** A checkpoint as JSON, and the numbers that belong to it. */
export interface CheckpointContent {
  readonly text: string
  readonly columns: Uint8Array
}

export interface StoredCheckpoint {
  /** What was left, for who asks; null where it can't be read any more. */
  content(): CheckpointContent | null
  /** What the watcher knew of the history: its bytes up to here, this many entries. */
  readonly offset: number
  readonly seq: number
}

/** With up to so many operators all sections stand in the file twice. */
const mostDoubled = 1000

/** Null where there is no state, or none that can be used or read: it is only a cache. */
export function readState(disk: Disk, file: string): ReadState | null {
  return quietly(() => readStateOrRefuse(disk, file))
}

/** The same for who must not forget a watcher's checkpoint: refuses where something is there and can't be read now. */
export function readStateOrRefuse(disk: Disk, file: string): ReadState | null {
  return attempt({ file, action: 'read' }, () => {
    const bytes = readWhole(disk, file)?.bytes
    const head = bytes && parseHead(bytes)
    if (!bytes || !head) return null
    const body = bytes.subarray(headBytes, headBytes + bodyBytes(head))
    const rest = bytes.subarray(headBytes + body.length)
    if (body.length < bodyBytes(head)) return null
    if (!rest.equals(body.subarray(0, doubledBytes(head)))) return null
    if (head.sha256 !== null && sha256(body) !== head.sha256) return null
    const text = (section: Section) => () => {
      const { from, to } = stretchOf(head, section)
      return bytes.toString('utf8', from, to)
    }
    return {
      fold: readFold({ small: text('small'), stays: text('stays'), roster: text('roster') }),
      catalogue: readIdentity(text('catalogue')()),
      checkpoint: readCheckpoint(text('checkpoint')(), bytes, stretchOf(head, 'columns')),
      page: pageOf(bytes, stretchOf(head, 'text'), text('parsed')),
      bytes: bytes.length,
    }
  })
}

/** Notes the history's last line; a commit's last step. Where there is no state yet, one is made that says no more. */
export async function noteHead(disk: Disk, file: string, head: HistoryEnd): Promise<void> {
  // A state that can't be opened now may hold a watcher's checkpoint: it stays as it is.
  if (noteInPlace(disk, file, head) !== 'none') return
  const state = { fold: null, catalogue: null, checkpoint: null, page: null }
  await attemptQuietlyAsync(async () => void (await writeState(disk, file, { state, head })))
}

/** Replaces the state whole; the new one's size in bytes. Readers see the old one or the new one. */
export async function writeState(
  disk: Disk,
  file: string,
  { state, head }: { readonly state: StoredState; readonly head: HistoryEnd },
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

function formatState({ fold, catalogue, checkpoint, page }: StoredState, { seq, head }: HistoryEnd): Buffer {
  const isDoubled = fold === null || fold.recorded.roster.size <= mostDoubled
  const content = checkpoint?.content() ?? null
  const texts = {
    ...formatFold(fold, isDoubled ? 'bare' : 'checked'),
    catalogue: formatIdentity(catalogue),
    checkpoint: formatCheckpoint(checkpoint, content),
    columns: content?.columns ?? '',
    text: page?.bytes ?? '',
    parsed: page === null ? '' : JSON.stringify(page.catalogue()),
  }
  const parts = sections.map((name) => bytesOf(texts[name]))
  const body = Buffer.concat(parts)
  const line = {
    seq,
    head,
    sizes: parts.map(({ length }) => length),
    sha256: isDoubled ? null : sha256(body),
  }
  return Buffer.concat([formatHead(line), body, body.subarray(0, doubledBytes(line))])
}

function bytesOf(part: string | Uint8Array): Uint8Array {
  return typeof part === 'string' ? Buffer.from(part) : part
}

function existingFile(disk: Disk, file: string): FileStat | null {
  const stat = attempt({ file, action: 'read' }, () => unlessMissing(() => disk.statName(file)))
  return stat?.kind === 'file' ? stat : null
}

function pageOf(bytes: Buffer, { from, to }: { from: number; to: number }, parsed: () => string): StoredPage | null {
  if (from === to) return null
  return { bytes: bytes.subarray(from, to), catalogue: () => JSON.parse(parsed()) as Catalogue }
}

function formatCheckpoint(checkpoint: StoredCheckpoint | null, content: CheckpointContent | null): string {
  if (checkpoint === null || content === null) return 'null\n'
  return `{"offset":${checkpoint.offset},"seq":${checkpoint.seq},"value":${content.text}}\n`
}

function readCheckpoint(
  text: string,
  bytes: Buffer,
  { from, to }: { readonly from: number; readonly to: number },
): StoredCheckpoint | null {
  const match = /^\{"offset":(\d+),"seq":(\d+),"value":/.exec(text)
  if (match === null) return null
  const start = match[0].length
  const content = () => ({ text: text.slice(start, -2), columns: bytes.subarray(from, to) })
  return { offset: Number(match[1]), seq: Number(match[2]), content }
}

export const noColumns = new Uint8Array(0)

/** What lies in the file then: of many operators it is long, and hardly ever asked for again. */
export function savedContent(disk: Disk, file: string): StoredCheckpoint['content'] {
  return () => readState(disk, file)?.checkpoint?.content() ?? null
}
