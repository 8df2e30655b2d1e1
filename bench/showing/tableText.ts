import { type Absent, figureText, goalText, type Row, verdictOf, withUnit } from '../row.ts'

const heads = ['measured', 'cost', 'compared with', 'ratio', 'goal', 'verdict', 'runs'] as const

/** The rows as text in columns, for a terminal. */
export function tableText(rows: readonly Row[], absent: readonly Absent[]): string {
  const lines = [heads, ...rows.map(cellsOf)].map((cells) => cells.map((cell) => cell.replaceAll('`', '')))
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => (line[column] as string).length)))
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] as number))
      .join('  ')
      .trimEnd(),
  )
  return [...text, ...absent.map(({ what, why }) => `not measured: ${what.replaceAll('`', '')}: ${why}`)].join('\n')
}

/** The rows as a table in Markdown. */
export function tableMarkdown(rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map((row) => line(cellsOf(row)))].join('\n')
}

function cellsOf(row: Row): readonly string[] {
  const figure = withUnit(figureText(row.figure), row.unit)
  return [row.what, row.measured, row.against, figure, goalText(row.goal, row.unit), verdictOf(row), row.runs]
}
