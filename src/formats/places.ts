import type { Problem } from '../domain/catalogue/rules/problem.ts'
import type { ParsedDocument } from './documentFile.ts'
import { jsonLines } from './jsonText.ts'
import { yamlLines } from './yamlText.ts'

/**
 * The problems with the lines they stand on, and a colour that YAML took for a comment recognised. The text is read
 * again for it: only a document with problems pays for places.
 */
export async function placeProblems(
  problems: readonly Problem[],
  document: Pick<ParsedDocument, 'language' | 'text' | 'part'>,
): Promise<Problem[]> {
  if (problems.length === 0) return []
  if (document.language === 'json') {
    const lineOf = await jsonLines(document.text)
    return problems.map((problem) => ({ ...problem, line: lineOf(keysOf(problem.path)) }))
  }
  const lookUp = await yamlLines(document.text, document.part)
  return problems.map((problem) => {
    const { line, swallowed } = lookUp(keysOf(problem.path))
    const isNull = problem.kind === 'wrong-type' && problem.value === null
    if (!isNull || swallowed === null) return { ...problem, line }
    return { kind: 'color-as-comment', value: swallowed, path: problem.path, line }
  })
}

/** The keys of a JSON path: `$.calendars[0].exceptions["2026-12-25"]`. */
function keysOf(path: string): (string | number)[] {
  return [...path.matchAll(/\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)].map(
    ([, name, index, quoted]) => {
      if (index !== undefined) return Number(index)
      return name ?? (JSON.parse(quoted as string) as string)
    },
  )
}
