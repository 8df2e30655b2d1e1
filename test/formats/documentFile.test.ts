import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import type { Unparsable } from '../../src/domain/failure.ts'
import { readDocumentBytes, readDocumentFile, readDocumentsFile } from '../../src/formats/documentFile.ts'
import { createFolder } from '../support/opstat.ts'

async function read(content: string | Buffer) {
  const folder = await createFolder({ f: '' })
  const { writeFileSync } = await import('node:fs')
  writeFileSync(join(folder, 'f'), content)
  return readDocumentsFile(join(folder, 'f'), 'f')
}

const values = async (content: string | Buffer) => {
  const parsed = await read(content)
  return parsed.ok ? parsed.value.map(({ value }) => value) : parsed.failure
}

test.each<[string, string | Buffer, unknown[]]>([
  ['JSON', '{"a":[1]}', [{ a: [1] }]],
  ['JSON behind a byte order mark', '\ufeff{"a":1}', [{ a: 1 }]],
  ['UTF-16, as PowerShell writes it', Buffer.from('\ufeff{"a":"休憩"}', 'utf16le'), [{ a: '休憩' }]],
  ['YAML', 'a: no\nb: 09:00\n', [{ a: 'no', b: '09:00' }]],
  ['flow style YAML', '{a: 1, b: [x]}', [{ a: 1, b: ['x'] }]],
  ['YAML with anchors', 'x: &x {a: 1}\ny: {<<: *x, b: 2}\n', [{ x: { a: 1 }, y: { a: 1, b: 2 } }]],
  ['several YAML documents', '---\na: 1\n---\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
  ['nothing', '', [null]],
  ['a comment alone', '# nothing yet\n', [null]],
])('%s is read', async (_, content, expected) => {
  expect(await values(content)).toEqual(expected)
})

test.each<[string, string | Buffer, Unparsable]>([
  ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', { flaw: 'json', line: 3, column: 3, expected: 'CommaExpected' }],
  ['a comma too many', '{"a": [1,]}', { flaw: 'json', line: 1, column: 10, expected: 'ValueExpected' }],
  ['a comment', '{\n// a\n"a": 1}', { flaw: 'json', line: 2, column: 1, expected: 'InvalidCommentToken' }],
  ['an end too early', '{"a": [', { flaw: 'json', line: 1, column: 8, expected: 'CloseBracketExpected' }],
  ['a feed', '{"a":1}\n{"b":2}\n', { flaw: 'json-lines' }],
  [
    'bad indentation',
    'a:\n  b: 1\n c: 2\n',
    {
      flaw: 'yaml',
      reason: 'All mapping items must start at the same column at line 3, column 1',
      swallowed: null,
    },
  ],
  [
    'a colour in braces',
    'statuses:\n  - {name: A, color: #ff0000}\nsettings: {}\n',
    {
      flaw: 'yaml',
      reason: 'Flow map in block collection must be sufficiently indented and end with a } at line 3, column 1',
      swallowed: { color: '#ff0000', line: 2 },
    },
  ],
  ['Latin-1', Buffer.from('a: 1\nname: caf\xe9\n', 'latin1'), { flaw: 'not-utf-8', line: 2 }],
])('%s is refused with its place', async (_, content, flaw) => {
  expect(await read(content)).toEqual({ ok: false, failure: { code: 'unparsable', source: 'f', ...flaw } })
})

test('a billion laughs are refused', async () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let level = 1; level < 9; level++)
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    )
  expect(await values(lines.join('\n'))).toMatchObject({ code: 'unparsable' })
})

test('a missing file says so', async () => {
  expect(await readDocumentFile('/nowhere/f')).toMatchObject({ failure: { code: 'file', errno: 'ENOENT' } })
})

test('where one document is wanted, several are refused', async () => {
  const bytes = Readable.from([Buffer.from('a: 1\n---\nb: 2\n')])
  expect(await readDocumentBytes(bytes, 's')).toMatchObject({ failure: { code: 'unparsable' } })
})
