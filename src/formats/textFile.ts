import { writeFile } from 'node:fs/promises'
import { errnoName } from '../domain/errno.ts'
import type { Failure } from '../domain/failure.ts'
import { ok, type Result, refuse } from '../domain/result.ts'

/** Writes a text to a file, in place of what was there. Refuses what the system refuses, with its name for it. */
export async function writeTextFile(file: string, text: string): Promise<Result<void, Failure>> {
  try {
    await writeFile(file, text)
    return ok(undefined)
  } catch (error) {
    const errno = errnoName(error)
    if (errno === null) throw error
    return refuse({ code: 'file', file, action: 'write', errno, hint: null })
  }
}
