import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { binFile, cleanEnv, createFolder, ensureBuilt } from './opstat.ts'

/** Is the program there? Where it is not, a line on stderr says what is not tried. */
export function isInstalled(program: string, what: string): boolean {
  if (spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined) return true
  process.stderr.write(`not tried: ${what}, as ${program} is not installed\n`)
  return false
}

/** Surroundings in which `opstat` is the built program. */
export async function opstatOnPath(): Promise<Record<string, string>> {
  ensureBuilt()
  const folder = await createFolder()
  const file = join(folder, 'opstat')
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${binFile}' "$@"\n`)
  chmodSync(file, 0o755)
  return { ...cleanEnv, PATH: `${folder}${delimiter}${cleanEnv.PATH}`, TERM: 'dumb' }
}

/**
 * Types lines into an interactive shell on a pseudo-terminal (util-linux's `script`) and gives what each of them made it
 * show. The shell's prompt must be `READY1> `, `READY2> ` and so on.
 */
export function typeInto(
  command: string,
  lines: readonly string[],
  around: { readonly folder: string; readonly env: Readonly<Record<string, string>> },
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd: around.folder,
      env: around.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let shown = ''
    let typed = 0
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      shown += chunk
      if (!shown.includes(`READY${typed + 1}> `)) return
      child.stdin.write(`${lines[typed++] ?? 'exit'}\n`)
    })
    child.on('error', reject)
    child.on('close', () => resolve(lines.map((_, index) => shownBetween(shown, index + 1))))
  })
}

/** Editors draw a prompt again and again: what counts stands after the last of them. */
function shownBetween(shown: string, number: number): string {
  const until = shown.indexOf(`READY${number + 1}> `)
  const part = shown.slice(0, until === -1 ? undefined : until)
  return stripVTControlCharacters(part.slice(part.lastIndexOf(`READY${number}> `))).replaceAll('\r', '')
}
