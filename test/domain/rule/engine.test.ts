import { describe, test } from 'vitest'
import type { Status } from '../../../src/domain/catalogue/catalogue.ts'
import { check } from '../../support/story.ts'

const colour = '#123456'
const online: Status = { id: 'online', name: 'Online', color: colour, canReceive: true, countAfterClose: false }
const phone: Status = { ...online, id: 'phone', name: 'Phone' }
const lunch: Status = { id: 'lunch', name: 'Lunch', color: colour, canReceive: false, countAfterClose: true }
const away: Status = { id: 'away', name: 'Away', color: colour, canReceive: false, countAfterClose: false }

const online9 = `
  09:00 ana open
  09:00 ana status online
`

describe('the deadline', () => {
  test('ten silent minutes end offline, dated at the tenth minute', () => {
    check(
      `
        ${online9}
        09:08 ana beat
        09:17 ana beat
      `,
      `
        09:00 ana online
        09:27 ana offline  auto-offline
      `,
    )
  })

  test('a beat at the deadline itself moves it on', () => {
    check(
      `
        ${online9}
        09:10 ana beat
      `,
      `
        09:00 ana online
        09:20 ana offline  auto-offline
      `,
    )
  })

  test('a beat one millisecond before the deadline moves it on', () => {
    check(
      `
        ${online9}
        09:09:59.999 ana beat
      `,
      `
        09:00 ana online
        09:19:59.999 ana offline  auto-offline
      `,
    )
  })

  test('a beat one millisecond after the deadline comes too late', () => {
    check(
      `
        ${online9}
        09:10:00.001 ana beat
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
      `,
    )
  })

  test('an open and a close are signs of life, a dialogue is not', () => {
    check(
      `
        ${online9}
        09:05 ana close
        09:14 ana open
        09:20 ana dialogue-open
        09:23 ana dialogue-close
      `,
      `
        09:00 ana online
        09:24 ana offline  auto-offline
      `,
    )
  })

  test('somebody never seen is counted from when the stay began', () => {
    check(
      `
        09:00 ben open
        09:30 ben beat
      `,
      '09:10 ana offline  auto-offline',
      { operators: [{ id: 'ana' }, { id: 'ben' }], initial: { ana: 'online' } },
    )
  })

  test('a beat from before the stay does not shorten it: the wait counts from whichever is later', () => {
    check(
      `
        09:00 ana beat
        09:01 ben open
      `,
      '09:18 ana offline  auto-offline',
      { operators: [{ id: 'ana', initialStatus: 'online' }, { id: 'ben' }], start: '09:08' },
    )
  })

  test('a wait of three seconds is three seconds', () => {
    check(
      `
        ${online9}
        09:00:03 ana beat
        09:00:06.001 ana beat
      `,
      `
        09:00 ana online
        09:00:06 ana offline  auto-offline
      `,
      { settings: { offlineAfterMs: 3_000 } },
    )
  })

  test('offline-after never switches nobody', () => {
    check(`${online9}\n20:00 tick`, '09:00 ana online', { settings: { offlineAfterMs: null } })
  })
})

describe('sessions', () => {
  test('closing one of two tabs is no absence while the other goes on', () => {
    check(
      `
        09:00 ana open tab-1
        09:00 ana open tab-2
        09:00 ana status online
        09:05 ana close tab-1
        09:09 ana beat tab-2
        09:18 ana beat tab-2
      `,
      `
        09:00 ana online
        09:28 ana offline  auto-offline
      `,
    )
  })

  test('closing the only tab still leaves ten minutes, counted from the close', () => {
    check(
      `
        ${online9}
        09:05 ana close
      `,
      `
        09:00 ana online
        09:15 ana offline  auto-offline
      `,
    )
  })

  test('a tab reopened within the window leaves no trace', () => {
    check(
      `
        ${online9}
        09:01 ana close
        09:11 ana open tab-2
        09:12 ana status on-break
      `,
      `
        09:00 ana online
        09:12 ana on-break
      `,
    )
  })

  test("one operator's beats keep nobody else", () => {
    check(
      `
        ${online9}
        09:00 ben status online
        09:09 ben beat tab
        09:18 ben beat tab
      `,
      `
        09:00 ana online
        09:00 ben online
        09:10 ana offline  auto-offline
        09:28 ben offline  auto-offline
      `,
    )
  })

  test('the same tab name of two operators is two sessions', () => {
    check(
      `
        09:00 ana open tab
        09:00 ben open tab
        09:00 ana status online
        09:00 ben status online
        09:05 ben close tab
      `,
      `
        09:00 ana online
        09:00 ben online
        09:10 ana offline  auto-offline
        09:15 ben offline  auto-offline
      `,
    )
  })
})

