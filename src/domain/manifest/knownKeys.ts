/** What opstat reads of each kind of object in a catalogue or manifest (contract §1). */
export const knownKeys = {
  document: new Set(['$schema', 'version', 'statuses', 'settings', 'calendars', 'operators']),
  settings: new Set([
    ...['defaultOffline', 'autoOffline', 'offlineAfter', 'sessionTimeout', 'feedTimeout', 'massGuard', 'access'],
  ]),
  autoOffline: new Set(['enabled', 'status']),
  massGuard: new Set(['share', 'atLeast', 'hold']),
  status: new Set(['id', 'name', 'color', 'canReceive', 'countAfterClose']),
  calendar: new Set(['id', 'name', 'timeZone', 'week', 'exceptions']),
  operator: new Set(['id', 'name', 'role', 'account', 'initialStatus', 'calendar']),
} as const satisfies Readonly<Record<string, ReadonlySet<string>>>
