import { describe, expect, test } from 'vitest'
import { createRecorded } from '../../../src/domain/history/recorded.ts'
import { adoptEntry, leaveOutUnwatched, presenceOf } from '../../../src/domain/presence/live.ts'
import { presenceRows } from '../../../src/domain/presence/presence.ts'
import { decideLive, foldLive, shiftBack } from '../../../src/domain/rule/engine.ts'
import type { PresenceEvent } from '../../../src/domain/rule/events.ts'
import { batchOf } from '../../support/play.ts'
import { type Circumstances, clock, clockText, inputOf } from '../../support/story.ts'

const online9 = `
  09:00 ana open
  09:00 ana status online
`

describe('a turn', () => {
  test('leaves alone whoever came back before it looked', () => {
    const watch = watching()
    watch.reads('09:00', online9)
    watch.reads('09:30', '09:25 ana beat')
    expect(watch.owes('09:30')).toEqual([])
    expect(watch.owes('09:35')).toEqual([])
    expect(watch.owes('09:35:00.001')).toEqual(['09:35 ana'])
  })

  test('owes a switch only after the deadline, and dates it at the deadline however late it looks', () => {
    const watch = watching()
    watch.reads('09:00', online9)
    expect(watch.owes('09:10')).toEqual([])
    expect(watch.owes('09:10:00.001')).toEqual(['09:10 ana'])
    expect(watch.owes('09:40')).toEqual(['09:10 ana'])
  })

  test('owes again what was not carried out, until they come back', () => {
    const watch = watching()
    watch.reads('09:00', online9)
    expect(watch.owes('09:11')).toEqual(['09:10 ana'])
    expect(watch.owes('09:12')).toEqual(['09:10 ana'])
    watch.reads('09:13', '09:12:30 ana beat')
    expect(watch.owes('09:13')).toEqual([])
    expect(watch.owes('09:23')).toEqual(['09:22:30 ana'])
  })

  test('owes nothing to whoever closes a panel before it is carried out, and counts from there', () => {
    const watch = watching()
    watch.reads('09:00', online9)
    expect(watch.owes('09:11')).toEqual(['09:10 ana'])
    watch.reads('09:13', '09:12:30 ana close')
    expect(watch.owes('09:13')).toEqual([])
    expect(watch.owes('09:23')).toEqual(['09:22:30 ana'])
  })

  test('takes nothing back for an older record, also while another switch waits to be made', () => {
    const watch = watching()
    watch.reads('09:00', '09:00 ben status online')
    expect(watch.owes('09:11')).toEqual(['09:10 ben'])
    watch.reads('09:12', '09:11 ana open\n09:12 ana beat\n09:11:30 ana close')
    expect(watch.row('09:12')).toMatchObject({ lastSeen: clock('09:12'), sessions: 1 })
    expect(watch.owes('09:12')).toEqual(['09:10 ben'])
  })

  test('owes nothing for a sign of life at the deadline that is read late, and the switch for an older one', () => {
    const watch = watching()
    watch.reads('09:00', online9)
    expect(watch.owes('09:11')).toEqual(['09:10 ana'])
    watch.reads('09:11', '09:00 ana beat')
    expect(watch.owes('09:11')).toEqual(['09:10 ana'])
    watch.reads('09:11', '09:10 ana beat')
    expect(watch.owes('09:11')).toEqual([])
  })

  test('owes one switch to whoever came back and went silent again while covered time was caught up', () => {
    const ticks = everyMinute(40, (minute) => `09:${minute} tick`)
    const watch = watching()
    watch.reads('09:00', online9)
    watch.reads('09:39', [...ticks.slice(0, 15), '09:14:30 ana beat', ...ticks.slice(15)].join('\n'))
    expect(watch.owes('09:39')).toEqual(['09:25 ana'])
  })

  test('dates a covered switch at the record that completed it, whatever delayed record fills a gap after that', () => {
    const settings = { offlineAfterMs: 120_000 }
    const watch = watching({ settings })
    watch.reads('09:00', online9)
    watch.reads('09:06', '09:00 tick\n09:01 tick\n09:03 tick\n09:04 tick\n09:04:30 tick\n09:02 tick')
    expect(watch.owes('09:06')).toEqual(['09:04 ana'])
  })

  test('keeps that date although the delayed record brings another deadline near', () => {
    const settings = { offlineAfterMs: 120_000 }
    const watch = watching({ settings })
    watch.reads('09:00', `${online9}\n09:00 ben status online`)
    watch.reads('09:06', '09:00 tick\n09:01 tick\n09:03 ben beat\n09:04 tick\n09:04:30 tick\n09:02 tick')
    expect(watch.owes('09:06')).toEqual(['09:04 ana'])
  })

  test('counts for the guard who was there at a deadline, not who was released before it', () => {
    const ids = ['ana', 'ben', 'ivo', 'pia', 'sam', 'zoe']
    const massGuard = { share: 0.4, atLeast: 2, holdMs: 120_000 }
    const watch = watching({ operators: ids.map((id) => ({ id })), settings: { massGuard } })
    watch.reads('09:00', ids.map((id) => `09:00 ${id} status online`).join('\n'))
    watch.reads('09:20', '09:03 pia beat\n09:03 sam beat\n09:19 zoe beat')
    expect(watch.owes('09:20')).toEqual(['09:12 ana', '09:12 ben', '09:12 ivo', '09:15 pia', '09:15 sam'])
  })

  test('switches ten at once, by id', () => {
    const ids = ['zoe', 'yva', 'xan', 'wim', 'uwe', 'tom', 'sam', 'rob', 'pia', 'ole']
    const watch = watching({ operators: ids.map((id) => ({ id })) })
    watch.reads('09:00', ids.map((id) => `09:00 ${id} status online`).join('\n'))
    expect(watch.owes('09:11')).toEqual([...ids].reverse().map((id) => `09:10 ${id}`))
  })
})

