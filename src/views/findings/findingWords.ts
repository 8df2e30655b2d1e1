import { areaOf, type Finding, levelOf, needsAttention } from '../../domain/inspection/findings.ts'
import { hanging } from '../painting/hanging.ts'
import type { Paint } from '../painting/paint.ts'
import { printable } from '../painting/printable.ts'
import type { Shown } from '../shown.ts'
import { catalogueFindingWords } from './catalogueFindingWords.ts'
import { feedFindingWords } from './feedFindingWords.ts'
import { fileFindingWords } from './fileFindingWords.ts'
import { watcherFindingWords } from './watcherFindingWords.ts'
import { attentionWords, type FindingWords, type Wording } from './wording.ts'

/** Words for everything that `doctor` can find; the compiler objects where one is missing. */
const wording: Wording = {
  ...catalogueFindingWords,
  ...fileFindingWords,
  ...watcherFindingWords,
  ...feedFindingWords,
}

/** A finding in words: what was found, and what to do next. */
function findingWords(finding: Finding): FindingWords {
  return (wording[finding.finding] as (finding: Finding) => FindingWords)(finding)
}

/** What `doctor` shows: an array of findings; for people those that need attention stand out by a word. */
export function showFindings(findings: readonly Finding[]): Shown {
  const rows = findings.map(rowOf)
  const exitCode = needsAttention(findings) ? 10 : 0
  const attention = rows.filter(({ level }) => level !== 'note').length
  return {
    value: rows,
    human: (paint) =>
      `${rows.map((row) => lineOf(row, paint)).join('\n')}\n\n${attention === 0 ? 'Nothing needs attention.' : attentionWords(attention)}`,
    names: rows.map(({ finding }) => finding),
    exitCode,
    // Whatever is looked at, the answer is that of the whole.
    pick: (places) => ({ ...showFindings(places.flatMap((place) => findings[place] ?? [])), exitCode }),
  }
}

/** A finding as programs read it. */
function rowOf(finding: Finding) {
  return { area: areaOf(finding), level: levelOf(finding), finding: finding.finding, ...findingWords(finding) }
}

/** The level and the area stand before it. */
const indent = 20

function lineOf({ area, level, detail, next }: ReturnType<typeof rowOf>, paint: Paint): string {
  const { chalk } = paint
  const label = { problem: chalk.red('PROBLEM'), warning: chalk.yellow('WARNING'), note: 'ok     ' }[level]
  const first = `${label}  ${chalk.bold(area.padEnd(9))}  ${hanging(printable(detail), indent, paint)}`
  return level === 'note'
    ? first
    : `${first}\n         ${chalk.dim('next:')}      ${hanging(printable(next), indent, paint)}`
}
