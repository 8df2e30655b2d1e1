import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const told = new Set<string>()

/** Says once in a test file why something is not tried on this machine; always false. */
export function notTried(reason: string): false {
  if (!told.has(reason)) process.stderr.write(`not tried: ${reason}\n`)
  told.add(reason)
  return false
}

/** Has this machine the tools? The first that lacks is told. Debian's `npm test` with CI=true installs them before. */
export function has(...tools: readonly string[]): boolean {
  const missing = tools.find((tool) => !found(tool))
  return missing === undefined || notTried(`this machine has no ${missing}`)
}

export function isRoot(): boolean {
  return process.getuid?.() === 0 || notTried('the account is not root')
}

/** May this process trace another one and make its calls fail? Containers often forbid it. */
export function canTrace(): boolean {
  if (!has('strace')) return false
  const { status } = spawnSync('strace', ['-f', '-e', 'trace=openat', '-o', '/dev/null', 'true'])
  return status === 0 || notTried('strace may not trace here')
}

/** The library that fakes the clocks of a program which it is preloaded to; null where it is missing. */
export function faketimeLibrary(): string | null {
  const libraries = '/usr/lib'
  const folders = existsSync(libraries) ? readdirSync(libraries) : []
  const files = folders.map((folder) => join(libraries, folder, 'faketime/libfaketimeMT.so.1'))
  const file = files.find((name) => existsSync(name))
  if (file === undefined) notTried('this machine has no libfaketime')
  return file ?? null
}

function found(tool: string): boolean {
  return spawnSync('sh', ['-c', `PATH="$PATH:/usr/sbin:/sbin"; command -v ${tool}`]).status === 0
}