test('a dialogue counts once, and one whose record is late is told of at the time of the one before', () => {
  const watch = watching()
  watch.reads('09:06', '09:00 ana dialogue-open d1\n09:05 ana dialogue-open d1\n09:03 ana dialogue-close d1')
  expect(watch.dialoguesTold()).toEqual(['09:00 ana 1', '09:05 ana 0'])
})

test('an inquiry is not told of, and leaves nothing behind in a watcher that runs for years', () => {
  const watch = watching()
  watch.reads('09:00', `${online9}\n09:00 inquiry first\n09:00 inquiry second`)
  expect(watch.told()).toEqual(['status-entered'])
  expect(watch.inquiriesKept()).toBe(0)
})

describe('heartbeats that decide nothing by themselves', () => {
  test('take nothing back where they are out of order', () => {
    const watch = watching()
    watch.reads('09:06', `${online9}\n09:05 ana beat\n09:03 ana beat`)
    expect(watch.row('09:06')).toMatchObject({ lastSeen: clock('09:05') })
  })

  test('leave a gap where ticks were sent and they come too late', () => {
    const watch = watching()
    const beats = everyMinute(18, (minute) => `09:${minute}:30 ben beat`).slice(8)
    watch.reads('09:18', `${online9}\n09:00 tick\n09:00:30 ben beat\n09:08 ben beat\n${beats.join('\n')}`)
    expect(watch.owes('09:18')).toEqual(['09:17:30 ana'])
  })

  test('fill a gap where they come late', () => {
    const watch = watching()
    const beats = everyMinute(12, (minute) => `09:${minute} ben beat`).slice(3)
    watch.reads('09:12', `${online9}\n09:00 tick\n09:02 ben beat\n09:01 ben beat\n${beats.join('\n')}`)
    expect(watch.owes('09:12')).toEqual(['09:10 ana'])
  })
})

describe('a stamp ahead of the present', () => {
  test('by a minute is taken as it is', () => {
    const watch = watching()
    watch.reads('09:00', `${online9}\n09:01 ana beat`)
    expect(watch.ahead()).toBe(0)
    expect(watch.owes('09:11')).toEqual([])
    expect(watch.owes('09:11:00.001')).toEqual(['09:11 ana'])
  })

  test('by more is taken as stamped at its arrival, and does not keep anybody longer', () => {
    const watch = watching()
    watch.reads('09:00', online9)
    watch.reads('09:05', '12:00 ana beat')
    expect(watch.ahead()).toBe(1)
    expect(watch.owes('09:15')).toEqual([])
    expect(watch.owes('09:15:00.001')).toEqual(['09:15 ana'])
  })
})

