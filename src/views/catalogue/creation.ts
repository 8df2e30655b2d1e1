import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { toDocument } from '../../domain/catalogue/document.ts'
import { unreachable } from '../../domain/result.ts'
import { shellWord } from '../failures/conflictWords.ts'
import type { Shown } from '../shown.ts'
import { counted } from './outcome.ts'

/** What became of `init`: done, or what it would do (`--dry-run`). */
export type CreationEffect = 'created' | 'kept' | 'replaced' | 'would-create' | 'would-replace'

export interface Creation {
  readonly catalogue: Catalogue
  readonly effect: CreationEffect
  /** The absolute names of the catalogue and of what the program keeps beside it. */
  readonly files: {
    readonly catalogue: string
    readonly history: string
    readonly state: string
    readonly lock: string
    readonly watchLock: string
  }
  readonly feed: string
  /** How other commands find the catalogue. */
  readonly found: 'alone' | 'by --store'
}

/** The catalogue, and for people what happened and what not to commit. */
export function showCreation(creation: Creation): Shown {
  const { catalogue, effect, files } = creation
  const holds = `${counted(catalogue.statuses.length, 'status')}, ${counted(catalogue.operators.length, 'operator')}`
  return {
    value: toDocument(catalogue),
    human: () => '',
    sheet: { columns: ['id', 'name'], rows: catalogue.statuses.map(({ id, name }) => [id, name]) },
    names: catalogue.statuses.map((status) => status.id),
    note: [effectWords(effect, { file: files.catalogue, holds }), ...advice(creation)],
  }
}

function effectWords(effect: CreationEffect, { file, holds }: { file: string; holds: string }): string {
  switch (effect) {
    case 'created':
      return `created ${file} (${holds})`
    case 'kept':
      return `${file} (${holds}) exists and was kept; to replace it: opstat init --force`
    case 'replaced':
      return `replaced ${file}, which now holds ${holds}; the old one lies beside it as ${nameOf(file)}.bak-*, and the history goes on`
    case 'would-create':
      return `dry run: would create ${file} (${holds})`
    case 'would-replace':
      return `dry run: would back up ${file} and replace it by ${holds}`
    default:
      return unreachable(effect)
  }
}

function advice({ effect, files, feed, found }: Creation): string[] {
  if (effect !== 'created' && effect !== 'replaced') return []
  const store = found === 'alone' ? '' : ` --store ${shellWord(files.catalogue)}`
  return [
    'It is made to be kept in git; what lies beside it is not. For .gitignore:',
    ...ignoredNames(files, feed).map((name) => `  ${name}`),
    `Next: opstat status list${store}, opstat operator add ID${store}`,
  ]
}

/** History, state, locks, the feed with what rotation makes of it, and under the catalogue's own name its backups. */
function ignoredNames({ catalogue, history, state, lock, watchLock }: Creation['files'], feed: string): string[] {
  const archived = history.replace(/\.jsonl$/, '-*.jsonl')
  const files = [catalogue, history, archived, state, lock, watchLock, ...(feed === '-' ? [] : [`${feed}*`])]
  const [own, ...beside] = files.map(nameOf)
  return [...beside, `${own}.*`]
}

function nameOf(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
}
