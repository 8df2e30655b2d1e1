import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { sha256 } from '../../../src/store/sha256.ts'
import { PromptClosed, type Prompter } from '../../../src/system/system.ts'
import { createFolder, opstat } from '../../support/opstat.ts'
import type { World } from '../../support/system.ts'
import { hostileId, hostileName, hostileText, leaksIn } from './hostileText.ts'

/** Stands in every free text that a rule does not forbid to be hostile. */
const permitted = {
  $schema: hostileText,
  [hostileText]: hostileText,
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, [hostileText]: hostileText },
    { id: 'lunch', name: 'Lunch', color: '#f9a825', countAfterClose: true },
    { id: 'tea', name: 'Tea', color: '#f9a825' },
    { id: 'offline', name: 'Offline', color: '#757575' },
  ],
  settings: { defaultOffline: 'offline', offlineAfter: '10m', [hostileText]: hostileText },
  calendars: [
    { id: hostileId, name: 'Week', timeZone: 'UTC', week: { sun: [{ from: '09:00', to: '17:00' }] }, [hostileText]: 1 },
  ],
  operators: [
    { id: hostileId, name: 'Ana', account: hostileText, calendar: hostileId, initialStatus: 'online', x: hostileText },
    { id: 'bo', name: 'Bo', initialStatus: 'online' },
  ],
}

/** The same with a hostile text in every place, whatever the rules say. */
const forbidden = {
  ...permitted,
  version: 1,
  statuses: [
    { id: hostileText, name: hostileText, color: hostileText, canReceive: hostileText, countAfterClose: hostileText },
    { id: 'tea', name: `x${hostileText}`, color: '#f9a825' },
  ],
  settings: {
    defaultOffline: hostileText,
    autoOffline: { enabled: true, status: hostileText },
    offlineAfter: hostileText,
    sessionTimeout: hostileText,
    feedTimeout: hostileText,
    massGuard: hostileText,
    access: hostileText,
  },
  calendars: [{ id: hostileText, name: hostileText, timeZone: hostileText, week: { [hostileText]: [] } }],
  operators: [
    {
      id: hostileText,
      name: hostileText,
      role: hostileText,
      account: hostileText,
      initialStatus: hostileText,
      calendar: hostileText,
    },
  ],
}

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 11, minute)).toISOString()

const feed = [
  { at: at(1), operator: hostileId, session: hostileText, event: 'open' },
  { at: at(2), operator: hostileId, dialogue: hostileText, event: 'dialogue-open' },
  { at: at(3), operator: hostileId, status: hostileText, event: 'status' },
  { at: at(4), operator: hostileText, session: hostileText, event: 'beat' },
  { at: at(5), operator: 'bo', session: 'tab', event: hostileText },
  { at: hostileText, operator: 'bo', session: 'tab', event: 'beat' },
  { at: at(6), event: 'inquiry', inquiry: hostileText },
  { at: at(7), operator: 'bo', session: hostileText, event: 'beat', [hostileText]: hostileText },
]
  .map((record) => `${JSON.stringify(record)}\n`)
  .join('')
  .concat(`${hostileName.replaceAll('\n', '')}\n{"at":"${hostileName.replaceAll('\n', '')}\n`)

const manifest = {
  version: 1,
  statuses: [{ id: 'break', name: 'Break', color: 'teal', [hostileText]: 1 }],
  operators: [{ id: `${hostileId}2`, name: 'Two', account: hostileText }],
  [hostileText]: hostileText,
}

const scenario = (catalogue: unknown) => ({
  catalogue,
  start: '2026-11-22T09:00:00Z',
  records: [
    { at: '+1m', operator: hostileId, session: hostileText, event: 'open' },
    { at: '+2m', event: 'inquiry', inquiry: hostileText },
    { at: '+3m', operator: hostileId, dialogue: hostileText, event: 'dialogue-open' },
    { at: '+20m', event: 'inquiry', inquiry: hostileText },
  ],
  expect: [{ at: '+30m', operator: hostileId, status: 'online' }],
})

const documents = {
  'manifest.json': manifest,
  'bad-manifest.json': forbidden,
  'bad-manifest.yaml': JSON.stringify(forbidden),
  'unparsable.yaml': `a: "${hostileName.replaceAll('\\', '')}\nb: [`,
  'scenario.json': scenario(permitted),
  'bad-scenario.json': { ...scenario(forbidden), [hostileText]: hostileText, start: hostileText, until: hostileText },
  'twilio.json': { activities: [{ sid: hostileText, friendly_name: hostileText, available: hostileText }] },
  'amazon.json': { AgentStatusSummaryList: [{ Id: hostileText, Name: hostileText, Type: hostileText }] },
  'genesys.json': {
    entities: [{ id: hostileText, systemPresence: hostileText, languageLabels: { en_US: hostileText } }],
  },
  'zendesk.json': { custom_statuses: [{ id: hostileText, name: hostileText, agent_label: hostileText }] },
}

