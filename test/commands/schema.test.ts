import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { schemaOf } from '../../src/domain/catalogue/schema.ts'
import { opstat, projectFolder } from '../support/opstat.ts'

test('the schema that ships is the one that the rules make; tools/generate.js writes it', async () => {
  const { code, stdout } = await opstat('schema')
  expect(code).toBe(0)
  expect(readFileSync(join(projectFolder, 'statuses.schema.json'), 'utf8')).toBe(stdout)
})

test('a manifest has a schema of its own, and every machine format prints the schema', async () => {
  expect(JSON.parse((await opstat('schema manifest -o json')).stdout)).toEqual(schemaOf('manifest'))
  expect((await opstat('schema -o name')).stdout).toBe('urn:opstat:catalogue:1\n')
})

test('a schema of something else is a usage error', async () => {
  expect((await opstat('schema feed')).code).toBe(2)
})
