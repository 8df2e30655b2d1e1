import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/*
 * `node rewrite.js FILE`: the bare cost of changing a catalogue: parse, stringify, and a durable write (a file beside
 * it, fsync, rename, fsync of the folder). No lock, no check, no history.
 */
const [file] = process.argv.slice(2) as [string]
const staged = `${file}.${process.pid}`
const text = `${JSON.stringify(JSON.parse(readFileSync(file, 'utf8')), null, 2)}\n`
const fd = openSync(staged, 'wx')
writeSync(fd, text)
fsyncSync(fd)
closeSync(fd)
renameSync(staged, file)
const folder = openSync(dirname(file), 'r')
fsyncSync(folder)
closeSync(folder)
