import type { Imported, ImportNote, PlacedStatus } from '../../domain/importing/importStatuses.ts'
import type { Vendor } from '../../domain/importing/vendor.ts'
import { unreachable } from '../../domain/result.ts'
import { printable } from '../painting/printable.ts'
import { showMachine, yamlText } from '../show.ts'
import { counted } from './outcome.ts'

/** The manifest to be looked over; in YAML each status says what it was made from. */
export async function importText(imported: Imported, vendor: Vendor, format: 'json' | 'yaml'): Promise<string> {
  const { manifest, origins } = imported
  if (format === 'json') return showMachine({ value: manifest, human: () => '' }, 'json')
  return yamlText(manifest, {
    before: ` From ${vendor.name}: to be looked over, then: opstat apply -f FILE`,
    ofEntry: (key, index) => (key === 'statuses' ? originWords(origins[index]) : null),
  })
}

/** What a reader of the manifest should know. `fileOf` names the file of a document. */
export function importNotes(imported: Imported, vendor: Vendor, fileOf: (part: number) => string): string[] {
  const { statuses } = imported.manifest
  const receiving = statuses.filter((status) => 'canReceive' in status && status.canReceive === true).length
  return [
    `${counted(statuses.length, 'status')} of ${vendor.name}, ${receiving} can receive; look the manifest over, then: opstat apply -f FILE`,
    ...imported.notes.map((note) => noteWords(note, vendor, fileOf)),
  ]
}

function noteWords(note: ImportNote, vendor: Vendor, fileOf: (part: number) => string): string {
  switch (note.kind) {
    case 'more-pages':
      return `${fileOf(note.part)} is one page of several (${note.sign}): give the others too`
    case 'skipped':
      return note.why === 'asked'
        ? `left out, as asked: ${words(note.status)}`
        : `left out, as it is switched off in ${vendor.name}: ${words(note.status)}; --keep-disabled takes it in`
    case 'unsaid':
      return `${words(note.status)} does not say whether it receives, so it does not; to have it otherwise: --map ${note.status.id}=receive`
    case 'default-offline':
      return `${words(note.status)} becomes the default offline status`
    case 'nobody-receives':
      return 'no status can receive; to have it otherwise: --map ID=receive'
    default:
      return unreachable(note)
  }
}

function originWords(origin: PlacedStatus | undefined): string | null {
  if (origin === undefined) return null
  const disabled = origin.isDisabled ? ', switched off' : ''
  return ` ${printable(origin.kind ?? 'does not say whether it receives')}${disabled}`
}

function words({ id, name }: PlacedStatus): string {
  return `${name} (${id})`
}
