import { helpTopics } from './topics.ts'

/** What a page of the manual says of a command. */
export interface ManCommand {
  /** Below `opstat`; none for the program itself. */
  readonly path: readonly string[]
  readonly summary: string
  /** `[name] --color <color>`: as the help has it. */
  readonly usage: string
  readonly arguments: readonly ManTerm[]
  readonly options: readonly ManTerm[]
  /** What more the help says, in lines as they are. */
  readonly notes: string
  readonly examples: readonly string[]
  /** The commands below it. */
  readonly commands: readonly ManTerm[]
}

export interface ManTerm {
  readonly term: string
  readonly description: string
}

/** The file's name of a command's page. */
export function manName(path: readonly string[]): string {
  return `${['opstat', ...path].join('-')}.1`
}

/** A page in the man macros. Source: groff_man(7). */
export function manPage(
  command: ManCommand,
  about: { readonly version: string; readonly all: readonly ManCommand[] },
): string {
  const name = ['opstat', ...command.path].join('-')
  const isProgram = command.path.length === 0
  const related = about.all.filter(({ path }) => isRelated(command.path, path))
  const parts = [
    `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`opstat ${about.version}`)} "opstat manual"\n`,
    section('NAME', [`${escaped(name)} \\- ${escaped(command.summary)}`]),
    section('SYNOPSIS', [`.B ${escaped(['opstat', ...command.path].join(' '))}`, escaped(command.usage)]),
    terms('COMMANDS', command.commands),
    terms('ARGUMENTS', command.arguments),
    terms('OPTIONS', command.options),
    preformatted('NOTES', command.notes),
    preformatted('EXAMPLES', command.examples.join('\n')),
    ...(isProgram ? [...helpTopics].map(([topic, { text }]) => preformatted(topic.toUpperCase(), text)) : []),
    related.length === 0
      ? ''
      : section('SEE ALSO', [related.map(({ path }) => `.BR ${escaped(manName(path).slice(0, -2))} (1)`).join(' ,\n')]),
  ]
  return parts.filter((part) => part !== '').join('')
}

/** Its group, and its brothers; for a group and the program those below. */
function isRelated(own: readonly string[], other: readonly string[]): boolean {
  if (own.join(' ') === other.join(' ')) return false
  if (own.length === 0) return other.length === 1
  return other.length === 0 || other[0] === own[0]
}

function section(title: string, lines: readonly string[]): string {
  return `.SH ${title}\n${lines.filter((line) => line !== '').join('\n')}\n`
}

function terms(title: string, entries: readonly ManTerm[]): string {
  if (entries.length === 0) return ''
  return section(
    title,
    entries.map(({ term, description }) => `.TP\n.B ${escaped(term)}\n${escaped(description)}`),
  )
}

/** Lines as they are, without filling. */
function preformatted(title: string, text: string): string {
  const lines = text.replace(/^\n+|\n+$/g, '')
  return lines === '' ? '' : section(title, [`.nf\n${lines.split('\n').map(escaped).join('\n')}\n.fi`])
}

/** Hyphens that can be copied, backslashes that are meant, and no line that begins like a request. */
function escaped(text: string): string {
  const line = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('\n', ' ')
    .replace(
      /[^\x20-\x7e]/gu,
      (letter) => `\\[u${(letter.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
  return /^[.']/.test(line) ? `\\&${line}` : line
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '\\(dq')}"`
}
