import { type Command, Option } from 'commander'
import { parseCatalogue } from '../domain/catalogue/rules/rules.ts'
import { type DocumentKind, documentKinds } from '../domain/catalogue/schema.ts'
import type { Failure } from '../domain/failure.ts'
import { parseManifest } from '../domain/manifest/manifest.ts'
import { ok, type Result, refuse } from '../domain/result.ts'
import { readDocumentFile } from '../formats/documentFile.ts'
import { placeProblems } from '../formats/places.ts'
import type { System } from '../system/system.ts'
import { showValid } from '../views/catalogue/validation.ts'
import type { Shown } from '../views/shown.ts'
import type { Call, Globals } from './declaring/command.ts'
import { ownProblems, placeInParts, readParts } from './manifest/readManifest.ts'
import { sourceName } from './sources/sourceName.ts'
import { withStore } from './storing/openStore.ts'

export function declare(command: Command): void {
  command
    .argument('[file]', 'JSON or YAML; - is standard input (default: the catalogue)')
    .addOption(
      new Option('--as <kind>', 'a manifest for apply may leave out what it does not ask for')
        .choices(documentKinds)
        .default('catalogue'),
    )
}

export const examples = ['opstat validate', 'opstat export | opstat validate - --as manifest']

/** Every problem of a file, with its path and line; nothing is changed. */
export async function run(
  { args, options, globals }: Call<{ readonly as: DocumentKind }>,
  system: System,
): Promise<Result<Shown, Failure>> {
  const [file] = args as [string | undefined]
  if (file === undefined) return validateStore(globals, system)
  const { as: kind } = options
  const parts = await readParts([file], system)
  if (!parts.ok) return parts
  const source = sourceName(file)
  const parse = kind === 'catalogue' ? parseCatalogue : parseManifest
  const problems = await placeInParts(ownProblems(parts.value, parse), parts.value)
  const [first] = parts.value
  if (problems.length === 0) return ok(showValid(source, first?.value, kind))
  const isManifest = kind === 'catalogue' && file !== '-' && first !== undefined && parseManifest(first.value).ok
  return refuse({ code: 'invalid', source, problems, ...(isManifest ? { mend: 'validate-as-manifest' } : {}) })
}

/** The catalogue as every command reads it, its problems with the lines they stand on. */
function validateStore(globals: Globals, system: System): Promise<Result<Shown, Failure>> {
  return withStore(globals, system, async (store) => {
    const current = await store.read()
    if (current.ok) return ok(showValid(store.name, await current.value.document(), 'catalogue'))
    if (current.failure.code !== 'invalid') return current
    const document = await readDocumentFile(store.files().catalogue)
    if (!document.ok) return current
    return refuse({ ...current.failure, problems: await placeProblems(current.failure.problems, document.value) })
  })
}
