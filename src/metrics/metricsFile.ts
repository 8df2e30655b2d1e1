import { randomBytes } from 'node:crypto'
import { chmod, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errnoName } from '../domain/errno.ts'

/**
 * Replaces a file for node_exporter's textfile collector, which reads at any moment and under another account: written
 * beside under a name that the collector passes over, readable for all, then renamed. Answers the errno of what
 * failed; null where all went well.
 */
export async function writeMetricsFile(file: string, text: string): Promise<string | null> {
  const staged = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const handle = await open(staged, 'wx', 0o644)
    try {
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
    await chmod(staged, 0o644)
    await rename(staged, file)
    return null
  } catch (error) {
    await unlink(staged).catch(() => undefined)
    return errnoName(error) ?? 'EIO'
  }
}
