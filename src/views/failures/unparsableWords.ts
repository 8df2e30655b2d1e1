import type { Unparsable } from '../../domain/failure.ts'
import { unreachable } from '../../domain/result.ts'
import { type FailureWords, words } from './words.ts'

/** A text that is no document. */
export function wordUnparsable(failure: Unparsable & { readonly source: string }): FailureWords {
  const because = (reason: string, hint = mendIt) => words(`${failure.source} can't be read: ${reason}`, hint)
  switch (failure.flaw) {
    case 'not-utf-8':
      return because(`line ${failure.line} is not UTF-8`, 'save it as UTF-8')
    case 'json':
      return because(`line ${failure.line}, column ${failure.column}: ${flawWords.get(failure.expected) ?? noJson}`)
    case 'no-json':
      return because(noJson)
    case 'json-lines':
      return because('it holds one JSON object a line, as a feed does', 'replay a feed with --heartbeats FILE')
    case 'yaml':
      return because(failure.reason, failure.swallowed === null ? mendIt : colorHint(failure.swallowed))
    case 'several-documents':
      return because('it holds several documents, one is wanted')
    default:
      return unreachable(failure)
  }
}

function colorHint({ color, line }: { readonly color: string; readonly line: number }): string {
  return `in YAML an unquoted # begins a comment: write color: "${color}" on line ${line}`
}

const mendIt = 'mend it and try again'
const noJson = 'it is no JSON'

/** By jsonc-parser's names. */
const flawWords: ReadonlyMap<string, string> = new Map([
  ['InvalidSymbol', 'this is no JSON value'],
  ['InvalidNumberFormat', 'this is no number'],
  ['PropertyNameExpected', 'a key in double quotes is expected'],
  ['ValueExpected', 'a value is expected'],
  ['ColonExpected', 'a colon is expected'],
  ['CommaExpected', 'a comma is expected'],
  ['CloseBraceExpected', 'a closing brace is expected'],
  ['CloseBracketExpected', 'a closing bracket is expected'],
  ['EndOfFileExpected', 'the text should end here'],
  ['InvalidCommentToken', 'JSON has no comments'],
  ['UnexpectedEndOfComment', 'JSON has no comments'],
  ['UnexpectedEndOfString', 'a double quote is expected'],
  ['UnexpectedEndOfNumber', 'this is no number'],
  ['InvalidUnicode', 'this is no character'],
  ['InvalidEscapeCharacter', 'this escape does not exist'],
  ['InvalidCharacter', 'this character must be escaped'],
])
