#!/usr/bin/env node
'use strict'

const { closeSync, openSync, readSync } = require('node:fs')
const { Script } = require('node:vm')

/*
 * Starts the built program. Its chunks are loaded with V8's code cache, so that a start does not compile again what an
 * earlier one did: that is half of its time. The build makes the caches for its own Node; another Node makes its own
 * beside them while the first few commands end, if it may write there. A cache is only an advantage: where it is
 * missing or does not fit (V8 sees to version and flags), the chunk is compiled as ever. V8 does not look whether the
 * bytes are whole, and would crash: so they stand there twice, with the stamp of the chunk at both ends.
 *
 * A cache takes time for what is in it, wanted or not: the most frequent commands have caches of their own, with what
 * they use alone, in a folder that is called after the command's first two words.
 */

/** Every chunk is the text of a function, so that it can be compiled as it is read; a stamp stands in its first line. */
const opening = '(function (exports, require, module) {//'
const closing = '\n})'
const stampLength = 16
/** A cache: the stamp, its generation, V8's bytes twice, the stamp again. V8 wants its bytes aligned. */
const headLength = 24
/** A cache that has grown so often holds what commands use; the build's own is of this generation at once. */
const lastGeneration = 8

/**
 * What loads chunks from the folder `dist`, like `require`. `command`: its own caches are preferred where there are
 * any. `learns`: caches that lack something are made and completed at the end of the process.
 */
function createLoader(dist, { command, learns }) {
  const shared = `${dist}/cache/${process.version}-${process.arch}`
  const loaded = new Map()
  let folder = `${shared}/${command}`
  let learning = false

  function load(id) {
    if (!id.startsWith('./')) return require(id)
    if (id.endsWith('.node')) return require(`${dist}/${id.slice(2)}`)
    const known = loaded.get(id)
    if (known !== undefined) return known.module.exports
    const chunk = compile(id.slice(2))
    loaded.set(id, chunk)
    if (learns && !learning && chunk.generation < lastGeneration) {
      learning = true
      learnUntilExit()
    }
    chunk.script.runInThisContext()(chunk.module.exports, load, chunk.module)
    return chunk.module.exports
  }

  function learnUntilExit() {
    const { cachedDataVersionTag } = require('node:v8')
    const usual = cachedDataVersionTag()
    process.on('exit', () => {
      // A command that has set flags of V8 would leave caches that no other one can take, and none would replace.
      if (cachedDataVersionTag() === usual) saveCaches(shared, (generation) => generation + 1)
    })
  }

  /** A chunk that another one brings along. */
  load.provide = (id, make) => {
    const module = { exports: {} }
    loaded.set(id, { module, generation: lastGeneration })
    make(module.exports, load, module)
  }

  function compile(name) {
    const filename = `${dist}/${name}`
    const source = readBytes(filename).latin1Slice()
    const stamp = source.slice(opening.length, opening.length + stampLength)
    let cache = readCache(`${folder}/${name}.cache`, stamp)
    if (cache === null && folder !== shared) {
      // Where the first chunk has none of its own, no other has.
      if (loaded.size === 0) folder = shared
      cache = readCache(`${shared}/${name}.cache`, stamp)
    }
    const script = new Script(source, { filename, cachedData: cache?.compiled })
    // One that V8 rejects was made under other flags: theirs, not to be replaced by turns.
    const generation = cache === null ? 0 : script.cachedDataRejected ? lastGeneration : cache.generation
    // Without a prototype V8 keeps the many exports in a hash table, which is made in half the time.
    return { module: { exports: Object.create(null) }, name, script, stamp, generation }
  }

  /** Writes what was compiled into a folder, as far as the system lets it. */
  function saveCaches(into, nextGeneration) {
    const { accessSync, constants, mkdirSync } = require('node:fs')
    try {
      accessSync(dist, constants.W_OK)
      mkdirSync(into, { recursive: true })
      for (const chunk of loaded.values()) if (chunk.generation < lastGeneration) saveCache(into, chunk, nextGeneration)
    } catch {
      // The program is installed where this user may not write: it runs as well without.
    }
  }

  return { load, saveCaches }
}

/** Null where there is none, or none for this very chunk, whole. */
function readCache(file, stamp) {
  try {
    const bytes = readBytes(file)
    const end = bytes.length - stampLength
    if (bytes.latin1Slice(0, stampLength) !== stamp || bytes.latin1Slice(end) !== stamp) return null
    const middle = (headLength + end) / 2
    const compiled = bytes.subarray(headLength, middle)
    return compiled.equals(bytes.subarray(middle, end)) ? { compiled, generation: bytes[stampLength] } : null
  } catch {
    return null
  }
}

/** Nearly every file is read with one call; the bytes are good until the next one is read. */
let room = Buffer.allocUnsafeSlow(1 << 20)

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

function saveCache(folder, { name, script, stamp, generation }, nextGeneration) {
  const { fsyncSync, renameSync, unlinkSync, writeFileSync } = require('node:fs')
  const head = Buffer.alloc(headLength)
  head.write(stamp, 'latin1')
  head[stampLength] = nextGeneration(generation)
  const compiled = script.createCachedData()
  const file = `${folder}/${name}.cache`
  const staged = `${file}.${process.pid}`
  const fd = openSync(staged, 'wx')
  try {
    try {
      writeFileSync(fd, Buffer.concat([head, compiled, compiled, Buffer.from(stamp, 'latin1')]))
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(staged, file)
  } catch (error) {
    unlinkSync(staged)
    throw error
  }
}

/** Runs the command line that the process was started with. */
function start() {
  const [, , first = '', second = ''] = process.argv
  const command = first.startsWith('__') ? first : `${first}-${second}`
  createLoader(`${__dirname}/../dist`, { command: command.includes('/') ? '' : command, learns: true })
    .load('./main.js')
    .start()
}

if (require.main === module) start()
else module.exports = { closing, createLoader, lastGeneration, opening, stampLength, start }
