import type { Leadership } from '../port.ts'
import type { Disk } from './disk.ts'
import { tryHold } from './lock.ts'

/** One watcher leads; the lock ends with its process. Null while another one holds it. */
export async function takeLead(disk: Disk, file: string): Promise<Leadership | null> {
  const lock = await tryHold(disk, file)
  if (lock === null) return null
  return {
    previousAwakeAt: lock.readPrevious()?.at ?? null,
    awake: async (at) => lock.note({ pid: process.pid, at }),
    release: async () => lock.release(),
  }
}