describe('statuses', () => {
  test('a status that can not receive is not subject to the rule', () => {
    check(
      `
        09:00 ana open
        09:00 ana status on-break
        12:00 ben open
      `,
      '09:00 ana on-break',
    )
  })

  test('choosing a break within the window ends the wait', () => {
    check(
      `
        ${online9}
        09:09 ana status on-break
        09:30 ana status online
      `,
      `
        09:00 ana online
        09:09 ana on-break
        09:30 ana online
        09:40 ana offline  auto-offline
      `,
    )
  })

  test('a choice at the deadline itself is in time', () => {
    check(
      `
        ${online9}
        09:10 ana status on-break
      `,
      `
        09:00 ana online
        09:10 ana on-break
      `,
    )
  })

  test('a choice one millisecond after the deadline follows the switch', () => {
    check(
      `
        ${online9}
        09:10:00.001 ana status on-break
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
        09:10:00.001 ana on-break
      `,
    )
  })

  test('from one receiving status to the other the wait begins anew', () => {
    check(
      `
        ${online9}
        09:06 ana status phone
      `,
      `
        09:00 ana online
        09:06 ana phone
        09:16 ana away  auto-offline
      `,
      { statuses: [online, phone, away], settings: { defaultOffline: null }, initial: { ana: 'away' } },
    )
  })

  test('choosing the current status changes nothing, but is a sign of life', () => {
    check(
      `
        ${online9}
        09:06 ana status online
      `,
      `
        09:00 ana online
        09:16 ana offline  auto-offline
      `,
    )
  })

  test('a status is named by its id or its name, in any case', () => {
    check(
      `
        09:00 ana status ONLINE
        09:01 ana status On-Break
      `,
      `
        09:00 ana online
        09:01 ana on-break
      `,
    )
  })

  test('opening the panel after the switch does not bring the status back; choosing it does', () => {
    check(
      `
        ${online9}
        09:12 ana open
        09:13 ana beat
        09:14 ana status online
      `,
      `
        09:00 ana online
        09:10 ana offline  auto-offline
        09:14 ana online
        09:24 ana offline  auto-offline
      `,
    )
  })
})

describe('the target', () => {
  const gone = (to: string) => `09:00 ana online\n09:10 ana ${to}  auto-offline`
  const statuses = [online, lunch, away, { ...away, id: 'offline', name: 'Offline' }]
  const initial = { ana: 'lunch' }

  test('is what auto-offline names, if it is enabled', () => {
    const settings = { autoOffline: { enabled: true, status: 'away' }, defaultOffline: 'offline' } as const
    check(online9, gone('away'), { statuses, settings, initial })
  })

  test('is the default offline status otherwise, whatever auto-offline remembers', () => {
    const settings = { autoOffline: { enabled: false, status: 'away' }, defaultOffline: 'offline' } as const
    check(online9, gone('offline'), { statuses, settings, initial })
  })

  test('is else the first status with neither flag', () => {
    check(online9, gone('away'), { statuses, settings: { defaultOffline: null }, initial })
  })

  test('is else the first that can not receive', () => {
    check(online9, gone('lunch'), { statuses: [online, lunch], settings: { defaultOffline: null }, initial })
  })

  test('is else nobody: everybody stays', () => {
    const story = `${online9}\n09:11 ana status phone`
    check(story, '09:00 ana online\n09:11 ana phone', {
      statuses: [online, phone],
      settings: { defaultOffline: null },
      initial: { ana: 'phone' },
    })
  })
})

test('ids that a plain object knows are operators like others', () => {
  check(
    `
      09:00 __proto__ status online
      09:00 constructor status online
      09:04 __proto__ beat
    `,
    `
      09:00 __proto__ online
      09:00 constructor online
      09:10 constructor offline  auto-offline
      09:14 __proto__ offline  auto-offline
    `,
  )
})
