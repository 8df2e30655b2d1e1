import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tree } from '../../../src/cli.ts'
import { isGroup } from '../../../src/commands/declaring/tree.ts'
import { exitCodeOf, type Failure } from '../../../src/domain/failure.ts'
import { recordKinds } from '../../../src/domain/records/records.ts'
import { helpTopics } from '../../../src/views/help/topics.ts'
import { opstat, projectFolder } from '../../support/opstat.ts'

test.each([...helpTopics.keys()])('opstat help %s explains it, in lines that fit', async (topic) => {
  const { code, stdout, stderr } = await opstat(`help ${topic}`, { columns: 120 })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toBe(helpTopics.get(topic)?.text)
  expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([])
  expect(stdout).toMatch(/[^\n]\n$/)
})

test.each([
  '--help',
  ...Object.entries(tree).flatMap(([name, node]) =>
    isGroup(node) ? Object.entries(node.leaves).map(([leaf]) => `${name} ${leaf} --help`) : `${name} --help`,
  ),
  ...[...helpTopics.keys()].map((topic) => `help ${topic}`),
])('on 80 columns only what is to be typed or copied is longer: opstat %s', async (line) => {
  const { stdout } = await opstat(line)
  const long = stdout.split('\n').filter((text) => text.length > 80)
  expect(long.filter((text) => !/^ {2}(\$ opstat|\{")|^ {4}--/.test(text))).toEqual([])
})

test('the help names every topic, and an unknown one is usage', async () => {
  const { stdout } = await opstat('help')
  for (const topic of helpTopics.keys()) expect(stdout).toContain(topic)
  expect(await opstat('help fed')).toMatchObject({
    code: 2,
    stdout: '',
    stderr:
      'error: "fed" is no command and no topic\nhint: did you mean feed? the topics are exit-codes, feed, rule, manifest, environment\n',
  })
  for (const command of ['status', 'status create']) {
    expect((await opstat(`help ${command}`)).stdout).toContain(`Usage: opstat ${command}`)
  }
})

test('every exit code that a refusal can have is explained', () => {
  const text = helpTopics.get('exit-codes')?.text ?? ''
  const source = readFileSync(join(projectFolder, 'src/domain/failure.ts'), 'utf8')
  const codes = [...source.matchAll(/^ {2}'?([a-z-]+)'?: \d+,$/gm)].map(([, code]) => code as Failure['code'])
  expect(codes.length).toBeGreaterThan(20)
  for (const code of codes) expect(text).toMatch(new RegExp(`^  ${exitCodeOf({ code } as Failure)} `, 'm'))
})

test('every event of the feed is explained', () => {
  const text = helpTopics.get('feed')?.text ?? ''
  for (const event of recordKinds) expect(text).toContain(`  ${event} `.trimEnd())
})

test('every variable that the program reads is explained', () => {
  const text = helpTopics.get('environment')?.text ?? ''
  for (const name of ['OPSTAT_STORE', 'OPSTAT_HEARTBEATS', 'OPSTAT_PLAIN', 'NO_COLOR', 'FORCE_COLOR', 'TERM', 'CI']) {
    expect(text).toContain(`  ${name} `)
  }
})
