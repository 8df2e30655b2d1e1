import fc from 'fast-check'
import { defaultSettings, type Settings, type Status } from '../../src/domain/catalogue/catalogue.ts'

const second = 1_000
const minute = 60_000

export const statuses: readonly Status[] = [
  { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, countAfterClose: false },
  { id: 'phone', name: 'Phone', color: '#1565c0', canReceive: true, countAfterClose: false },
  { id: 'on-break', name: 'On break', color: '#f9a825', canReceive: false, countAfterClose: true },
  { id: 'away', name: 'Away', color: '#8d6e63', canReceive: false, countAfterClose: false },
  { id: 'offline', name: 'Offline', color: '#757575', canReceive: false, countAfterClose: false },
]

export function randomSettings({ ticks, guard }: { ticks: boolean; guard: boolean }): fc.Arbitrary<Settings> {
  return fc
    .record({
      defaultOffline: fc.constantFrom('offline', null),
      autoOffline: fc.constantFrom<Settings['autoOffline'][]>(
        { enabled: true, status: 'away' },
        { enabled: true, status: 'on-break' },
        { enabled: false, status: 'away' },
        { enabled: false, status: null },
      ),
      offlineAfterMs: fc.oneof(
        { arbitrary: fc.constantFrom(second, 90 * second, 2 * minute, 10 * minute), weight: 19 },
        { arbitrary: fc.constant(null), weight: 1 },
      ),
      sessionTimeoutMs: fc.constantFrom(second, minute, 15 * minute),
      feedTimeoutMs: ticks
        ? fc.oneof(
            { arbitrary: fc.constantFrom(second, 40 * second, minute, 5 * minute), weight: 9 },
            { arbitrary: fc.constant(null), weight: 1 },
          )
        : fc.constant(minute),
      massGuard: guard
        ? fc.record({
            share: fc.constantFrom(0, 0.25, 0.5, 0.75, 1),
            atLeast: fc.integer({ min: 1, max: 3 }),
            holdMs: fc.constantFrom(second, 30 * second, minute, 2 * minute, 20 * minute),
          })
        : fc.constant(null),
    })
    .map((chosen) => ({ ...defaultSettings, ...chosen }))
}

/** Durations of the settings, and one millisecond off each: the steps that hit their boundaries. */
export function stepsOf({ offlineAfterMs, sessionTimeoutMs, feedTimeoutMs, massGuard }: Settings): readonly number[] {
  const durations = [offlineAfterMs, sessionTimeoutMs, feedTimeoutMs, massGuard?.holdMs, minute, 1].filter(
    (duration): duration is number => duration !== null && duration !== undefined,
  )
  const part = Math.round((offlineAfterMs ?? minute) / 3)
  return [...new Set([...durations.flatMap((duration) => [duration - 1, duration, duration + 1]), part])]
}
