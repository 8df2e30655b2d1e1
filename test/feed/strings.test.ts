import { expect, test } from 'vitest'
import { parseCatalogue } from '../../src/domain/catalogue/rules/rules.ts'
import { createPresenceState } from '../../src/domain/presence/presenceState.ts'
import { recordNames } from '../../src/domain/presence/recordNames.ts'
import { createBatch } from '../../src/domain/records/records.ts'
import { foldLive } from '../../src/domain/rule/engine.ts'
import { createLineParser } from '../../src/feed/lineParser.ts'

const start = Date.UTC(2026, 10, 22, 9)
const operators = 500

/** Everybody's two sessions, all within a minute; the names may be any characters that JSON need not escape. */
function heard(minute: number, ending: string): Buffer {
  const lines = Array.from({ length: operators * 2 }, (_, index) => {
    const at = new Date(start + minute * 60_000 + index * 10).toISOString()
    return `{"at":"${at}","operator":"оператор-${index >> 1}","session":"tab-${index & 1}","event":"beat"${ending}}\n`
  })
  return Buffer.from(lines.join(''))
}

test.each([
  ['as the contract shows them', ''],
  ['with another field', ',"rtt":12'],
])('heartbeats written %s, from their bytes into the presence, make a text for the minute alone', (_, ending) => {
  const state = createPresenceState(catalogue())
  const parser = createLineParser({ names: recordNames(state), futureLimit: null })
  const batch = createBatch(4096)
  const read = (minute: number) => {
    batch.length = 0
    parser.parse(heard(minute, ending), batch)
    foldLive(state, batch, start + 3_600_000, [])
  }
  const madeFirst = textsMade(() => read(0))
  expect(madeFirst).toBeLessThanOrEqual(4)
  const bytes = [1, 2, 3].map((minute) => heard(minute, ending))
  const made = textsMade(() => {
    for (const piece of bytes) parser.parse(piece, batch)
  })
  expect(parser.counts.accepted).toBe(4 * operators * 2)
  // Those that read the usual lines and the others each remember it.
  expect(made).toBeLessThanOrEqual(3 * 4)
})

/** How often bytes or code points are made into text while `run` does. */
function textsMade(run: () => void): number {
  let made = 0
  const places = [
    [Buffer.prototype, 'toString'],
    [Buffer.prototype, 'utf8Slice'],
    [Buffer.prototype, 'latin1Slice'],
    [TextDecoder.prototype, 'decode'],
    [String, 'fromCharCode'],
    [String, 'fromCodePoint'],
    [JSON, 'parse'],
  ] as unknown as readonly [Record<string, (...args: unknown[]) => unknown>, string][]
  const before = places.map(([holder, name]) => [holder, name, holder[name]] as const)
  for (const [holder, name, own] of before) {
    holder[name] = function (this: unknown, ...args: unknown[]) {
      made++
      return own?.apply(this, args)
    }
  }
  try {
    run()
  } finally {
    for (const [holder, name, own] of before) if (own !== undefined) holder[name] = own
  }
  return made
}

function catalogue() {
  const parsed = parseCatalogue({
    version: 1,
    statuses: [
      { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
      { id: 'offline', name: 'Offline', color: '#757575' },
    ],
    operators: Array.from({ length: operators }, (_, index) => ({ id: `оператор-${index}`, initialStatus: 'online' })),
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure))
  return parsed.value
}
