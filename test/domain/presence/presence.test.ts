import { describe, expect, test } from 'vitest'
import { play } from '../../support/play.ts'
import { type Circumstances, clockText, inputOf } from '../../support/story.ts'

const online9 = `
  09:00 ana open
  09:00 ana status online
`

describe('an operator in a receiving status', () => {
  test('is connected while a session was heard, the time-out itself included', () => {
    shows(online9, '09:01:59.999', 'ana online connected, 1 sessions, seen 09:00, offline at 09:10')
    shows(online9, '09:02', 'ana online connected, 1 sessions, seen 09:00, offline at 09:10')
  })

  test('is waiting one millisecond later', () => {
    shows(online9, '09:02:00.001', 'ana online waiting, 0 sessions, seen 09:00, offline at 09:10')
  })

  test('is waiting at once when the last session is closed, connected when one of two is', () => {
    const story = `${online9}\n09:00 ana open tab-2\n09:01 ana close tab-2`
    shows(story, '09:01', 'ana online connected, 1 sessions, seen 09:01, offline at 09:11')
    shows(
      `${story}\n09:01:30 ana close`,
      '09:01:30',
      'ana online waiting, 0 sessions, seen 09:01:30, offline at 09:11:30',
    )
  })

  test('is switched at the deadline', () => {
    shows(online9, '09:09:59.999', 'ana online waiting, 0 sessions, seen 09:00, offline at 09:10')
    shows(online9, '09:10', 'ana offline away, 0 sessions, seen 09:00')
  })

  test('is overdue while the guard holds the switch, and shows the release', () => {
    const settings = { massGuard: { share: 0, atLeast: 1, holdMs: 120_000 } }
    const line = 'ana online overdue, 0 sessions, seen 09:00, offline at 09:12'
    shows(online9, '09:11:59.999', line, { settings })
  })

  test('is never overdue with the rule off, and no switch is shown', () => {
    const settings = { offlineAfterMs: null }
    shows(online9, '12:00', 'ana online waiting, 0 sessions, seen 09:00', { settings })
  })

  test('is overdue for good where no status can take them', () => {
    const statuses = [{ id: 'online', name: 'Online', color: '#123456', canReceive: true, countAfterClose: false }]
    const settings = { defaultOffline: null }
    shows(online9, '09:10:00.001', 'ana online overdue, 0 sessions, seen 09:00', { settings, statuses })
  })

  test('is not overdue while a feed with ticks is silent, and no switch is shown', () => {
    const story = `${online9}\n09:00 tick\n09:01 tick\n09:02 tick`
    shows(story, '09:03', 'ana online waiting, 0 sessions, seen 09:00, offline at 09:10')
    shows(story, '09:03:00.001', 'ana online waiting, 0 sessions, seen 09:00')
    shows(story, '12:00', 'ana online waiting, 0 sessions, seen 09:00')
  })

  test('is overdue where covered time is complete and no record has come since, until the feed counts as silent', () => {
    const story = `${online9}\n09:10 tick`
    shows(story, '09:11', 'ana online overdue, 0 sessions, seen 09:00, offline at 09:10')
    shows(story, '09:11:00.001', 'ana online waiting, 0 sessions, seen 09:00')
  })

  test('has a session time-out no longer than the wait', () => {
    const settings = { offlineAfterMs: 30_000 }
    shows(online9, '09:00:29.999', 'ana online connected, 1 sessions, seen 09:00, offline at 09:00:30', { settings })
    shows(online9, '09:00:30', 'ana offline connected, 1 sessions, seen 09:00', { settings })
  })
})

describe('sessions', () => {
  test('a beat reopens a closed one, an older beat does not', () => {
    const closed = '09:00 ana open\n09:01 ana close'
    shows(`${closed}\n09:01:30 ana beat`, '09:02', 'ana offline connected, 1 sessions, seen 09:01:30')
    shows(`${closed}\n09:00:30 ana beat`, '09:02', 'ana offline away, 0 sessions, seen 09:01')
  })

  test('on one stamp the later line decides', () => {
    shows('09:00 ana open\n09:00 ana close', '09:00', 'ana offline away, 0 sessions, seen 09:00')
    shows('09:00 ana close\n09:00 ana open', '09:00', 'ana offline connected, 1 sessions, seen 09:00')
  })

  test('a status or dialogue record opens none', () => {
    const story = '09:00 ana status on-break\n09:00 ana dialogue-open d1\n09:00 ana dialogue-open d2'
    shows(story, '09:00', 'ana on-break away, 0 sessions, seen 09:00, 2 dialogues')
  })
})

test('an inquiry tells who could take it and who of them has no panel', () => {
  const story = `
    09:00 zoe open
    09:00 zoe status online
    09:00 ana status online
    09:00 ben open
    09:02 inquiry first
    09:02:00.001 inquiry second
    09:10 inquiry third
    09:10:00.001 inquiry fourth
  `
  const { inquiries } = play(inputOf(story), []).result
  expect(inquiries.map(({ inquiry, eligible, absent }) => ({ inquiry, eligible, absent }))).toEqual([
    { inquiry: 'first', eligible: ['ana', 'zoe'], absent: ['ana'] },
    { inquiry: 'second', eligible: ['ana', 'zoe'], absent: ['ana', 'zoe'] },
    { inquiry: 'third', eligible: ['ana', 'zoe'], absent: ['ana', 'zoe'] },
    { inquiry: 'fourth', eligible: [], absent: [] },
  ])
})

/** The row of the first operator by id at an instant. */
function shows(story: string, at: string, expected: string, circumstances: Circumstances = {}): void {
  const { operators } = play(inputOf(story, { ...circumstances, until: at }), []).result
  const told = operators.map((row) =>
    [
      `${row.operator} ${row.status} ${row.presence}`,
      `${row.sessions} sessions`,
      `seen ${row.lastSeen === null ? 'never' : clockText(row.lastSeen)}`,
      ...(row.dialogues === 0 ? [] : [`${row.dialogues} dialogues`]),
      ...(row.switchAt === null ? [] : [`${row.switchTo} at ${clockText(row.switchAt)}`]),
    ].join(', '),
  )
  expect(told[0]).toBe(expected)
}
