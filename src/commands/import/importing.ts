import { type Command, InvalidArgumentError } from 'commander'
import type { Failure } from '../../domain/failure.ts'
import { type Imported, importStatuses, type Meaning, meanings } from '../../domain/importing/importStatuses.ts'
import type { Vendor } from '../../domain/importing/vendor.ts'
import { vendors } from '../../domain/importing/vendors.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { importNotes, importText } from '../../views/catalogue/importText.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call, CommandModule } from '../declaring/command.ts'
import { formatOption, type ManifestFormat, manifestFormat } from '../manifest/manifestFormat.ts'
import { type Part, placeInParts, readParts } from '../manifest/readManifest.ts'

interface Options {
  readonly map?: ReadonlyMap<string, Meaning>
  readonly rename?: ReadonlyMap<string, string>
  readonly keepDisabled?: boolean
  readonly colors: boolean
  readonly format?: ManifestFormat
}

/** The command that reads one vendor's list; the vendors differ in nothing else. */
export function importCommand(id: Vendor['id'], examples: readonly string[]): CommandModule {
  const vendor = vendors.find((one) => one.id === id) as Vendor
  return {
    declare,
    examples,
    run: (call, system) => run(vendor, call, system),
  }
}

function declare(command: Command): void {
  command
    .argument('<file...>', 'what the other system printed, all pages of it; - is standard input')
    .option(
      '--map <what=meaning>',
      `what a kind or an id means here (${meanings.join(', ')}); can be given again`,
      collectMeaning,
    )
    .option('--rename <id=name>', 'call the status with this id differently; can be given again', collectName)
    .option('--keep-disabled', 'take in what is switched off there')
    .option('--no-colors', 'give no colours: new statuses then get some, others keep theirs')
    .addOption(formatOption())
}

/** Prints a manifest to be looked over before it is applied, also where it breaks rules: then it is to be mended. */
async function run(vendor: Vendor, call: Call<Options>, system: System): Promise<Result<Shown, Failure>> {
  const { options } = call
  const format = manifestFormat(options.format, call.globals.format)
  if (!format.ok) return format
  const parts = await readParts(call.args[0] as readonly string[], system)
  if (!parts.ok) return parts
  const imported = importStatuses(vendor, {
    documents: parts.value.map(({ value }) => value),
    meanings: options.map ?? new Map(),
    names: options.rename ?? new Map(),
    disabled: options.keepDisabled === true ? 'keep' : 'skip',
    colors: options.colors ? 'give' : 'leave',
  })
  const [unmatched] = imported.unmatched
  if (unmatched !== undefined) return refuse(unmatchedFailure(unmatched, imported, parts.value))
  const text = await importText(imported, vendor, format.value)
  if (imported.problems.length > 0) {
    if (imported.manifest.statuses.length > 0) await system.stdout.write(text)
    return refuse(await failureOf(imported, parts.value))
  }
  const note = importNotes(imported, vendor, (part) => parts.value[part]?.file ?? '')
  return ok({ value: imported.manifest, human: () => text.replace(/\n$/, ''), note })
}

function unmatchedFailure(unmatched: string, { kinds }: Imported, parts: readonly Part[]): Failure {
  return { code: 'usage', mistake: 'unknown-import', value: unmatched, files: parts.map(({ file }) => file), kinds }
}

async function failureOf({ problems, manifest }: Imported, parts: readonly Part[]): Promise<Failure> {
  const hasStatuses = manifest.statuses.length > 0
  const located = problems.map(({ part, ...problem }) => ({ part, problem }))
  const placed = await placeInParts(located, parts)
  const source = [...new Set(parts.map(({ file }) => file))].join(', ')
  return { code: 'invalid', source, problems: placed, ...(hasStatuses ? { mend: 'mend-import' } : {}) }
}

/** `ROUTABLE=receive`, or several with commas between. */
function collectMeaning(text: string, before: ReadonlyMap<string, Meaning> = new Map()): Map<string, Meaning> {
  const pairs = text.split(',').map((pair): [string, Meaning] => {
    const [key, value] = pairOf(pair)
    const meaning = meanings.find((one) => one === value) ?? otherWords.get(value)
    if (meaning === undefined) throw new InvalidArgumentError(`after the = write one of ${meanings.join(', ')}.`)
    return [key, meaning]
  })
  return new Map([...before, ...pairs])
}

/** As the other systems' own flags read. */
const otherWords: ReadonlyMap<string, Meaning> = new Map([
  ['true', 'receive'],
  ['can-receive', 'receive'],
  ['count-after-close', 'after-close'],
  ['false', 'neither'],
])

function collectName(text: string, before: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  return new Map([...before, pairOf(text)])
}

/** The first = divides: ids hold none. */
function pairOf(text: string): [string, string] {
  const index = text.indexOf('=')
  if (index < 1) throw new InvalidArgumentError('write it with an = between.')
  return [text.slice(0, index), text.slice(index + 1)]
}
