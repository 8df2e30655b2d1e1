/** How large a catalogue is wanted: at least four statuses; up to 1,000,000 operators. */
export interface CatalogueSize {
  readonly statuses: number
  readonly operators: number
}

const firstNames = ['Ana', 'Bohdan', 'Chiara', 'Dmytro', 'Élodie', 'Faisal', 'Grażyna', 'Hiroko', 'Ivan', 'Jürgen']
const lastNames = ['Kovalenko', 'Lindqvist', 'Moreau', 'Nakamura', 'Okonkwo', 'Petrenko', 'Quintero', 'Rossi']
const reasons = ['Break', 'Lunch', 'Training', 'Coaching', 'Meeting', 'Paperwork', 'After call', 'Technical']
const operatorsPerPiece = 1000

/** Online, On break, After chat, Offline; then as many reasons to be away as are wanted. */
export function statusesOf(count: number): object[] {
  const first = [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, countAfterClose: false },
    { id: 'on-break', name: 'On break', color: '#f9a825', canReceive: false, countAfterClose: true },
    { id: 'after-chat', name: 'After chat', color: '#1565c0', canReceive: false, countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575', canReceive: false, countAfterClose: false },
  ]
  const more = Array.from({ length: Math.max(0, count - first.length) }, (_, index) => ({
    id: `reason-${index + 1}`,
    name: `${pick(reasons, index)} ${index + 1}`,
    color: `#${((index * 2_654_435) % 0xffffff).toString(16).padStart(6, '0')}`,
    canReceive: index % 7 === 0,
    countAfterClose: index % 7 !== 0 && index % 2 === 0,
  }))
  return [...first, ...more]
}

/** `op-000042`: as long for the first as for the last. */
export function operatorId(index: number): string {
  return `op-${String(index).padStart(6, '0')}`
}

/** The text of a valid catalogue, formatted as the program writes it, in pieces. Everybody starts online. */
export function* catalogueText({ statuses, operators }: CatalogueSize): Generator<string> {
  const settings = {
    defaultOffline: 'offline',
    autoOffline: { enabled: true, status: 'offline' },
    offlineAfter: '10m',
    sessionTimeout: '2m',
    feedTimeout: '1m',
    massGuard: null,
    access: 'open',
  }
  const frame = { version: 1, statuses: statusesOf(statuses), settings, calendars: [], operators: [] }
  const text = `${JSON.stringify(frame, null, 2)}\n`
  if (operators === 0) return yield text
  yield text.slice(0, text.lastIndexOf(']'))
  for (let first = 0; first < operators; first += operatorsPerPiece) {
    const count = Math.min(operatorsPerPiece, operators - first)
    const rows = Array.from({ length: count }, (_, index) => operatorText(first + index))
    yield `${first === 0 ? '' : ','}\n${rows.join(',\n')}`
  }
  yield '\n  ]\n}\n'
}

function operatorText(index: number): string {
  const operator = {
    id: operatorId(index),
    name: `${pick(firstNames, index)} ${pick(lastNames, index >> 3)} ${index}`,
    role: 'operator',
    account: null,
    initialStatus: 'online',
    calendar: null,
  }
  return JSON.stringify(operator, null, 2).replace(/^/gm, '    ')
}

function pick(values: readonly string[], index: number): string {
  return values[index % values.length] as string
}