/** What the store holds: hostile where it may be, hostile everywhere, or with the history rewritten, hashes and all. */
export type Kind = 'permitted' | 'forbidden' | 'rewritten'

/** The outside world that a command is run in. */
export type Manner = Pick<Partial<World>, 'env' | 'terminals'>

/** A store with all around it, of which each command gets a copy, and what leaked from what the command said. */
export async function createHostileStore(kind: Kind) {
  const template = await createHostileFolder(kind)
  // In memory where the system has a place for it: hundreds of stores are written, synced and removed.
  const copies = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'opstat-test-'))
  onTestFinished(() => rmSync(copies, { recursive: true, force: true }))
  let runs = 0
  let shown = 0
  return {
    runs: () => runs,
    /** How often something hostile was said, as it should be: in characters that everybody sees. */
    shown: () => shown,
    async leaksOf(words: readonly string[], manner: Manner = {}): Promise<string[]> {
      runs += 1
      const folder = join(copies, String(runs), hostileName)
      cpSync(template, folder, { recursive: true })
      const overheard = overhear()
      const { code, stdout, stderr } = await opstat(words, { ...manner, ...overheard, folder, account: hostileAccount })
      const isColored =
        manner.terminals !== undefined || words.includes('always') || manner.env?.FORCE_COLOR !== undefined
      const leaks = [stdout, stderr, ...overheard.texts].flatMap((text) =>
        leaksIn(text, isColored ? 'colored' : 'plain'),
      )
      if (/\\u\{?(202e|1b|001b)\}?/.test(`${stdout}${stderr}${overheard.texts.join('')}`)) shown += 1
      if (code === 1) leaks.push(`a bug: ${stderr}`)
      if (words.at(-2) === '-o' && words.at(-1) === 'json' && !words.includes('--html') && !isJson(stdout))
        leaks.push(`no JSON: ${stdout.slice(0, 200)}`)
      const command = words.map((word) => JSON.stringify(word).slice(0, 30)).join(' ')
      return leaks.map((leak) => `${command}: ${leak}`)
    },
  }
}

const hostileAccount = { name: hostileText, uid: 0 }

/** Somebody who reads all that a question shows and answers what there is to choose, until a yes is wanted. */
function overhear(): { readonly prompter: Prompter; readonly texts: string[] } {
  const texts: string[] = []
  const leave = (): never => {
    throw new PromptClosed('ended')
  }
  const prompter: Prompter = {
    text: async ({ message, check, remark }) => {
      texts.push(message, check(hostileText) ?? '', remark?.(hostileText) ?? '')
      return check('fresh') === null ? 'fresh' : leave()
    },
    choose: async ({ message, choices }) => {
      texts.push(message, ...choices.flatMap(({ label, note = '' }) => [label, note]))
      return choices[0]?.value ?? leave()
    },
    confirm: async ({ message }) => {
      texts.push(message)
      return leave()
    },
  }
  return { prompter, texts }
}

/** One value, or a line for each event of a watcher. */
function isJson(text: string): boolean {
  try {
    if (text !== '') JSON.parse(text)
    return true
  } catch {
    const lines = text.trimEnd().split('\n')
    return lines.length > 1 && lines.every((line) => line.startsWith('{') && isJson(line))
  }
}

/** A folder with a hostile name, in which the store, its feed and documents are. */
export async function createHostileFolder(kind: Kind): Promise<string> {
  const folder = join(await createFolder(), hostileName)
  mkdirSync(folder)
  const write = (name: string, content: unknown) =>
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  for (const [name, content] of Object.entries(documents)) write(name, content)
  write('statuses.json', permitted)
  write('heartbeats.jsonl', feed)
  await live(folder)
  if (kind === 'rewritten') rewrite(join(folder, 'statuses.history.jsonl'))
  if (kind !== 'permitted') rmSync(join(folder, 'statuses.state.json'))
  if (kind === 'forbidden') write('statuses.json', forbidden)
  return folder
}

/** A history in which things happened, told of by an account with a hostile name. */
async function live(folder: string): Promise<void> {
  for (const args of [
    ['watch', '--once'],
    ['operator', 'set-status', 'bo', 'tea'],
    ['status', 'delete', 'tea', '--move-to', 'lunch', '--yes'],
    ['settings', 'set', 'offline-after', '5m'],
  ]) {
    const { code, stderr } = await opstat(args, { folder, account: hostileAccount })
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  }
}

/** Every name and text of the history is exchanged, and the chain of hashes forged so that it fits. */
function rewrite(history: string): void {
  let prev: string | null = null
  const lines = readFileSync(history, 'utf8').trimEnd().split('\n')
  const forged = lines.map((line) => {
    const entry = JSON.parse(
      line.replaceAll('"Tea"', JSON.stringify(hostileText)).replaceAll('"bo"', JSON.stringify(hostileText)),
    )
    const text = JSON.stringify({ ...entry, prev: prev ?? entry.prev, [hostileText]: hostileText })
    prev = sha256(text)
    return `${text}\n`
  })
  writeFileSync(history, forged.join(''))
}
