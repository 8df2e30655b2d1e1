import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'dist', '.stamp')

/** Bundles src into dist, unless dist was made from the very same sources. True: it was built. */
export async function build() {
  const stamp = stampOfSources()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false
  const { rolldown } = await import('rolldown')
  const { default: config } = await import('../rolldown.config.js')
  const { output, ...input } = config
  // Built beside and moved into place, so that a program that is starting never meets half of a build.
  const fresh = join(root, `dist.${process.pid}`)
  const bundle = await rolldown({ ...input, cwd: root })
  await bundle.write({ ...output, dir: fresh })
  await bundle.close()
  writeFileSync(join(fresh, 'package.json'), '{ "type": "commonjs" }\n')
  writeFileSync(join(fresh, '.stamp'), stamp)
  replaceFolder(join(root, 'dist'), fresh)
  return true
}

/** A hash over everything that the bundle is made from. */
function stampOfSources() {
  const hash = createHash('sha256')
  const files = ['package.json', 'package-lock.json', 'rolldown.config.js', 'tools/build.js', ...filesUnder('src')]
  for (const file of files) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath.slice(root.length + 1), entry.name))
    .sort()
}

function replaceFolder(target, fresh) {
  const old = `${fresh}.old`
  mkdirSync(target, { recursive: true })
  renameSync(target, old)
  renameSync(fresh, target)
  rmSync(old, { recursive: true, force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await build()) ? 'built dist' : 'dist is up to date')
}
