import type { Command } from 'commander'
import { type Catalogue, starterCatalogue } from '../domain/catalogue/catalogue.ts'
import { schemaReference, toDocument } from '../domain/catalogue/document.ts'
import { permit } from '../domain/catalogue/permission.ts'
import { parseCatalogue } from '../domain/catalogue/rules/rules.ts'
import type { Failure } from '../domain/failure.ts'
import { ok, type Result, refuse } from '../domain/result.ts'
import { placeProblems } from '../formats/places.ts'
import type { Store } from '../store/port.ts'
import type { System } from '../system/system.ts'
import { type Creation, type CreationEffect, showCreation } from '../views/catalogue/creation.ts'
import { declined } from '../views/catalogue/outcome.ts'
import { printable } from '../views/painting/printable.ts'
import type { Shown } from '../views/shown.ts'
import { readCatalogue } from './asking/ask.ts'
import { promptsOf } from './asking/promptsOf.ts'
import type { Call } from './declaring/command.ts'
import { defaultStoreFile, dryRunOption } from './declaring/globals.ts'
import { readDocument } from './sources/documentSource.ts'
import { sourceName } from './sources/sourceName.ts'
import { withStore } from './storing/openStore.ts'

interface Options {
  readonly from?: string
  readonly force?: boolean
  readonly dryRun?: boolean
}

export function declare(command: Command): void {
  command
    .option('--from <file>', 'copy this catalogue, JSON or YAML, once it is found to be valid; - is standard input')
    .option('--force', 'replace one that exists, which is backed up; the history is kept')
  dryRunOption(command)
}

export const examples = ['opstat init', 'opstat init --from statuses.json --force']

export function run(call: Call<Options>, system: System): Promise<Result<Shown, Failure>> {
  const { globals } = call
  const { from, force = false, dryRun = false } = call.options
  return withStore(globals, system, async (store) => {
    const draft = from === undefined ? ok(starter) : await readDraft(from, system)
    if (!draft.ok) return draft
    const { catalogue, document } = draft.value
    const isFound = globals.storeFile === defaultStoreFile(system)
    const place: Place = { files: store.files(), feed: globals.feed.file, found: isFound ? 'alone' : 'by --store' }
    const present = await readPresent(store)
    if (present !== null && !force) return showKept(present, place)
    if (present?.ok) {
      const permitted = permit(present.value, system.account, { kind: 'change', what: 'catalogue' })
      if (!permitted.ok) return permitted
    }
    const would: CreationEffect = present === null ? 'would-create' : 'would-replace'
    if (dryRun) return ok(showCreation({ ...place, catalogue, effect: would }))
    if (present !== null && globals.asks === 'yes') {
      const message = `Replace ${printable(place.files.catalogue)}? It is backed up first.`
      if (!(await promptsOf(system).confirm({ message, initial: false }))) return ok(declined('nothing was replaced'))
    }
    const created = await store.create(catalogue, { existing: force ? 'replace' : 'keep', document })
    if (!created.ok) return created
    // Another process was faster: what it made is kept.
    if (created.value === 'kept') return showKept(await readCatalogue(store), place)
    return ok(showCreation({ ...place, catalogue, effect: created.value }))
  })
}

type Place = Pick<Creation, 'files' | 'feed' | 'found'>

/** A catalogue, and the document that says it. */
interface Draft {
  readonly catalogue: Catalogue
  readonly document: object
}

const starter: Draft = {
  catalogue: starterCatalogue,
  document: { $schema: schemaReference, ...toDocument(starterCatalogue) },
}

/** The file's catalogue, its own keys kept. Refused with every problem it has. */
async function readDraft(file: string, system: System): Promise<Result<Draft, Failure>> {
  const parsed = await readDocument(file, system)
  if (!parsed.ok) return parsed
  const { value } = parsed.value
  const catalogue = parseCatalogue(value)
  if (!catalogue.ok) {
    const problems = await placeProblems(catalogue.failure, parsed.value)
    return refuse({ code: 'invalid', source: sourceName(file), problems })
  }
  return ok({ catalogue: catalogue.value, document: { $schema: schemaReference, ...(value as object) } })
}

/** What is there already, readable or not; null where nothing is. */
async function readPresent(store: Store): Promise<Result<Catalogue, Failure> | null> {
  const present = await readCatalogue(store)
  return !present.ok && present.failure.code === 'store-missing' ? null : present
}

function showKept(present: Result<Catalogue, Failure>, place: Place): Result<Shown, Failure> {
  return present.ok ? ok(showCreation({ ...place, catalogue: present.value, effect: 'kept' })) : present
}
