import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Account } from '../../src/system/system.ts'
import { createFolder, type Files, opstat } from './opstat.ts'
import { everyTerminal } from './system.ts'

export interface Stage {
  readonly files?: Files
  readonly folder?: string
  readonly account?: Account
}

/**
 * Plays command lines in one folder, all at noon, and compares everything they say with the transcript itself:
 *
 *     $ opstat status create < Lunch, yes     on a terminal, with answers; without `<` there is no terminal
 *     ? Name                                  a question, or an objection to an answer
 *     | ID     NAME                           stdout
 *     ! created the status lunch              stderr
 *     [5]                                     the exit code, where it is not 0
 *
 * The folder is written as `…`. Where a command is refused, or says that nothing was changed, every
 * file must have the bytes it had. The answer is the folder.
 */
export async function transcript(text: string, { files, folder: given, account }: Stage = {}): Promise<string> {
  const folder = given ?? (await createFolder(files))
  const expected = text.split('\n').flatMap((line) => line.trim() || [])
  const actual: string[] = []
  for (const line of expected.filter((one) => one.startsWith('$ '))) {
    const [words = '', answers] = line.slice('$ opstat '.length).split(/ <(?: |$)/)
    const before = bytesIn(folder)
    const ended = await opstat(wordsOf(words), {
      folder,
      ...(account === undefined ? {} : { account }),
      ...(answers === undefined ? {} : { terminals: everyTerminal, answers: answersOf(answers) }),
      env: { NO_COLOR: '1' },
      columns: 200,
    })
    actual.push(line, ...ended.questions.map((question) => `? ${question}`))
    actual.push(...marked('|', ended.stdout), ...marked('!', ended.stderr))
    if (ended.code !== 0) actual.push(`[${ended.code}]`)
    if (ended.code !== 0 || /nothing to change|nothing was|nobody was/.test(ended.stderr)) {
      expect(bytesIn(folder), `the files after ${line}`).toEqual(before)
    }
  }
  expect(actual.map((line) => line.replaceAll(folder, '…'))).toEqual(expected)
  return folder
}

/** Every file's content but the lock's, which says who held it last. */
export function bytesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => !name.endsWith('.lock'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

/** Splits at blanks, but not within double quotes. */
function wordsOf(text: string): string[] {
  return (text.match(/"[^"]*"|[^ "]+/g) ?? []).map((word) => word.replaceAll('"', ''))
}

function answersOf(text: string): (string | boolean)[] {
  return text
    .split(', ')
    .filter((answer) => answer !== '')
    .map((answer) => (answer === 'yes' ? true : answer === 'no' ? false : answer))
}

function marked(mark: string, text: string): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [`${mark} ${line}`.trimEnd()]))
}
