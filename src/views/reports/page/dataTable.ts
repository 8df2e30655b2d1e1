import { type Html, html } from './html.ts'

/** A table with a caption; the first column heads its rows. Cells are texts. */
export interface DataTable {
  readonly title: string
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export function dataTable({ caption, columns, rows }: Omit<DataTable, 'title'>): Html {
  const heads = columns.map((column) => html`<th scope="col">${column}</th>`)
  const body = rows.map(([first = '', ...cells]) => {
    const rest = cells.map((cell) => html`<td>${cell}</td>`)
    return html`<tr><th scope="row">${first}</th>${rest}</tr>\n`
  })
  return html`<table><caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${body}</tbody></table>
`
}
