import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { type TransitionCause, transitionCauses } from '../domain/history/history.ts'
import type { PresenceRow } from '../domain/presence/presence.ts'
import { type SkippedCounts, skipReasons } from '../domain/records/records.ts'

/** What a watcher is at the moment of a scrape. Times in epoch milliseconds. */
export interface WatchFacts {
  readonly now: number
  readonly rows: readonly PresenceRow[]
  readonly accepted: number
  readonly late: number
  readonly skipped: SkippedCounts
  /** The latest stamp of the feed; null: nothing was read yet. */
  readonly feedAt: number | null
  readonly held: number
  readonly offlineAfterMs: number | null
}

export interface WatchMetrics {
  readonly contentType: string
  text(): Promise<string>
  /** A turn is over; `problems` are their codes. */
  noteTurn(turn: { readonly at: number; readonly problems: readonly string[] }): void
  noteTransition(transition: {
    readonly cause: TransitionCause
    readonly at: number
    readonly recordedAt: number
  }): void
}

const seconds = (ms: number) => ms / 1000

/**
 * The numbers of a watcher in the Prometheus text format. `read` is asked at each scrape; null while another watcher
 * is at work and this one stands by. Names and labels are described in docs/running.md.
 */
export function createWatchMetrics(read: () => WatchFacts | null): WatchMetrics {
  const registry = new Registry()
  const registers = [registry]
  const turns = new Gauge({
    name: 'opstat_last_turn_timestamp_seconds',
    help: 'When the watcher last took a turn',
    registers,
  })
  const problems = new Counter({
    name: 'opstat_problems_total',
    help: 'Problems that the watcher met, once for each turn',
    labelNames: ['code'],
    registers,
  })
  const transitions = new Counter({
    name: 'opstat_switches_total',
    help: 'Operators who entered another status, by cause; auto-offline are the automatic ones',
    labelNames: ['cause'],
    registers,
  })
  for (const cause of transitionCauses) transitions.inc({ cause }, 0)
  const lateness = new Histogram({
    name: 'opstat_switch_lateness_seconds',
    help: 'How long after its date an automatic switch was written',
    buckets: [0.5, 1, 2, 5, 10, 30, 60, 300],
    registers,
  })
  addGauges(registry, read)
  addFeedCounters(registry, read)
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    noteTurn({ at, problems: codes }) {
      turns.set(seconds(at))
      for (const code of codes) problems.inc({ code })
    },
    noteTransition({ cause, at, recordedAt }) {
      transitions.inc({ cause })
      if (cause === 'auto-offline') lateness.observe(seconds(Math.max(0, recordedAt - at)))
    },
  }
}

type Read = () => WatchFacts | null

function addGauges(registry: Registry, read: Read): void {
  const registers = [registry]
  new Gauge({
    name: 'opstat_operators',
    help: 'Operators by presence and status',
    labelNames: ['presence', 'status'],
    registers,
    collect() {
      this.reset()
      for (const { presence, status } of read()?.rows ?? []) this.inc({ presence, status: status ?? '' })
    },
  })
  const gauge = (name: string, help: string, value: (facts: WatchFacts) => number | null) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const facts = read()
        const found = facts === null ? null : value(facts)
        // No number rather than one that says something else.
        if (found === null) this.remove()
        else this.set(found)
      },
    })
  gauge('opstat_feed_age_seconds', "Since the feed's latest stamp", ({ now, feedAt }) =>
    feedAt === null ? null : seconds(now - feedAt),
  )
  gauge('opstat_held_operators', 'Operators whose switch the mass guard holds', ({ held }) => held)
  gauge('opstat_offline_after_seconds', 'The rule in force; absent where it is off', ({ offlineAfterMs }) =>
    offlineAfterMs === null ? null : seconds(offlineAfterMs),
  )
  new Gauge({
    name: 'opstat_leading',
    help: '1: this watcher decides; 0: it stands by',
    registers,
    collect() {
      this.set(read() === null ? 0 : 1)
    },
  })
}

/** The parser counts by itself; a counter is set to what it says. */
function addFeedCounters(registry: Registry, read: Read): void {
  const registers = [registry]
  const counter = (name: string, help: string, value: (facts: WatchFacts) => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        const facts = read()
        this.inc(facts === null ? 0 : value(facts))
      },
    })
  counter('opstat_feed_records_total', 'Records of the feed that were accepted', ({ accepted }) => accepted)
  counter(
    'opstat_feed_late_records_total',
    'Accepted records that came too late to change all they say',
    ({ late }) => late,
  )
  new Counter({
    name: 'opstat_feed_skipped_lines_total',
    help: 'Lines of the feed that were passed over, by reason',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset()
      const facts = read()
      for (const reason of skipReasons) this.inc({ reason }, facts?.skipped[reason] ?? 0)
    },
  })
}
