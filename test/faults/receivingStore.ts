import { appendFileSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { opstatProcess } from '../support/opstat.ts'

/** A store whose operators are in a receiving status and are switched after three seconds of silence. */
export interface ReceivingStore {
  readonly folder: string
  readonly feed: string
  /** One sign of life; answers when. */
  beat(operator: string): number
  /** Signs of life three times a second until the test is over; answers how to wait for so many more, and how to end. */
  keepBeating(...operators: string[]): { beats(more: number): Promise<void>; silence(operator: string): number }
  /** Everybody who entered another status: `ana offline auto-offline`. */
  entered(): string[]
  /** The entries of the history that are transitions, whole. */
  transitions(): readonly Transition[]
}

export interface Transition {
  readonly operator: string
  readonly from: string | null
  readonly to: string
  readonly cause: string
  readonly at: string
  readonly recordedAt: string
}

export const receivingCatalogue = (operators: readonly string[]) => ({
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
    { id: 'lunch', name: 'Lunch', color: '#f9a825', countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  settings: { defaultOffline: 'offline', offlineAfter: '3s' },
  operators: operators.map((id) => ({ id, initialStatus: 'online' })),
})

/** Made in a folder that is there, its first stays recorded; the feed may lie elsewhere. */
export async function createReceivingStore(
  folder: string,
  {
    operators,
    feed = join(folder, 'heartbeats.jsonl'),
  }: { readonly operators: readonly string[]; readonly feed?: string },
): Promise<ReceivingStore> {
  await writeFile(join(folder, 'statuses.json'), JSON.stringify(receivingCatalogue(operators)))
  const { code, stderr } = await opstatProcess(['watch', '--once', '-q'], { folder })
  if (code !== 0) throw new Error(stderr)
  const beat = (operator: string) => {
    const at = Date.now()
    const line = { at: new Date(at).toISOString(), operator, session: 'tab', event: 'beat' }
    appendFileSync(feed, `${JSON.stringify(line)}\n`)
    return at
  }
  const transitions = () =>
    readFileSync(join(folder, 'statuses.history.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Transition)
      .filter(({ from }) => typeof from === 'string')
  return {
    folder,
    feed,
    beat,
    keepBeating: (...beating) => keepBeating(beat, beating),
    transitions,
    entered: () => transitions().map(({ operator, to, cause }) => `${operator} ${to} ${cause}`),
  }
}

function keepBeating(beat: (operator: string) => number, operators: readonly string[]) {
  const last = new Map(operators.map((operator) => [operator, beat(operator)]))
  const awaited = new Map<number, () => void>()
  let beats = 0
  const timer = setInterval(() => {
    for (const operator of last.keys()) last.set(operator, beat(operator))
    awaited.get(++beats)?.()
  }, 300)
  onTestFinished(() => clearInterval(timer))
  return {
    beats: (more: number) => new Promise<void>((resolve) => awaited.set(beats + more, resolve)),
    silence: (operator: string) => {
      const at = last.get(operator) as number
      last.delete(operator)
      return at
    },
  }
}
