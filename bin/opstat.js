#!/usr/bin/env node
'use strict'

const { closeSync, openSync, readSync } = require('node:fs')
const { Script } = require('node:vm')

/*
 * Starts the built program. Its chunks are loaded with V8's code cache, so that a start does not compile again what an
 * earlier one did: that is half of its time. The build makes the caches for its own Node; another Node makes its own
 * beside them while the first few commands end, if it may write there. A cache is only an advantage: where it is
 * missing or does not fit (V8 sees to version and flags), the chunk is compiled as ever. V8 does not look whether the
 * bytes are whole, so a cache is synced before it gets its name, and bears the stamp of its chunk at both ends.
 */

/** Every chunk is the text of a function, so that it can be compiled as it is read; a stamp stands in its first line. */
const opening = '(function (exports, require, module) {//'
const closing = '\n})'
const stampLength = 16
/** A cache: the stamp, its generation, V8's bytes, the stamp again. V8 wants its bytes aligned. */
const headLength = 24
/** A cache that has grown so often holds what commands use; the build's own is of this generation at once. */
const lastGeneration = 8

/**
 * What loads chunks from the folder `dist`, like `require`. `learns`: caches that lack something are made and
 * completed at the end of the process.
 */
function createLoader(dist, { learns }) {
  const folder = `${dist}/cache/${process.version}-${process.arch}`
  const loaded = new Map()
  let learning = false

  function load(id) {
    if (!id.startsWith('./')) return require(id)
    if (id.endsWith('.node')) return require(`${dist}/${id.slice(2)}`)
    const known = loaded.get(id)
    if (known !== undefined) return known.module.exports
    const chunk = compile(`${dist}/${id.slice(2)}`, `${folder}/${id.slice(2)}.cache`)
    loaded.set(id, chunk)
    if (learns && !learning && chunk.generation < lastGeneration) {
      learning = true
      process.on('exit', () => saveCaches((generation) => generation + 1))
    }
    chunk.script.runInThisContext()(chunk.module.exports, load, chunk.module)
    return chunk.module.exports
  }

  /** Writes what was compiled beside the chunks, as far as the system lets it. */
  function saveCaches(nextGeneration) {
    const { accessSync, constants, mkdirSync } = require('node:fs')
    try {
      accessSync(dist, constants.W_OK)
      mkdirSync(folder, { recursive: true })
      for (const chunk of loaded.values()) if (chunk.generation < lastGeneration) saveCache(chunk, nextGeneration)
    } catch {
      // The program is installed where this user may not write: it runs as well without.
    }
  }

  return { load, saveCaches }
}

function compile(file, cacheFile) {
  const source = readBytes(file).latin1Slice()
  const stamp = source.slice(opening.length, opening.length + stampLength)
  const cache = readCache(cacheFile, stamp)
  const cachedData = cache === null ? undefined : cache.subarray(headLength, -stampLength)
  const script = new Script(source, { filename: file, cachedData })
  // One that V8 rejects was made under other flags: theirs, not to be replaced by turns.
  const generation = cache === null ? 0 : script.cachedDataRejected ? lastGeneration : cache[stampLength]
  return { module: { exports: {} }, script, stamp, cacheFile, generation }
}

/** Null where there is none, or none for this very chunk, whole. */
function readCache(file, stamp) {
  try {
    const bytes = readBytes(file)
    const fits = bytes.latin1Slice(0, stampLength) === stamp && bytes.latin1Slice(bytes.length - stampLength) === stamp
    return fits ? bytes : null
  } catch {
    return null
  }
}

/** Nearly every file is read with one call; the bytes are good until the next one is read. */
let room = Buffer.allocUnsafeSlow(1 << 18)

function readBytes(file) {
  const fd = openSync(file)
  try {
    let length = 0
    for (;;) {
      const count = readSync(fd, room, length, room.length - length, length)
      length += count
      if (count === 0 || length < room.length) return room.subarray(0, length)
      const grown = Buffer.allocUnsafeSlow(room.length * 4)
      room.copy(grown)
      room = grown
    }
  } finally {
    closeSync(fd)
  }
}

function saveCache({ script, stamp, cacheFile, generation }, nextGeneration) {
  const { fsyncSync, renameSync, writeFileSync } = require('node:fs')
  const head = Buffer.alloc(headLength)
  head.write(stamp, 'latin1')
  head[stampLength] = nextGeneration(generation)
  const staged = `${cacheFile}.${process.pid}`
  const fd = openSync(staged, 'wx')
  try {
    writeFileSync(fd, Buffer.concat([head, script.createCachedData(), Buffer.from(stamp, 'latin1')]))
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(staged, cacheFile)
}

/** Runs the command line that the process was started with. */
function start() {
  createLoader(`${__dirname}/../dist`, { learns: true }).load('./main.js').start()
}

if (require.main === module) start()
else module.exports = { closing, createLoader, lastGeneration, opening, stampLength, start }
