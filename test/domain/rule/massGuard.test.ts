import { describe, expect, test } from 'vitest'
import type { MassGuard } from '../../../src/domain/catalogue/catalogue.ts'
import { play } from '../../support/play.ts'
import { type Circumstances, check, clockText, inputOf } from '../../support/story.ts'

const operators = ['ana', 'ben', 'ivo', 'zoe'].map((id) => ({ id, initialStatus: 'online' }))

/** More than half, and at least two, are held for two minutes. Four operators start online at nine. */
function guarded(guard: Partial<MassGuard> = {}): Circumstances {
  return { operators, start: '09:00', settings: { massGuard: { share: 0.5, atLeast: 2, holdMs: 120_000, ...guard } } }
}

const oneStays = '09:00 zoe open\n09:10 zoe beat\n09:20 zoe beat'

describe('the guard', () => {
  test('is off by default: three of four go at once', () => {
    check(
      oneStays,
      `
        09:10 ana offline  auto-offline
        09:10 ben offline  auto-offline
        09:10 ivo offline  auto-offline
        09:30 zoe offline  auto-offline
      `,
      { operators, start: '09:00' },
    )
  })

  test('holds a wave for the hold, then releases it by itself', () => {
    check(
      oneStays,
      `
        09:12 ana offline  auto-offline  due 09:10
        09:12 ben offline  auto-offline  due 09:10
        09:12 ivo offline  auto-offline  due 09:10
        09:30 zoe offline  auto-offline
      `,
      guarded(),
    )
  })

  test('counts the deadlines of the minute that follows the first, its end included', () => {
    check(
      `
        09:00 zoe open
        09:00:30 ben beat
        09:01 ivo beat
        09:10 zoe beat
      `,
      `
        09:12 ana offline  auto-offline  due 09:10
        09:12 ben offline  auto-offline  due 09:10:30
        09:12 ivo offline  auto-offline  due 09:11
        09:20 zoe offline  auto-offline
      `,
      guarded(),
    )
    check(
      `
        09:00 zoe open
        09:01:00.001 ben beat
        09:02:00.002 ivo beat
        09:10 zoe beat
      `,
      `
        09:10 ana offline  auto-offline
        09:11:00.001 ben offline  auto-offline
        09:12:00.002 ivo offline  auto-offline
        09:20 zoe offline  auto-offline
      `,
      guarded(),
    )
  })

  test('lets a wave of exactly the share through', () => {
    check(
      `
        09:05 zoe beat
        09:05 ivo beat
        09:14 zoe beat
        09:14 ivo status on-break
      `,
      `
        09:10 ana offline  auto-offline
        09:10 ben offline  auto-offline
        09:14 ivo on-break
        09:24 zoe offline  auto-offline
      `,
      guarded(),
    )
  })

  test('lets a wave of fewer than atLeast through', () => {
    const gone = ['ana', 'ben', 'ivo', 'zoe'].map((id) => `09:10 ${id} offline  auto-offline`)
    check('09:00 inquiry', gone.join('\n'), guarded({ atLeast: 5 }))
  })

  test('takes its share of those who can receive now, not of everybody', () => {
    check(
      `
        09:01 ivo status on-break
        09:05 zoe beat
      `,
      `
        09:01 ivo on-break
        09:12 ana offline  auto-offline  due 09:10
        09:12 ben offline  auto-offline  due 09:10
        09:15 zoe offline  auto-offline
      `,
      guarded(),
    )
  })

  test('drops a held switch on a sign of life before the release, one millisecond before it too', () => {
    check(
      `
        09:00 zoe open
        09:10 zoe beat
        09:11:59.999 ana beat
        09:20 zoe beat
      `,
      `
        09:12 ben offline  auto-offline  due 09:10
        09:12 ivo offline  auto-offline  due 09:10
        09:21:59.999 ana offline  auto-offline
        09:30 zoe offline  auto-offline
      `,
      guarded({ atLeast: 3 }),
    )
  })

  test('holds again those who came back and vanish together once more', () => {
    check(
      `
        09:00 zoe open
        09:10 zoe beat
        09:11 ana beat
        09:11 ben beat
        09:11 ivo beat
        09:20 zoe beat
      `,
      `
        09:23 ana offline  auto-offline  due 09:21
        09:23 ben offline  auto-offline  due 09:21
        09:23 ivo offline  auto-offline  due 09:21
        09:30 zoe offline  auto-offline
      `,
      guarded(),
    )
  })

  test('is past at the release: a sign of life there comes too late', () => {
    check(
      `
        09:00 zoe open
        09:10 zoe beat
        09:12 ana beat
        09:20 zoe beat
      `,
      `
        09:12 ana offline  auto-offline  due 09:10
        09:12 ben offline  auto-offline  due 09:10
        09:12 ivo offline  auto-offline  due 09:10
        09:30 zoe offline  auto-offline
      `,
      guarded(),
    )
  })

  test('never switches before the own deadline, and a sign of life there is in time even where the hold is over', () => {
    check(
      `
        09:00 zoe open
        09:00:40 ben beat
        09:00:50 ivo beat
        09:10 zoe beat
        09:10:50 ivo beat
      `,
      `
        09:10:30 ana offline  auto-offline  due 09:10
        09:10:40 ben offline  auto-offline
        09:20 zoe offline  auto-offline
        09:20:50 ivo offline  auto-offline
      `,
      guarded({ holdMs: 30_000, atLeast: 3 }),
    )
  })

  test('drops nothing on a double, or on a sign of life older than the stay', () => {
    check(
      `
        09:00 zoe open
        09:00 ana beat
        09:10 zoe beat
        09:11 zoe beat
        09:00 ana beat
        08:59 ben beat
      `,
      `
        09:12 ana offline  auto-offline  due 09:10
        09:12 ben offline  auto-offline  due 09:10
        09:12 ivo offline  auto-offline  due 09:10
        09:21 zoe offline  auto-offline
      `,
      guarded(),
    )
  })

  test('drops the switch of whoever chooses a break meanwhile', () => {
    check(
      `
        09:00 zoe open
        09:10 zoe beat
        09:11 ana status on-break
      `,
      `
        09:11 ana on-break
        09:12 ben offline  auto-offline  due 09:10
        09:12 ivo offline  auto-offline  due 09:10
        09:20 zoe offline  auto-offline
      `,
      guarded(),
    )
  })

  test('no longer counts the released as receiving, however late the next record comes', () => {
    const story = (between: string) => `
      09:00 zoe open
      09:07 zoe beat
      ${between}
      09:40 inquiry
    `
    const expected = `
      09:12 ana offline  auto-offline  due 09:10
      09:12 ben offline  auto-offline  due 09:10
      09:12 ivo offline  auto-offline  due 09:10
      09:19 zoe offline  auto-offline  due 09:17
    `
    check(story(''), expected, guarded({ atLeast: 1 }))
    check(story('09:15 inquiry'), expected, guarded({ atLeast: 1 }))
  })

  test('still counts whoever comes back with the very record that completes the covered time', () => {
    check(
      `
        09:00:00 ana status online
        09:03:59.999 zoe status online
        09:03:59.999 tick
        09:19 inquiry
        09:17:30 ana beat
      `,
      `
        09:00 ana online
        09:03:59.999 zoe online
        09:19 zoe offline  auto-offline
      `,
      {
        settings: {
          offlineAfterMs: 90_000,
          feedTimeoutMs: 300_000,
          massGuard: { share: 0.5, atLeast: 1, holdMs: 150_000 },
        },
      },
    )
  })

  test('does not count those whom the replay starts elsewhere', () => {
    check('09:00 ana open', '09:12 ana offline  auto-offline  due 09:10', {
      ...guarded({ atLeast: 1 }),
      initial: { ben: 'offline', ivo: 'on-break', zoe: 'offline' },
    })
  })

  test('reports each wave once', () => {
    const { problems } = play(inputOf(`${oneStays}\n09:25 inquiry`, guarded()), []).result
    const told = problems.flatMap((problem) =>
      problem.type === 'held'
        ? [`${clockText(problem.at)} held until ${clockText(problem.until)} ${problem.operators.join(' ')}`]
        : problem.type === 'released'
          ? [`${clockText(problem.at)} released ${problem.operators.join(' ')}`]
          : [],
    )
    expect(told).toEqual(['09:10 held until 09:12 ana ben ivo', '09:12 released ana ben ivo'])
  })

  test('holds in covered time: a gap puts the release off', () => {
    const ticks = (hour: string, from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => `${hour}:${String(from + index).padStart(2, '0')} tick`)
    check(
      [...ticks('09', 0, 11), ...ticks('10', 0, 1)].join('\n'),
      ['ana', 'ben', 'ivo', 'zoe'].map((id) => `10:01 ${id} offline  auto-offline  due 09:10`).join('\n'),
      guarded(),
    )
  })

  test('holds nothing where nobody can be switched', () => {
    const statuses = [{ id: 'online', name: 'Online', color: '#123456', canReceive: true, countAfterClose: false }]
    const { settings } = guarded()
    const input = inputOf(oneStays, {
      operators,
      statuses,
      start: '09:00',
      settings: { ...settings, defaultOffline: null },
    })
    const { transitions, problems } = play(input, []).result
    expect(transitions).toEqual([])
    expect(problems.map(({ type }) => type)).toEqual(['unswitchable', 'unswitchable', 'unswitchable', 'unswitchable'])
  })
})

test('a wave of 200,000 is held and released like any other', () => {
  const many = Array.from({ length: 200_000 }, (_, index) => ({ id: `op-${index}`, initialStatus: 'online' }))
  const { transitions } = play(inputOf('09:00 op-1 open', { ...guarded(), operators: many }), []).result
  expect(transitions.length).toBe(200_000)
  expect(clockText(transitions[0]?.at ?? 0)).toBe('09:12')
})
