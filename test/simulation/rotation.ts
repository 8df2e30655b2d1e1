import { type BackEnd, feedFile } from './backEnd.ts'
import type { Dice } from './dice.ts'
import type { Machine } from './machine.ts'
import type { MemoryDisk } from './memoryDisk.ts'

export type RotationKind = 'none' | 'number' | 'date' | 'copytruncate'

/** What logrotate does, step by step: others may look between two steps. */
export function rotate(
  { machine, disk, dice, backEnd }: { machine: Machine; disk: MemoryDisk; dice: Dice; backEnd: BackEnd },
  kind: RotationKind,
): void {
  if (kind === 'none' || disk.names.get(feedFile)?.kind !== 'file') return
  machine.note(`rotation: ${kind}`)
  machine.tally.rotations++
  const soon = (act: () => void, longestMs: number) => machine.at(machine.now + dice.between(0, longestMs), act)
  if (kind === 'date') {
    disk.rename(feedFile, `${feedFile}-${20_261_122_000_000 + Math.floor(machine.now)}`)
    soon(() => backEnd.reopen(), 3000)
    return
  }
  const numbers = [...disk.names.keys()].flatMap((name) => /\.(\d+)$/.exec(name)?.[1] ?? []).map(Number)
  for (const number of numbers.sort((one, other) => other - one)) {
    disk.rename(`${feedFile}.${number}`, `${feedFile}.${number + 1}`)
  }
  if (kind === 'copytruncate') copyTruncate({ machine, disk, backEnd }, soon)
  else {
    disk.rename(feedFile, `${feedFile}.1`)
    soon(() => backEnd.reopen(), 3000)
    if (dice.chance(0.5))
      soon(() => {
        if (!disk.names.has(feedFile)) disk.link(feedFile, disk.make('file', 0o640))
      }, 5)
  }
}

function copyTruncate(
  { machine, disk, backEnd }: { machine: Machine; disk: MemoryDisk; backEnd: BackEnd },
  soon: (act: () => void, longestMs: number) => void,
): void {
  const feed = disk.find(feedFile)
  const copy = disk.make('file', 0o640)
  disk.put(copy, feed.bytes)
  disk.link(`${feedFile}.1`, copy)
  disk.syncAll()
  const copiedAt = ++machine.order
  soon(() => {
    if (disk.names.get(feedFile) !== feed) return
    disk.put(feed, Buffer.alloc(0))
    backEnd.noteEmptied(copiedAt)
  }, 15)
}
