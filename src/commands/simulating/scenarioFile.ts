import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import { isObject } from '../../domain/catalogue/rules/fields.ts'
import type { Problem } from '../../domain/catalogue/rules/problem.ts'
import { parseCatalogue } from '../../domain/catalogue/rules/rules.ts'
import type { Failure } from '../../domain/failure.ts'
import type { Expectation } from '../../domain/replay/expectations.ts'
import { type CatalogueSource, parseScenario, resolveScenario, type Scenario } from '../../domain/replay/scenario.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { type ParsedDocument, readDocumentFile } from '../../formats/documentFile.ts'
import { placeProblems } from '../../formats/places.ts'
import type { System } from '../../system/system.ts'
import { readDocument } from '../sources/documentSource.ts'
import { sourceName } from '../sources/sourceName.ts'

/** A scenario as it was read, and what it was read from. */
export interface ScenarioFile {
  readonly scenario: Scenario
  /** As named on the command line; `-` is standard input. */
  readonly file: string
  readonly document: ParsedDocument
}

/** Reads a scenario; refuses it with every problem and its line. */
export async function readScenario(file: string, system: System): Promise<Result<ScenarioFile, Failure>> {
  const document = await readDocument(file, system)
  if (!document.ok) return document
  const scenario = parseScenario(document.value.value)
  if (scenario.ok) return ok({ scenario: scenario.value, file, document: document.value })
  const refused = await invalid({ file, document: document.value }, scenario.failure)
  const isRecord = isObject(document.value.value) && 'event' in document.value.value
  return !refused.ok && refused.failure.code === 'invalid' && isRecord
    ? refuse({ ...refused.failure, mend: 'play-as-feed' })
    : refused
}

/** The scenario's initial choices and expectations, by the catalogue's ids. */
export async function resolveInitial(
  read: ScenarioFile,
  catalogue: Catalogue,
): Promise<Result<{ initial: ReadonlyMap<string, string>; expect: readonly Expectation[] }, Failure>> {
  const resolved = resolveScenario(read.scenario, catalogue)
  return resolved.ok ? resolved : invalid(read, resolved.failure)
}

/** The catalogue that the scenario brings, from within or from a file beside it. */
export async function scenarioCatalogue(
  source: Exclude<CatalogueSource, { from: 'store' }>,
  scenario: string,
  system: System,
): Promise<Result<Catalogue, Failure>> {
  if (source.from === 'inline') return catalogueFrom(source.document, `the catalogue in ${sourceName(scenario)}`)
  const file = scenario === '-' ? system.absolute(source.file) : system.beside(scenario, source.file)
  const document = await readDocumentFile(file)
  return document.ok ? catalogueFrom(document.value.value, file) : document
}

function catalogueFrom(document: unknown, source: string): Result<Catalogue, Failure> {
  const parsed = parseCatalogue(document)
  return parsed.ok ? parsed : refuse({ code: 'invalid', source, problems: parsed.failure })
}

async function invalid(
  { file, document }: Pick<ScenarioFile, 'file' | 'document'>,
  problems: readonly Problem[],
): Promise<Result<never, Failure>> {
  return refuse({ code: 'invalid', source: sourceName(file), problems: await placeProblems(problems, document) })
}
