import fc from 'fast-check'
import type { Catalogue } from '../../src/domain/catalogue/catalogue.ts'
import type { FeedRecord } from '../../src/domain/records/records.ts'
import type { OracleInput, Turn } from './oracle.ts'
import { randomSettings, statuses, stepsOf } from './randomSettings.ts'

const second = 1_000
const start = Date.UTC(2026, 10, 22, 9)

/** What a random feed may contain besides the plain rule's records. */
export interface Flavour {
  readonly name: string
  readonly ticks: boolean
  readonly guard: boolean
  readonly unordered: boolean
}

export const flavours: readonly Flavour[] = [false, true].flatMap((ticks) =>
  [false, true].flatMap((guard) =>
    [false, true].map((unordered) => {
      const has = Object.entries({ ticks, guard, unordered }).flatMap(([name, wanted]) => (wanted ? [name] : []))
      return { name: has.length === 0 ? 'plain' : has.join(', '), ticks, guard, unordered }
    }),
  ),
)

/**
 * A catalogue and a feed whose stamps lie on, just before and just after each other's deadlines, so that ties and
 * boundaries are the ordinary case: every step in time is a duration of the settings, or one millisecond off it.
 */
export function randomFeed(flavour: Flavour): fc.Arbitrary<OracleInput> {
  return randomSettings(flavour).chain((chosen) => {
    const steps = stepsOf(chosen)
    return fc
      .record({
        offered: fc.oneof(
          { arbitrary: fc.constant(statuses), weight: 8 },
          { arbitrary: fc.constant(statuses.slice(0, 3)), weight: 1 },
          { arbitrary: fc.constant(statuses.slice(0, 2)), weight: 1 },
        ),
        people: fc.integer({ min: 1, max: flavour.guard ? 6 : 3 }),
        startsOnline: mostly(true, fc.constant(false)),
        overrides: fc.array(fc.tuple(person(6), fc.constantFrom('online', 'phone', 'away')), { maxLength: 2 }),
        moves: fc.array(move(flavour, steps), { minLength: 1, maxLength: 60, size: 'max' }),
        startsAt: mostly(null, fc.constantFrom(start, start - 60 * second, start + 60 * second)),
        endsAfter: mostly(null, fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom(...steps))),
      })
      .map(({ offered, people, startsOnline, overrides, moves, startsAt, endsAfter }): OracleInput => {
        const ids = ['zoe', 'ana', 'Ivo', 'йова', '\u{ff21}', '\u{10000}'].slice(0, people)
        const offers = (id: string) => offered.some((status) => status.id === id)
        const existing = (id: string) => (offers(id) ? id : 'phone')
        const records = recordsOf(
          moves.map((one) => ({ ...one, status: existing(one.status) })),
          ids,
        )
        const withoutOffline = {
          ...chosen,
          defaultOffline: null,
          autoOffline: { enabled: false, status: null } as const,
        }
        const catalogue: Catalogue = {
          statuses: offered,
          settings: offers('offline') ? chosen : withoutOffline,
          calendars: [],
          operators: ids.map((id) => ({
            id,
            name: id,
            role: 'operator',
            account: null,
            initialStatus: startsOnline ? 'online' : null,
            calendar: null,
          })),
        }
        const known = overrides.map(([index, status]) => [ids[index % ids.length], existing(status)])
        const until =
          endsAfter === null ? null : Math.max(startsAt ?? start, (records[endsAfter[0]]?.at ?? start) + endsAfter[1])
        return { catalogue, records, start: startsAt, until, initial: Object.fromEntries(known) }
      })
  })
}

export interface WatchedFeed extends OracleInput {
  readonly start: number
  readonly turns: readonly Turn[]
}

/** The same feed, and the turns in which a live watcher reads it: late, early, several records at once or none. */
export function watchedFeed(flavour: Flavour): fc.Arbitrary<WatchedFeed> {
  return randomFeed(flavour).chain((feed) => {
    const input = { ...feed, start: feed.start ?? (feed.records[0]?.at ?? start) - second }
    const steps = [0, ...stepsOf(input.catalogue.settings)]
    const turn = fc.record({
      reads: fc.integer({ min: 0, max: 4 }),
      after: fc.constantFrom(...steps),
      early: fc.boolean(),
    })
    return fc.array(turn, { minLength: 20, maxLength: 60, size: 'max' }).map((chosen) => {
      const turns: Turn[] = []
      let next = 0
      let now = input.start
      for (const { reads, after, early } of chosen) {
        next += reads
        const latest = Math.max(...input.records.slice(0, next).map(({ at }) => at))
        // A turn that is early looks at records ahead of the present.
        now = Math.max(now, latest + (early ? -after : after))
        turns.push({ reads, now })
      }
      return { ...input, turns }
    })
  })
}

