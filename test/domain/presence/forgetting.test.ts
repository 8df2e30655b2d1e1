import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue.ts'
import { parseCatalogue } from '../../../src/domain/catalogue/rules/rules.ts'
import { createRecorded } from '../../../src/domain/history/recorded.ts'
import { toCheckpoint } from '../../../src/domain/presence/checkpoint.ts'
import { forgetPast, forgetSessionsBefore } from '../../../src/domain/presence/forgetting.ts'
import { restorePresence } from '../../../src/domain/presence/keptPresence.ts'
import { presenceRows } from '../../../src/domain/presence/presence.ts'
import { createPresenceState, type PresenceState } from '../../../src/domain/presence/presenceState.ts'
import { slotsInUse, sweepSlots } from '../../../src/domain/presence/slots.ts'
import type { FeedRecord } from '../../../src/domain/records/records.ts'
import { forgetGapsBefore } from '../../../src/domain/rule/coverage.ts'
import { applySwitch, decideLive, foldLive } from '../../../src/domain/rule/engine.ts'
import type { PresenceEvent } from '../../../src/domain/rule/events.ts'
import { armEverybody } from '../../../src/domain/rule/triggers.ts'
import { batchOf, throughDisk } from '../../support/play.ts'
import { flavours, reportFeed, type WatchedFeed, watchedFeed } from '../../support/randomFeed.ts'

const runs = Number(process.env.OPSTAT_RUNS ?? 600)

describe('a watcher that forgets all it may after every turn shows and decides the same as one that forgets nothing', () => {
  for (const flavour of flavours) {
    test(`on random feeds and turns, ${flavour.name}`, () => {
      fc.assert(
        fc.property(watchedFeed(flavour), (feed) => {
          expect(watched(feed, forgetAll)).toEqual(watched(feed, () => undefined))
        }),
        { numRuns: runs, reporter: reportFeed },
      )
    })
  }

  test.each([
    [
      'a session a moment too early',
      (state: PresenceState, now: number) => forgetSessionsBefore(state, now - timeoutOf(state) + 1),
    ],
    [
      'closed sessions at once',
      ({ sessions }: PresenceState) => sweepSlots(sessions, (slot) => sessions.open[slot] === 0),
    ],
    ['open dialogues', ({ dialogues }: PresenceState) => sweepSlots(dialogues, () => true)],
    [
      'gaps that deadlines are counted over',
      ({ coverage }: PresenceState, now: number) => forgetGapsBefore(coverage, now),
    ],
  ])('forgetting %s is found out', (_, forget) => {
    const differ = (feed: WatchedFeed) => {
      try {
        expect(watched(feed, forget)).toEqual(watched(feed, () => undefined))
        return false
      } catch {
        return true
      }
    }
    const wildest = flavours.find(
      ({ ticks, unordered, guard }) => ticks && unordered && !guard,
    ) as (typeof flavours)[number]
    const found = [wildest, flavours[1] as typeof wildest].some((flavour) =>
      fc.sample(watchedFeed(flavour), { numRuns: 2000, seed: 7 }).some(differ),
    )
    expect(found).toBe(true)
  })
})

/** All that may be forgotten at this moment, however little it is. */
function forgetAll(state: PresenceState, now: number): void {
  forgetSessionsBefore(state, now - timeoutOf(state))
  sweepSlots(state.dialogues, (slot) => state.dialogues.open[slot] === 0)
  forgetPast(state, now)
}

function timeoutOf({ rule }: PresenceState): number {
  return rule.sessionTimeoutMs
}

/** What is decided in each turn and what is shown after it. */
function watched(feed: WatchedFeed, forget: (state: PresenceState, now: number) => void) {
  const state = stateOf(feed.catalogue, feed.start)
  let next = 0
  return feed.turns.map(({ reads, now }) => {
    const events: PresenceEvent[] = []
    foldLive(state, batchOf(state, feed.records.slice(next, next + reads)), now, events)
    next += reads
    for (const due of decideLive(state, now, events)) events.push(applySwitch(state, due))
    const rows = presenceRows(state, feed.catalogue, now)
    forget(state, now)
    return { events, rows, late: state.late }
  })
}

function stateOf(catalogue: Catalogue, start: number): PresenceState {
  const state = createPresenceState(catalogue)
  state.columns.since.fill(start)
  armEverybody(state)
  return state
}

