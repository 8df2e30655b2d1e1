import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { opstat } from '../../src/cli.ts'
import type { Clock } from '../../src/domain/clock.ts'
import { createFakeSystem, noon } from './system.ts'

/** How a story is watched: without a break, stopped and started between any two turns, or killed between them. */
export type Watching = 'without-break' | 'stopped-between-turns' | 'killed-between-turns'

export interface WatchStory {
  readonly catalogue: unknown
  /** What happens, by seconds after noon: lines for the feed, or a command line. */
  readonly happenings: readonly (readonly [seconds: number, happening: FeedLine | ClockStep | readonly string[]])[]
  readonly untilSeconds: number
  readonly flags?: readonly string[]
  /** From when the watcher's process is stopped (SIGSTOP, a suspended machine) to when it goes on. */
  readonly asleep?: readonly [fromSeconds: number, toSeconds: number]
}

/** The wall clock is set forward, or back where negative. */
export interface ClockStep {
  readonly stepSeconds: number
  readonly where: 'at-the-watcher' | 'everywhere'
}

export interface FeedLine {
  readonly operator?: string
  readonly event: string
  readonly session?: string
  readonly status?: string
  readonly dialogue?: string
  /** Seconds after noon of the stamp, where it is not the moment of writing. */
  readonly stamp?: number
}

/** Lives through a story with a watcher at work, second by second, and answers what it left in the history and said. */
export async function liveThrough(
  story: WatchStory,
  watching: Watching,
): Promise<{ history: string[]; said: string[] }> {
  const cwd = await mkdtemp(join(tmpdir(), 'opstat-watch-'))
  try {
    await writeFile(join(cwd, 'statuses.json'), JSON.stringify(story.catalogue, null, 2))
    return await watchStory(story, watching, cwd)
  } finally {
    await rm(cwd, { recursive: true })
  }
}

class Killed extends Error {}

async function watchStory(
  story: WatchStory,
  watching: Watching,
  cwd: string,
): Promise<{ history: string[]; said: string[] }> {
  let elapsedMs = 0
  let next = 0
  let said = ''
  const setForwardMs = { watcher: 0, feed: 0 }
  const happenings = [...story.happenings].sort(([a], [b]) => a - b)
  const liveUntil = async (untilMs: number): Promise<void> => {
    while (next < happenings.length) {
      const [seconds, happening] = happenings[next] as (typeof happenings)[number]
      if (seconds * 1000 > untilMs) break
      next++
      elapsedMs = Math.max(elapsedMs, seconds * 1000)
      if (isCommand(happening))
        await runCommand(cwd, happening, { wallMs: elapsedMs + setForwardMs.watcher, elapsedMs })
      else if ('stepSeconds' in happening) {
        setForwardMs.watcher += happening.stepSeconds * 1000
        if (happening.where === 'everywhere') setForwardMs.feed += happening.stepSeconds * 1000
      } else await appendFile(join(cwd, 'heartbeats.jsonl'), `${lineOf(happening, elapsedMs + setForwardMs.feed)}\n`)
    }
    elapsedMs = untilMs
  }
  await liveUntil(0)
  while (elapsedMs < story.untilSeconds * 1000) {
    const stop = new AbortController()
    const clock: Clock = {
      now: () => noon + elapsedMs + setForwardMs.watcher,
      steady: () => elapsedMs,
      async sleep(ms) {
        const [from, to] = story.asleep ?? [0, 0]
        const fallsAsleep = elapsedMs < from * 1000 && elapsedMs + ms >= from * 1000
        await liveUntil(fallsAsleep ? to * 1000 : elapsedMs + ms)
        if (elapsedMs >= story.untilSeconds * 1000 || watching === 'stopped-between-turns') stop.abort('SIGTERM')
        else if (watching === 'killed-between-turns') throw new Killed()
      },
    }
    const system = createFakeSystem({ cwd, clock, stop: stop.signal })
    await opstat(['watch', '-o', 'json', ...(story.flags ?? [])], system)
    said += system.written.stdout
  }
  return { history: await readHistory(cwd), said: said.split('\n').slice(0, -1) }
}

function isCommand(happening: FeedLine | ClockStep | readonly string[]): happening is readonly string[] {
  return Array.isArray(happening)
}

async function runCommand(
  cwd: string,
  argv: readonly string[],
  at: { wallMs: number; elapsedMs: number },
): Promise<void> {
  const clock: Clock = { now: () => noon + at.wallMs, steady: () => at.elapsedMs, sleep: async () => undefined }
  const system = createFakeSystem({ cwd, clock })
  const code = await opstat(argv, system)
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${system.written.stderr}`)
}

function lineOf({ stamp, ...fields }: FeedLine, elapsedMs: number): string {
  return JSON.stringify({
    at: new Date(noon + (stamp === undefined ? elapsedMs : stamp * 1000)).toISOString(),
    ...fields,
  })
}

/** `12:00:03 ana online > offline auto-offline`: the entries about statuses and dialogues, first stays left out. */
async function readHistory(cwd: string): Promise<string[]> {
  const text = await readFile(join(cwd, 'statuses.history.jsonl'), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .flatMap((entry) => {
      const at = String(entry.at).slice(11, 23)
      if (entry.type === 'status-entered' && entry.from !== null)
        return [`${at} ${entry.operator} ${entry.from} > ${entry.to} ${entry.cause}`]
      return entry.type === 'dialogues' ? [`${at} ${entry.operator} dialogues ${entry.open}`] : []
    })
}
