import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder } from '../support/opstat.ts'
import { keys, onTerminal } from '../support/terminal.ts'

const catalogue = {
  version: 1,
  statuses: [{ id: 'online', name: 'Online', color: '#2e7d32', canReceive: true }],
  operators: [{ id: 'ana', name: 'Ana', initialStatus: 'online' }],
}

const beat = '{"at":"2026-01-05T08:00:00.000Z","operator":"ana","session":"s","event":"beat"}\n'

/** A pipe that is written to until it is told to end, or nobody reads it any more. */
async function endlessFeed(folder: string) {
  const pipe = join(folder, 'pipe')
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
  const stream = createWriteStream(pipe)
  const closed = new Promise<void>((resolve) => stream.on('close', () => resolve()))
  stream.on('error', () => undefined)
  let isWanted = true
  const writing = (async () => {
    while (isWanted && !stream.destroyed) {
      if (!stream.write(beat.repeat(500))) await Promise.race([once(stream, 'drain').catch(() => undefined), closed])
    }
    stream.end()
  })()
  return {
    pipe,
    end() {
      isWanted = false
      return writing
    },
  }
}

test('a long replay shows on a real terminal how far it is, and then only its result', async () => {
  const folder = await createFolder({ 'statuses.json': catalogue })
  const feed = await endlessFeed(folder)
  const terminal = onTerminal(['presence', 'simulate', '--heartbeats', '-'], { folder, input: feed.pipe })
  await terminal.shows('playing standard input: ')
  await feed.end()
  await terminal.shows('OPERATOR')
  expect(await terminal.ended).toBe(0)
  expect(terminal.bytes()).toContain('records/s\x1b[K\r\x1b[KPlayed 2026-01-05T08:00:00.000Z to ')
})

test('Ctrl-C ends it with 130: the line is gone, and there is no result', async () => {
  const folder = await createFolder({ 'statuses.json': catalogue })
  const feed = await endlessFeed(folder)
  const terminal = onTerminal(['presence', 'simulate', '--heartbeats', '-'], { folder, input: feed.pipe })
  await terminal.shows('playing standard input: ')
  terminal.type(keys.ctrlC)
  expect(await terminal.ended).toBe(130)
  await feed.end()
  expect(terminal.bytes().endsWith('\r\x1b[K')).toBe(true)
  expect(terminal.bytes()).not.toContain('Played')
})
