import { hashOfNothing } from '../../domain/recorded.ts'
import type { Disk } from '../disk/disk.ts'
import { StoreRefusal } from '../disk/refusal.ts'
import { linesIn, withHistory } from './historyFile.ts'
import { parseLine, sha256 } from './historyLine.ts'

/** The last line that a commit wrote, as noted outside the history. */
export interface HistoryHead {
  readonly seq: number
  readonly head: string
}

/**
 * Looks at every line: its number, the hash of the line before, and, where a head was noted, that line itself; so
 * every single edit, removal and swap is found, at the last line too. Refuses with `history-broken` at the first
 * place; an end that a crash left unfinished is one, until the next write cuts it off.
 */
export function verifyHistory(disk: Disk, file: string, noted: HistoryHead | null): HistoryHead {
  const found = withHistory(disk, file, (fd, size) => verifyLines(disk, fd, { file, size, noted }))
  const last = found ?? { seq: 0, head: hashOfNothing }
  if (noted !== null && noted.seq > last.seq) {
    throw broken(file, last.seq + 1, `it is missing: ${noted.seq} entries had been written`)
  }
  return last
}

interface Checked {
  readonly file: string
  readonly size: number
  readonly noted: HistoryHead | null
}

function verifyLines(disk: Disk, fd: number, { file, size, noted }: Checked): HistoryHead {
  let last: HistoryHead = { seq: 0, head: hashOfNothing }
  let read = 0
  let unfinished = false
  for (const { bytes, end } of linesIn(disk, fd, 0, size)) {
    const number = last.seq + 1
    const line = parseLine(bytes.toString('utf8'))
    if (line === null) throw broken(file, number, 'it is not an entry of a history')
    const { seq, prev } = line.entry
    if (seq !== number) throw broken(file, number, `it is entry ${seq} where entry ${number} should be`)
    if (prev !== last.head)
      throw broken(file, number, 'it does not follow the line before it: one of the two was changed')
    last = { seq, head: sha256(bytes) }
    if (noted?.seq === seq && noted.head !== last.head)
      throw broken(file, number, 'it was changed after it was written')
    read = end
    unfinished = line.more
  }
  if (read < size) throw broken(file, last.seq + 1, 'it is not finished')
  if (unfinished) throw broken(file, last.seq, 'the entries written together with it are missing')
  return last
}

function broken(file: string, line: number, reason: string): StoreRefusal {
  return new StoreRefusal({ code: 'history-broken', file, line, reason })
}
