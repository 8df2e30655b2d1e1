import type { Problem } from '../../domain/catalogue/rules/problem.ts'
import type { Failure } from '../../domain/failure.ts'
import { type PartialCatalogue, parseManifest } from '../../domain/manifest/manifest.ts'
import { type JoinedManifest, joinManifests } from '../../domain/manifest/manifestParts.ts'
import { type MistypedKey, mistypedKeys } from '../../domain/manifest/mistypedKeys.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { ParsedDocument } from '../../formats/documentFile.ts'
import { placeProblems } from '../../formats/places.ts'
import type { System } from '../../system/system.ts'
import { readDocuments } from '../sources/documentSource.ts'
import { sourceName } from '../sources/sourceName.ts'

/** What the files of `-f` ask for together. */
export interface Manifest {
  /** What refusals and the history call it: the files' names. */
  readonly source: string
  readonly wanted: PartialCatalogue
  /** The same as one document, with the keys that opstat does not know. */
  readonly document: unknown
  /** Keys in it that look like slips of the pen. */
  readonly mistyped: readonly MistypedKey[]
  /** A refusal of the plan with the files and lines of its problems. */
  readonly place: (failure: Failure) => Promise<Failure>
}

/** A document and the file that it stands in, as the user named it. */
export interface Part extends ParsedDocument {
  readonly file: string
}

/** Reads the files, `-` being standard input, and every document in them. Refuses with every problem of all of them. */
export async function readManifest(files: readonly string[], system: System): Promise<Result<Manifest, Failure>> {
  const parts = await readParts(files, system)
  if (!parts.ok) return parts
  const source = [...new Set(parts.value.map(({ file }) => file))].join(', ')
  // One part is the whole; it is not parsed twice.
  const [only] = parts.value.length === 1 ? parts.value : []
  const whole = only === undefined ? null : parseManifest(only.value)
  const own = whole?.ok ? [] : ownProblems(parts.value, parseManifest)
  if (own.length > 0) {
    return refuse(inFewestFiles({ code: 'invalid', source, problems: await placeInParts(own, parts.value) }))
  }
  const joined = joinManifests(parts.value.map(({ value }) => value))
  const place = async (failure: Failure): Promise<Failure> => {
    if (failure.code !== 'invalid') return failure
    const located = locate(failure.problems, parts.value, joined)
    return inFewestFiles({ ...failure, problems: await placeInParts(located, parts.value) })
  }
  const wanted = whole ?? parseManifest(joined.document)
  if (!wanted.ok || joined.contradictions.length > 0) {
    const between = [...(wanted.ok ? [] : wanted.failure), ...joined.contradictions]
    return refuse(await place({ code: 'invalid', source, problems: between }))
  }
  return ok({ source, wanted: wanted.value, document: joined.document, mistyped: mistypedIn(parts.value), place })
}

/** Every document of the files, in their order. */
export async function readParts(files: readonly string[], system: System): Promise<Result<Part[], Failure>> {
  if (files.filter((file) => file === '-').length > 1) {
    return refuse({ code: 'usage', mistake: 'standard-input-twice' })
  }
  const parts: Part[] = []
  for (const file of files) {
    const documents = await readDocuments(file, system)
    if (!documents.ok) return documents
    parts.push(...documents.value.map((document) => ({ ...document, file: sourceName(file) })))
  }
  return ok(parts)
}

/** A broken rule and the index of the part that it stands in. */
export interface LocatedProblem {
  readonly part: number
  readonly problem: Problem
}

/** The problems in their order, with lines, and with files where there are several. Each text is read again once. */
export async function placeInParts(located: readonly LocatedProblem[], parts: readonly Part[]): Promise<Problem[]> {
  const placed: Iterator<Problem, undefined>[] = []
  for (const [index, part] of parts.entries()) {
    const own = located.filter((one) => one.part === index).map(({ problem }) => problem)
    placed.push((await placeProblems(own, part)).values())
  }
  const isOneFile = parts.every(({ file }) => file === parts[0]?.file)
  return located.map(({ part, problem }) => {
    const found = placed[part]?.next().value ?? problem
    const file = parts[part]?.file
    return isOneFile || file === undefined ? found : { ...found, file }
  })
}

/** What each document breaks by itself. */
export function ownProblems(
  parts: readonly Part[],
  parse: (document: unknown) => Result<unknown, readonly Problem[]>,
): LocatedProblem[] {
  return parts.flatMap(({ value }, part) => {
    const parsed = parse(value)
    return parsed.ok ? [] : parsed.failure.map((problem) => ({ part, problem }))
  })
}

function mistypedIn(parts: readonly Part[]): MistypedKey[] {
  return parts.flatMap(({ value, file }) =>
    mistypedKeys(value).map((one) => (parts.length === 1 ? one : { ...one, path: `${one.path} of ${file}` })),
  )
}

/** Problems of the joined document, each in the part that it came from. */
function locate(problems: readonly Problem[], parts: readonly Part[], { placeOf }: JoinedManifest): LocatedProblem[] {
  const elsewhere = (path: string) => {
    const place = placeOf(path)
    const file = parts[place.part]?.file
    return parts.length === 1 || file === undefined ? place.path : `${file}, ${place.path}`
  }
  return problems.map((problem) => {
    const { part, path } = placeOf(problem.path)
    return { part, problem: { ...withOtherPlaces(problem, elsewhere), path } }
  })
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