interface Move {
  /** How far the time moves on before the record, in milliseconds. */
  readonly step: number
  /** How far the record's stamp lies behind the time; `same`: as far as the one before, as in a handed-in backlog. */
  readonly lag: number | 'same'
  readonly doubled: boolean
  readonly who: number
  readonly what: FeedRecord['event']
  readonly which: number
  readonly status: string
}

function move(flavour: Flavour, steps: readonly number[]): fc.Arbitrary<Move> {
  const events: { arbitrary: fc.Arbitrary<FeedRecord['event']>; weight: number }[] = [
    { arbitrary: fc.constant('beat'), weight: 6 },
    { arbitrary: fc.constant('status'), weight: 4 },
    { arbitrary: fc.constantFrom('open', 'close', 'dialogue-open', 'dialogue-close'), weight: 5 },
    { arbitrary: fc.constant('inquiry'), weight: 1 },
    { arbitrary: fc.constant('tick'), weight: flavour.ticks ? 5 : 0 },
  ]
  return fc.record({
    step: fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, { arbitrary: fc.constantFrom(...steps), weight: 3 }),
    lag: flavour.unordered ? mostly(0, fc.constantFrom<(number | 'same')[]>(...steps, 'same', 'same')) : fc.constant(0),
    doubled: fc.oneof({ arbitrary: fc.constant(false), weight: 9 }, { arbitrary: fc.constant(true), weight: 1 }),
    who: person(6),
    what: fc.oneof(...events),
    which: fc.integer({ min: 1, max: 3 }),
    status: fc.constantFrom('online', 'online', 'phone', 'on-break', 'offline'),
  })
}

function recordsOf(moves: readonly Move[], ids: readonly string[]): FeedRecord[] {
  const records: FeedRecord[] = []
  let clock = start
  let behind = 0
  for (const { step, lag, doubled, who, what, which, status } of moves) {
    clock += step
    behind = lag === 'same' ? behind : lag
    const at = clock - behind
    const operator = ids[who % ids.length] as string
    if (what === 'tick') records.push({ at, event: what })
    else if (what === 'inquiry') records.push({ at, event: what, inquiry: `inquiry-${records.length}` })
    else if (what === 'status') records.push({ at, event: what, operator, status })
    else if (what === 'open' || what === 'beat' || what === 'close')
      records.push({ at, event: what, operator, session: `tab-${which}` })
    else records.push({ at, event: what, operator, dialogue: `dialogue-${which}` })
    const [earlier] = records.slice(-(which + 1))
    if (doubled && earlier !== undefined) records.push(earlier)
  }
  return records
}

/** A counterexample to read: what differs from the defaults, then a line a record, in milliseconds from 09:00. */
function described(input: OracleInput): string {
  const { autoOffline, defaultOffline, offlineAfterMs, sessionTimeoutMs, feedTimeoutMs, massGuard } =
    input.catalogue.settings
  const people = input.catalogue.operators.map(({ id, initialStatus }) => `${id}:${initialStatus}`)
  const ends = { start: input.start && input.start - start, until: input.until && input.until - start }
  const chosen = { autoOffline, defaultOffline, offlineAfterMs, sessionTimeoutMs, feedTimeoutMs, massGuard }
  const lines = input.records.map(({ at, ...record }) => `${at - start} ${Object.values(record).join(' ')}`)
  return [JSON.stringify({ ...chosen, people, ...ends, initial: input.initial }), ...lines].join('\n')
}

/** fast-check's report of a failure, with the feed to read and the seed that plays it again. */
export function reportFeed<Feed extends OracleInput>(details: fc.RunDetails<[Feed]>): void {
  if (!details.failed || details.counterexample === null) return
  const [input] = details.counterexample
  const turns = 'turns' in input ? (input as unknown as WatchedFeed).turns : []
  const where = `seed ${details.seed}, path ${details.counterexamplePath}`
  throw new Error(
    [where, described(input), turns.map(({ reads, now }) => `${reads} by ${now - start}`).join(', ')].join('\n'),
    { cause: details.errorInstance },
  )
}

function mostly<Usual, Other>(usual: Usual, other: fc.Arbitrary<Other>): fc.Arbitrary<Usual | Other> {
  return fc.oneof({ arbitrary: fc.constant(usual), weight: 3 }, { arbitrary: other, weight: 1 })
}

function person(count: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: count - 1 })
}
