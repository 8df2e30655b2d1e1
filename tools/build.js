import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyAddon } from './addon.js'
import { describeProgram } from './describe.js'
import { frequent } from './frequent.js'
import { writeLicences } from './licences.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { closing, opening, stampLength } = createRequire(import.meta.url)('../bin/opstat.js')
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
  const { output: chunks } = await bundle.write({ ...output, dir: fresh })
  await bundle.close()
  copyAddon(root, fresh)
  writeLicences(root, { dist: fresh, modules: chunks.flatMap((chunk) => chunk.moduleIds ?? []) })
  writeFileSync(join(fresh, 'package.json'), '{ "type": "commonjs" }\n')
  describeProgram(fresh)
  takeInRuntime(fresh)
  for (const name of readdirSync(fresh)) if (name.endsWith('.js')) finishChunk(join(fresh, name))
  await Promise.all([undefined, ...Object.keys(frequent)].map((command) => warm(fresh, command)))
  writeFileSync(join(fresh, '.stamp'), stamp)
  replaceFolder(join(root, 'dist'), fresh)
  return true
}

/** What the bundler's chunks share goes into the one that is always loaded: a start reads a file less. */
function takeInRuntime(dist) {
  const [main, runtime] = ['main.js', 'rolldown-runtime.js'].map((name) => join(dist, name))
  const provided = `function (exports, require, module) {\n${readFileSync(runtime, 'utf8')}\n}`
  const code = `require.provide("./rolldown-runtime.js", ${provided});\n${readFileSync(main, 'utf8')}`
  writeFileSync(main, code)
  rmSync(runtime)
}

/**
 * Puts the chunk into a function, with a stamp by which a cache is known to be its own (bin/opstat.js), and escapes
 * what is not ASCII: read as Latin-1 a file is one block of memory, decoded as UTF-8 it is not.
 */
function finishChunk(file) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  // What never changes is exported as a plain property: made and read faster than a live binding.
  const bindings =
    /Object\.defineProperty\(exports, ?"(\w+)", ?\{\s*enumerable: ?true,\s*get: ?function\(\) ?\{\s*return (\w+);?\s*\}\s*\}\);/g
  const code = readFileSync(file, 'utf8')
    .replace(bindings, (binding, name, local, _at, all) => {
      const isConstant = new RegExp(`(^|[;}])(const|class|(async )?function\\*?) ${local}\\b`, 'm').test(all)
      return isConstant ? `exports.${name} = ${local};` : binding
    })
    .replace(/[\u0080-\uffff]/g, escaped)
  const stamp = createHash('sha256').update(code).digest('hex').slice(0, stampLength)
  writeFileSync(file, `${opening}${stamp}\n${code}${closing}`)
}

/** Makes V8's code caches, so that the very first start has them. Without them everything works as well. */
function warm(dist, command) {
  const args = [join(root, 'tools/warm.js'), dist, ...(command === undefined ? [] : [command])]
  return new Promise((resolve) => {
    spawn(process.execPath, args, { stdio: 'ignore' }).on('close', (code) => {
      if (code !== 0) console.error(`no code caches: node ${args.join(' ')} ended with ${code}`)
      resolve()
    })
  })
}

/** A hash over everything that the bundle is made from. */
function stampOfSources() {
  const hash = createHash('sha256')
  const files = [
    'package.json',
    'package-lock.json',
    'rolldown.config.js',
    'tools/addon.js',
    'tools/build.js',
    'tools/describe.js',
    'tools/frequent.js',
    'tools/licences.js',
    'tools/warm.js',
    'bin/opstat.js',
    ...filesUnder('src'),
  ]
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
