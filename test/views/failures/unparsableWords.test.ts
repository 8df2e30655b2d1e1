import { expect, test } from 'vitest'
import type { Unparsable } from '../../../src/domain/failure.ts'
import { showFailure } from '../../../src/views/failures/failure.ts'
import { createPaint } from '../../support/paint.ts'

test.each<[Unparsable, string]>([
  [{ flaw: 'not-utf-8', line: 2 }, 'line 2 is not UTF-8\nhint: save it as UTF-8'],
  [
    { flaw: 'json', line: 3, column: 7, expected: 'CommaExpected' },
    'line 3, column 7: a comma is expected\nhint: mend it and try again',
  ],
  [
    { flaw: 'json', line: 1, column: 8, expected: 'CloseBracketExpected' },
    'line 1, column 8: a closing bracket is expected\nhint: mend it and try again',
  ],
  [
    { flaw: 'json', line: 1, column: 1, expected: 'SomethingNew' },
    'line 1, column 1: it is no JSON\nhint: mend it and try again',
  ],
  [{ flaw: 'no-json' }, 'it is no JSON\nhint: mend it and try again'],
  [
    { flaw: 'json-lines' },
    'it holds one JSON object a line, as a feed does\nhint: replay a feed with --heartbeats FILE',
  ],
  [{ flaw: 'yaml', reason: 'a list in a text', swallowed: null }, 'a list in a text\nhint: mend it and try again'],
  [
    { flaw: 'yaml', reason: 'a list in a text', swallowed: { color: '#ff0000', line: 2 } },
    'a list in a text\nhint: in YAML an unquoted # begins a comment: write color: "#ff0000" on line 2',
  ],
  [{ flaw: 'several-documents' }, 'it holds several documents, one is wanted\nhint: mend it and try again'],
])('a text that is no document is refused in words: %j', (flaw, text) => {
  const shown = showFailure({ code: 'unparsable', source: 'team.yaml', ...flaw }, createPaint())
  expect(shown).toBe(`error: team.yaml can't be read: ${text}`)
})