const operators = 200
const minute = 60_000
const start = Date.UTC(2026, 10, 22)

describe('through a day in which panels open new sessions every quarter of an hour and none is ever closed', () => {
  const catalogue = catalogueOf(Array(operators).fill('online'))
  const state = stateOf(catalogue, start)
  const end = start + 24 * 60 * minute
  const inUse: { sessions: number; dialogues: number; checkpoint: number }[] = []
  for (let at = start; at < end; at += minute) {
    foldLive(state, batchOf(state, minuteOf(at)), at, [])
    for (const due of decideLive(state, at, [])) applySwitch(state, due)
    forgetPast(state, at)
    if ((at - start) % (60 * minute) === 0) inUse.push(usedBy(state, catalogue))
  }
  // Two sessions of each are heard at a time, and one of an hour ago is known: five quarters' names, and half as many.
  const mostSessions = operators * 2 * 5 * 1.5 + operators * 2

  test('as many sessions are known in the evening as in the morning', () => {
    for (const { sessions } of inUse) expect(sessions).toBeLessThanOrEqual(mostSessions)
    expect(state.sessions.at.length).toBeLessThanOrEqual(2 * mostSessions)
  })

  test('closed dialogues are not known any more', () => {
    for (const { dialogues } of inUse) expect(dialogues).toBeLessThanOrEqual(1024 + operators)
  })

  test('the checkpoint does not grow', () => {
    const sizes = inUse.slice(2).map(({ checkpoint }) => checkpoint)
    expect(Math.max(...sizes)).toBeLessThan(2 * Math.min(...sizes))
  })

  test('a checkpoint brings back what is known', () => {
    const restored = stateOf(catalogue, start)
    restored.columns.status.set(state.columns.status)
    restored.columns.since.set(state.columns.since)
    restorePresence(restored, throughDisk(state, { catalogue, recorded: createRecorded() }))
    expect(presenceRows(restored, catalogue, end)).toEqual(presenceRows(state, catalogue, end))
    expect(slotsInUse(restored.sessions)).toBe(slotsInUse(state.sessions))
  })
})

test.each([
  ['offline', 7 * 24, 7 * 24 + 70],
  ['online', 40 * 24 - 1, 40 * 24 - 1],
])(
  'a feed silent again and again: while somebody unseen is %s, from %i to %i gaps are known at last',
  (status, least, most) => {
    // No time ever counts, so whoever can receive and is not seen waits for the deadline that the gaps put off.
    const state = stateOf(catalogueOf([status, 'online']), start)
    for (let hour = 0; hour < 40 * 24; hour++) {
      const at = start + hour * 60 * minute
      const beat: FeedRecord = { at, event: 'beat', operator: 'op-1', session: 'tab' }
      foldLive(state, batchOf(state, [{ at, event: 'tick' }, beat]), at, [])
      forgetPast(state, at)
    }
    expect(state.coverage.ends.length).toBeGreaterThanOrEqual(least)
    expect(state.coverage.ends.length).toBeLessThanOrEqual(most)
  },
)

/** Everybody's two sessions, and a dialogue each that ends a minute later. */
function minuteOf(at: number): FeedRecord[] {
  const quarter = Math.floor(at / (15 * minute))
  return Array.from({ length: operators }, (_, index): FeedRecord[] => {
    const operator = `op-${index}`
    return [
      { at, event: 'beat', operator, session: `${quarter}-a-${index}` },
      { at, event: 'beat', operator, session: `${quarter}-b-${index}` },
      { at, event: 'dialogue-open', operator, dialogue: `${at}` },
      { at, event: 'dialogue-close', operator, dialogue: `${at - minute}` },
    ]
  }).flat()
}

function usedBy(state: PresenceState, catalogue: Catalogue) {
  const { checkpoint: left, columns } = toCheckpoint(state, { catalogue, recorded: createRecorded() })
  const checkpoint = JSON.stringify(left).length + columns.length
  return { sessions: slotsInUse(state.sessions), dialogues: slotsInUse(state.dialogues), checkpoint }
}

function catalogueOf(initial: readonly string[]): Catalogue {
  const parsed = parseCatalogue({
    version: 1,
    statuses: [
      { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true },
      { id: 'offline', name: 'Offline', color: '#757575' },
    ],
    operators: initial.map((initialStatus, index) => ({ id: `op-${index}`, initialStatus })),
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure))
  return parsed.value
}
