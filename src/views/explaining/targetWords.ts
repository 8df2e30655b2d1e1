import type { TargetCandidate, TargetChoice } from '../../domain/explaining/targetChoice.ts'
import { unreachable } from '../../domain/result.ts'
import type { Line, Telling } from './explanationText.ts'
import { quoted } from './phrases.ts'

const settingWords: Record<TargetCandidate['setting'], string> = {
  'auto-offline': 'auto-offline',
  'default-offline': 'default-offline',
  'first-neither': 'the first status with neither flag',
  'first-not-receiving': "the first status that can't receive",
}

/** Which setting chose the target, and for each of the others why it did not. */
export function candidateLines({ status, candidates }: TargetChoice, nameOf: Telling['nameOf']): Line[] {
  const chosen = status === null ? 'nowhere: every status can receive' : quoted(nameOf(status))
  return [
    ['target', chosen],
    ...candidates.map(
      (candidate): Line => ['', `${settingWords[candidate.setting]}: ${verdictWords(candidate, nameOf)}`],
    ),
  ]
}

function verdictWords({ status, verdict }: TargetCandidate, nameOf: Telling['nameOf']): string {
  const named = quoted(nameOf(status))
  switch (verdict) {
    case 'chose':
      return `${named}, this one chose`
    case 'off':
      return `off, so its ${named} did not apply`
    case 'unset':
      return 'names none'
    case 'gone':
      return `names ${named}, which does not exist any more`
    case 'passed-over':
      return `${named}, did not apply: an earlier one chose`
    default:
      return unreachable(verdict)
  }
}
