import type { Explanation } from '../../domain/explaining/explanation.ts'
import type { Shown } from '../shown.ts'
import { explanationShape } from './explanationShape.ts'
import { explanationText } from './explanationText.ts'

/** `names`: every status that may be spoken of, by id. */
export function showExplanation(
  explanation: Explanation,
  { names, notes }: { readonly names: ReadonlyMap<string, string>; readonly notes: readonly string[] },
): Shown {
  const nameOf = (status: string | null): string => (status === null ? 'none' : (names.get(status) ?? status))
  return {
    value: explanationShape(explanation),
    human: (paint) => explanationText(explanation, nameOf, paint),
    names: [explanation.row.operator],
    ...(notes.length === 0 ? {} : { note: notes }),
  }
}
