import { type CatalogueNames, type Named, readCatalogueNames } from '../../formats/catalogueNames.ts'
import { listFields } from '../../views/listFields.ts'

/** Something that can stand at the cursor, with a word about it. */
export interface Candidate {
  readonly value: string
  readonly note: string
}

/** What a value's place is called, and what the line says that its values hang on. */
export interface Wanted {
  readonly place: string
  readonly choices: readonly string[]
  readonly path: readonly string[]
  readonly operands: readonly string[]
  /** The catalogue's file, absolute. */
  readonly storeFile: string
  /** What is typed of the value. */
  readonly typed: string
}

/** The values for a place; `files`: the shell knows them better. */
export async function candidatesFor(wanted: Wanted): Promise<readonly Candidate[] | 'files'> {
  const { place, choices, operands, path, storeFile } = wanted
  if (choices.length > 0) return choices.map(plain)
  switch (place) {
    case 'file':
    case 'scenario':
      return 'files'
    case 'status':
    case 'statuses':
      return without(operands, readCatalogueNames(storeFile).statuses.map(candidate))
    case 'operator':
    case 'operators':
      return without(operands, readCatalogueNames(storeFile).operators.map(candidate))
    case 'calendar':
      return readCatalogueNames(storeFile).calendars.map(candidate)
    case 'key':
      return settingNames()
    case 'value':
      return settingValues(operands[0] ?? '', readCatalogueNames(storeFile))
    case 'key=value':
      return pairs(wanted, await settingNames(), (key) => settingValues(key, readCatalogueNames(storeFile)))
    case 'operator=status':
      return operatorPairs(wanted)
    case 'color':
      return [...(await import('../../domain/catalogue/color/colorNames.ts')).colorNames()].map(([value, note]) => ({
        value,
        note,
      }))
    case 'zone':
      return Intl.supportedValuesOf('timeZone').map(plain)
    case 'fields':
      return fieldLists(wanted.typed, fieldsOf(path.join(' ')))
    default:
      return []
  }
}

function plain(value: string): Candidate {
  return { value, note: '' }
}

/** The domain's modules are loaded only where they are asked for: somebody waits for each key. */
async function settingNames(): Promise<readonly Candidate[]> {
  const { settingKeys } = await import('../../domain/edits/settingsEdits.ts')
  return settingKeys.map(plain)
}

function candidate({ id, name }: Named): Candidate {
  return { value: id, note: name === id ? '' : name }
}

function without(given: readonly string[], candidates: readonly Candidate[]): readonly Candidate[] {
  const used = new Set(given)
  return used.size === 0 ? candidates : candidates.filter(({ value }) => !used.has(value))
}

function settingValues(key: string, { statuses }: CatalogueNames): readonly Candidate[] {
  const targets = statuses.filter((status) => !status.canReceive).map(candidate)
  switch (key) {
    case 'default-offline':
      return [...targets, { value: 'none', note: 'no status' }]
    case 'auto-offline':
      return [
        ...targets,
        { value: 'off', note: 'disabled, the choice kept' },
        { value: 'none', note: 'disabled and cleared' },
      ]
    case 'offline-after':
      return ['3m', '5m', '10m', '15m', '30m', 'never'].map(plain)
    case 'session-timeout':
      return ['1m', '2m', '5m'].map(plain)
    case 'feed-timeout':
      return ['30s', '1m', '2m', 'never'].map(plain)
    case 'mass-guard':
      return ['30%', '50%', 'off'].map(plain)
    case 'access':
      return ['open', 'roles'].map(plain)
    default:
      return []
  }
}

/** `KEY=` first, then what may stand behind it. */
function pairs(
  { typed }: Wanted,
  keys: readonly Candidate[],
  valuesOf: (key: string) => readonly Candidate[],
): readonly Candidate[] {
  const index = typed.indexOf('=')
  if (index === -1) return keys.map(({ value, note }) => ({ value: `${value}=`, note }))
  const key = typed.slice(0, index)
  return valuesOf(key).map(({ value, note }) => ({ value: `${key}=${value}`, note }))
}

function operatorPairs(wanted: Wanted): readonly Candidate[] {
  const { statuses, operators } = readCatalogueNames(wanted.storeFile)
  const everybody = { value: '*', note: 'everybody' }
  return pairs(wanted, [everybody, ...operators.map(candidate)], () => statuses.map(candidate))
}

function fieldsOf(list: string): readonly string[] {
  return Object.hasOwn(listFields, list) ? listFields[list as keyof typeof listFields] : []
}

/** One more field behind those that are there, each with or without the minus that turns it round. */
function fieldLists(typed: string, fields: readonly string[]): readonly Candidate[] {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1)
  const sign = typed.slice(before.length).startsWith('-') ? '-' : ''
  const used = before.split(',').map((field) => field.replace(/^-/, ''))
  return fields.filter((field) => !used.includes(field)).map((field) => plain(`${before}${sign}${field}`))
}
