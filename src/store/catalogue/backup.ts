import { formatTime } from '../../domain/time.ts'
import type { Disk } from '../disk/disk.ts'
import { createDurably, type ReadFile, syncDirectory } from '../disk/durableFile.ts'
import { StoreRefusal } from '../disk/refusal.ts'

const mostInOneSecond = 100

/** Copies a catalogue to `<file>.bak-<UTC time>`, a name that does not exist yet; its full name. */
export async function backUp(disk: Disk, file: string, { old, at }: { old: ReadFile; at: number }): Promise<string> {
  const stamp = formatTime(at).replaceAll(/[-:]|\.\d+/g, '')
  for (let number = 1; ; number += 1) {
    const backup = `${file}.bak-${stamp}${number === 1 ? '' : `-${number}`}`
    try {
      await createDurably(disk, { file: backup, named: backup, bytes: old.bytes, like: old.stat, action: 'create' })
      await syncDirectory(disk, backup)
      return backup
    } catch (error) {
      const taken = error instanceof StoreRefusal && error.failure.code === 'file' && error.failure.errno === 'EEXIST'
      if (!taken || number === mostInOneSecond) throw error
    }
  }
}