describe('people beat the automation', () => {
  test("an administrator's change makes a switch void that was found before it", () => {
    const watch = watching()
    watch.reads('09:00', online9)
    expect(watch.owes('09:11')).toEqual(['09:10 ana'])
    watch.administrator('09:11', 'ana', 'on-break')
    expect(watch.owes('09:12')).toEqual([])
    expect(watch.row('09:12')).toMatchObject({ status: 'on-break', since: clock('09:11') })
  })

  test("an administrator's change into a receiving status begins a wait of its own, though nobody was seen", () => {
    const watch = watching()
    watch.reads('09:00', online9)
    watch.administrator('09:08', 'ana', 'on-break')
    watch.administrator('09:09', 'ana', 'online')
    expect(watch.owes('09:19')).toEqual([])
    expect(watch.owes('09:19:00.001')).toEqual(['09:19 ana'])
    expect(watch.row('09:19')).toMatchObject({ lastSeen: clock('09:00') })
  })

  test('a choice made in the panel before it is ignored, but is a sign of life', () => {
    const watch = watching()
    watch.reads('09:00', online9)
    watch.administrator('09:08', 'ana', 'on-break')
    watch.reads('09:09', '09:07 ana status offline')
    expect(watch.row('09:09')).toMatchObject({ status: 'on-break', lastSeen: clock('09:07') })
  })
})

describe('time that nobody watched', () => {
  test('does not count from the last record on', () => {
    const watch = watching()
    watch.reads('09:02', `${online9}\n09:02 ana beat`)
    watch.sleepsUntil('09:30', { awakeAt: '09:04' })
    expect(watch.owes('09:30')).toEqual([])
    expect(watch.owes('09:38')).toEqual([])
    expect(watch.owes('09:38:00.001')).toEqual(['09:38 ana'])
  })

  test('counts where it was no longer than a blink', () => {
    const watch = watching()
    watch.reads('09:00', online9)
    watch.sleepsUntil('09:10:00.001', { awakeAt: '09:09:55.001' })
    expect(watch.owes('09:10:00.001')).toEqual(['09:10 ana'])
  })

  test('counts as far as the feed went on meanwhile', () => {
    const watch = watching()
    watch.reads('09:00', online9)
    watch.reads('09:30', '09:20 ben beat')
    watch.sleepsUntil('09:30', { awakeAt: '09:01' })
    expect(watch.owes('09:30')).toEqual(['09:10 ana'])
  })
})

test('a clock set back keeps the age of everything', () => {
  const watch = watching()
  watch.reads('09:02', `${online9}\n09:02 ana beat`)
  watch.setsBack(60 * 60_000)
  expect(watch.row('08:02')).toMatchObject({ lastSeen: clock('08:02'), since: clock('08:00') })
  expect(watch.owes('08:12')).toEqual([])
  expect(watch.owes('08:12:00.001')).toEqual(['08:12 ana'])
})

/** A line for each of the first minutes of an hour. */
function everyMinute(count: number, lineOf: (minute: string) => string): string[] {
  return Array.from({ length: count }, (_, minute) => lineOf(String(minute).padStart(2, '0')))
}

/** A watcher's presence in the hands of a test: everybody starts offline at nine. */
function watching(circumstances: Circumstances = {}) {
  const { operators = [{ id: 'ana' }, { id: 'ben' }] } = circumstances
  const { catalogue } = inputOf('', { ...circumstances, operators })
  const recorded = createRecorded()
  for (const { id } of catalogue.operators) {
    recorded.stays.set(id, { status: 'offline', since: clock('09:00'), cause: 'admin', due: null })
  }
  const state = presenceOf(catalogue, recorded)
  const events: PresenceEvent[] = []
  let ahead = 0
  return {
    reads: (now: string, story: string) => {
      ahead += foldLive(state, batchOf(state, inputOf(story).records), clock(now), events)
    },
    owes: (now: string) =>
      decideLive(state, clock(now), events).map(({ at, operator }) => `${clockText(at)} ${state.operators[operator]}`),
    ahead: () => ahead,
    told: () => events.map(({ type }) => type),
    dialoguesTold: () =>
      events.flatMap((event) =>
        event.type === 'dialogues' ? [`${clockText(event.at)} ${event.operator} ${event.open}`] : [],
      ),
    inquiriesKept: () => state.inquiries.length,
    administrator: (at: string, operator: string, to: string) => {
      const fact = { at: clock(at), operator, from: null, to, cause: 'admin', due: null, lastSeen: null } as const
      adoptEntry(state, { type: 'status-entered', ...fact, by: 'root' }, recorded)
    },
    sleepsUntil: (now: string, { awakeAt }: { awakeAt: string }) =>
      leaveOutUnwatched(state, clock(awakeAt), clock(now)),
    setsBack: (ms: number) => shiftBack(state, ms),
    row: (now: string) => presenceRows(state, catalogue, clock(now))[0],
  }
}
