import fc from 'fast-check'
import {
  type Calendar,
  type CalendarInterval,
  type Catalogue,
  defaultSettings,
  type Operator,
  type Settings,
  type Status,
  starterCatalogue,
  weekdays,
} from '../../src/domain/catalogue/catalogue.ts'

/** The catalogue that `init` writes, with operators and settings as a test needs them. */
export function catalogueWith(
  parts: {
    readonly statuses?: readonly Status[]
    readonly settings?: Partial<Settings>
    readonly calendars?: readonly Calendar[]
    readonly operators?: readonly (Partial<Operator> & { readonly id: string })[]
  } = {},
): Catalogue {
  return {
    statuses: parts.statuses ?? starterCatalogue.statuses,
    settings: { ...starterCatalogue.settings, ...parts.settings },
    calendars: parts.calendars ?? [],
    operators: (parts.operators ?? []).map((operator) => ({
      name: operator.id,
      role: 'operator',
      account: null,
      initialStatus: null,
      calendar: null,
      ...operator,
    })),
  }
}

export function statusNamed(name: string, flags: Partial<Status> = {}): Status {
  return { id: name.toLowerCase(), name, color: '#123456', canReceive: false, countAfterClose: false, ...flags }
}

/** Valid catalogues of every kind, small enough to be read when a property fails. */
export const anyCatalogue: fc.Arbitrary<Catalogue> = fc.nat({ max: 6 }).chain((count) =>
  fc
    .record({
      statuses: fc.tuple(...Array.from({ length: count }, (_, index) => anyStatus(index))),
      operatorIds: fc.uniqueArray(anyOperatorId, { maxLength: 6 }),
    })
    .chain(({ statuses, operatorIds }) => {
      const ids = statuses.map(({ id }) => id)
      const silent = statuses.filter(({ canReceive }) => !canReceive).map(({ id }) => id)
      return fc.uniqueArray(anyOperatorId, { maxLength: 2 }).chain((calendarIds) =>
        fc.record({
          statuses: fc.constant(statuses),
          settings: anySettings(silent),
          calendars: fc.tuple(...calendarIds.map((id) => anyCalendar(id, ids))),
          operators: fc.tuple(...operatorIds.map((id) => anyOperator(id, ids, calendarIds))),
        }),
      )
    }),
)

const awkwardNames = [
  'On break',
  'Перерва',
  '休憩',
  '👩‍💻 Focus',
  'هاتف',
  'İstanbul',
  '__proto__',
  'constructor',
  '1️⃣ First',
]

export const anyOperatorId = fc.oneof(
  fc.constantFrom('ana', 'bo', '__proto__', 'constructor', 'toString', 'оля', 'a/b', '#1', '😀'),
  fc.stringMatching(/^[a-z0-9.@_-]{1,12}$/),
)

function anyStatus(index: number): fc.Arbitrary<Status> {
  return fc
    .record({
      id: fc.constantFrom(`s${index}`, `status-${index}`, `${index}_x`),
      name: fc.constantFrom(...awkwardNames.map((name) => `${name} ${index}`)),
      color: fc.constantFrom('#000000', '#2e7d32', '#ffffff'),
      flags: fc.constantFrom([true, false], [false, true], [false, false]),
    })
    .map(({ id, name, color, flags }) => ({
      id,
      name: name.normalize('NFC'),
      color,
      canReceive: flags[0] ?? false,
      countAfterClose: flags[1] ?? false,
    }))
}

function anySettings(silent: readonly string[]): fc.Arbitrary<Settings> {
  const seconds = fc.integer({ min: 1, max: 86_400 }).map((count) => count * 1000)
  const target = fc.constantFrom(null, ...silent)
  return fc.record({
    defaultOffline: target,
    autoOffline: fc
      .tuple(fc.boolean(), target)
      .map(([on, status]) => (on && status !== null ? { enabled: true, status } : { enabled: false, status })),
    offlineAfterMs: fc.option(seconds),
    sessionTimeoutMs: fc.oneof(fc.constant(defaultSettings.sessionTimeoutMs), seconds),
    feedTimeoutMs: fc.option(seconds),
    massGuard: fc.option(
      fc.record({ share: fc.constantFrom(0.3, 1), atLeast: fc.integer({ min: 1, max: 9 }), holdMs: seconds }),
    ),
    access: fc.constantFrom('open', 'roles'),
  })
}

function anyOperator(id: string, statuses: readonly string[], calendars: readonly string[]): fc.Arbitrary<Operator> {
  return fc.record({
    id: fc.constant(id),
    name: fc.constantFrom('Ana Kovalenko', 'José', 'Ø'),
    role: fc.constantFrom('operator', 'supervisor', 'administrator'),
    account: fc.constantFrom(null, 'ana', '__proto__'),
    initialStatus: fc.constantFrom(null, ...statuses),
    calendar: fc.constantFrom(null, ...calendars),
  })
}

function anyCalendar(id: string, statuses: readonly string[]): fc.Arbitrary<Calendar> {
  const day = fc.constantFrom<(readonly CalendarInterval[])[]>(
    [],
    [{ fromMinute: 540, toMinute: 1440, status: null }],
    [{ fromMinute: 1320, toMinute: 300, status: null }],
    [
      { fromMinute: 480, toMinute: 1020, status: null },
      ...statuses.slice(0, 1).map((status) => ({ fromMinute: 720, toMinute: 750, status })),
    ],
  )
  return fc.record({
    id: fc.constant(id),
    name: fc.constantFrom('Day', 'Зміна'),
    timeZone: fc.constantFrom('UTC', 'Europe/Kyiv', 'Australia/Lord_Howe'),
    week: fc.tuple(fc.constantFrom(...weekdays), day).map(([weekday, plan]) => ({ [weekday]: plan })),
    exceptions: fc
      .dictionary(fc.constantFrom('2026-12-25', '2024-02-29'), day)
      .map((days) => new Map(Object.entries(days))),
  })
}
