import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The absolute name of a program on the PATH; null where it is not installed. */
export function findProgram(name: string): string | null {
  const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))
  return places.find(isExecutable) ?? null
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
