import { type FileHandle, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errnoName } from '../domain/errno.ts'
import type { Failure } from '../domain/failure.ts'
import { ok, type Result, refuse } from '../domain/result.ts'

/**
 * Writes a text to a file, in place of what was there, whose mode it keeps. A new file is 0640 whatever the umask, 0660
 * where the directory hands on its group and the group may write (contract §8). Refuses what the system refuses, with
 * its name for it.
 */
export async function writeTextFile(file: string, text: string): Promise<Result<void, Failure>> {
  try {
    const handle = await openEmpty(file)
    try {
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
    return ok(undefined)
  } catch (error) {
    const errno = errnoName(error)
    if (errno === null) throw error
    return refuse({ code: 'file', file, action: 'write', errno, hint: null })
  }
}

async function openEmpty(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file, 'wx', 0o600)
    const { mode } = await stat(dirname(file))
    await handle.chmod((mode & 0o2020) === 0o2020 ? 0o660 : 0o640)
    return handle
  } catch (error) {
    if (errnoName(error) !== 'EEXIST') throw error
    return open(file, 'w')
  }
}
