import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Installs what the lockfile asks for and node_modules lacks; touches no network where nothing is missing. */
export function installMissing() {
  if (isComplete()) return
  // Under `npm test` and `npm start` npm says where it is; else the one on the path.
  const npm = process.env.npm_execpath
  const [command, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  console.error('installing what package-lock.json lists …')
  const { status, error } = spawnSync(command, [...before, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    // Packages for development are needed, whatever the surroundings say about production.
    env: { ...process.env, NODE_ENV: 'development', npm_config_omit: '' },
  })
  if (status !== 0) throw new Error(`npm ci failed (${error?.message ?? `exit ${status}`}); is there a network?`)
}

/** Is every package of the lockfile there in its version? Those for other platforms are optional and may lack. */
function isComplete() {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'))
  if (installed === null) return false
  return Object.entries(readPackages(join(root, 'package-lock.json'))).every(([place, wanted]) => {
    if (place === '') return true
    const found = installed[place]
    if (found === undefined) return wanted.optional === true
    return found.version === wanted.version && existsSync(join(root, place, 'package.json'))
  })
}

function readPackages(lockfile) {
  return existsSync(lockfile) ? JSON.parse(readFileSync(lockfile, 'utf8')).packages : null
}
