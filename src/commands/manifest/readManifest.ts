import type { Failure } from '../../domain/failure.ts'
import { type PartialCatalogue, parseManifest } from '../../domain/manifest.ts'
import { joinManifests } from '../../domain/manifestParts.ts'
import type { Problem } from '../../domain/problem.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { type ParsedDocument, readDocumentsBytes, readDocumentsFile } from '../../formats/documentFile.ts'
import { placeProblems } from '../../formats/places.ts'
import type { System } from '../../system/system.ts'

/** What the files of `-f` ask for together. */
export interface Manifest {
  /** What refusals and the history call it: the files' names. */
  readonly source: string
  readonly wanted: PartialCatalogue
  /** The same as one document, with the keys that opstat does not know. */
  readonly document: unknown
  /** A refusal of the plan with the files and lines of its problems. */
  readonly place: (failure: Failure) => Promise<Failure>
}

/** A document and the file that it stands in, as the user named it. */
export interface Part extends ParsedDocument {
  readonly file: string
}

const standardInput = 'standard input'

/** Reads the files, `-` being standard input, and every document in them. Refuses with every problem of all of them. */
export async function readManifest(files: readonly string[], system: System): Promise<Result<Manifest, Failure>> {
  const parts = await readParts(files, system)
  if (!parts.ok) return parts
  const source = [...new Set(parts.value.map(({ file }) => file))].join(', ')
  const problems = await ownProblems(parts.value)
  if (problems.length > 0) return refuse(inFewestFiles({ code: 'invalid', source, problems }))
  const joined = joinManifests(parts.value.map(({ value }) => value))
  const place = async (failure: Failure): Promise<Failure> => {
    if (failure.code !== 'invalid') return failure
    return inFewestFiles({ ...failure, problems: await placeInParts(failure.problems, parts.value, joined.placeOf) })
  }
  const wanted = parseManifest(joined.document)
  if (!wanted.ok || joined.contradictions.length > 0) {
    const between = [...(wanted.ok ? [] : wanted.failure), ...joined.contradictions]
    return refuse(await place({ code: 'invalid', source, problems: between }))
  }
  return ok({ source, wanted: wanted.value, document: joined.document, place })
}

/** Every document of the files, in their order. */
export async function readParts(files: readonly string[], system: System): Promise<Result<Part[], Failure>> {
  if (files.filter((file) => file === '-').length > 1) {
    return refuse({ code: 'usage', message: '- is given twice, and there is one standard input', hint: null })
  }
  const parts: Part[] = []
  for (const file of files) {
    const documents =
      file === '-'
        ? await readDocumentsBytes(system.stdin.bytes(), standardInput)
        : await readDocumentsFile(system.absolute(file), file)
    if (!documents.ok) return documents
    const name = file === '-' ? standardInput : file
    parts.push(...documents.value.map((document) => ({ ...document, file: name })))
  }
  return ok(parts)
}

/** What each document breaks by itself. */
async function ownProblems(parts: readonly Part[]): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const part of parts) {
    const manifest = parseManifest(part.value)
    if (manifest.ok) continue
    problems.push(...(await placeProblems(manifest.failure, part)).map((problem) => named(problem, part, parts)))
  }
  return problems
}

async function placeInParts(
  problems: readonly Problem[],
  parts: readonly Part[],
  placeOf: (path: string) => { readonly part: number; readonly path: string },
): Promise<Problem[]> {
  const elsewhere = (path: string) => {
    const place = placeOf(path)
    const file = parts[place.part]?.file
    return parts.length === 1 || file === undefined ? place.path : `${file}, ${place.path}`
  }
  const placed: Problem[] = []
  for (const problem of problems) {
    const { part: index, path } = placeOf(problem.path)
    const part = parts[index]
    const own = { ...withOtherPlaces(problem, elsewhere), path }
    if (part === undefined) placed.push(own)
    else placed.push(...(await placeProblems([own], part)).map((one) => named(one, part, parts)))
  }
  return placed
}

function withOtherPlaces(problem: Problem, elsewhere: (path: string) => string): Problem {
  if ('firstPath' in problem) return { ...problem, firstPath: elsewhere(problem.firstPath) }
  return 'otherPath' in problem ? { ...problem, otherPath: elsewhere(problem.otherPath) } : problem
}

/** Problems that are all in one of the files are that file's. */
function inFewestFiles(failure: Extract<Failure, { code: 'invalid' }>): Failure {
  const [file, other] = new Set(failure.problems.map((problem) => problem.file))
  if (file === undefined || other !== undefined) return failure
  return { ...failure, source: file, problems: failure.problems.map(({ file: _, ...problem }) => problem) }
}

/** The file is only said where there are several. */
function named(problem: Problem, part: Part, parts: readonly Part[]): Problem {
  return parts.every(({ file }) => file === part.file) ? problem : { ...problem, file: part.file }
}
