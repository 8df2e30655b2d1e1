import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from './support/opstat.ts'

/** What must not stand in src, and where it may all the same. */
const bans = [
  { what: 'process.exit cuts output that is still on its way', pattern: /\bprocess\s*\.\s*exit\s*\(/, except: /^$/ },
  {
    what: 'only system/clock.ts reads a clock',
    pattern:
      /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(\(\s*\)|[^(\s\w]|$)|\bperformance\s*\.\s*now\b|\bhrtime\b|\buptime\b|\bDate\s*\(\s*\)/,
    except: /^system\/clock\.ts$/,
  },
  {
    what: 'a module is named where it is used: no default exports',
    pattern: /\bexport\s+default\b|\bas\s+default\b/,
    except: /^$/,
  },
  {
    what: 'the domain knows no chance, process, timer or waiting',
    pattern:
      /\bMath\s*\.\s*random\b|\bprocess\b(?=\s*\.)|\bset(Timeout|Interval|Immediate)\b|\basync\b|\bawait\b|\bPromise\b|\bqueueMicrotask\b/,
    except: /^(?!domain\/)|^domain\/clock\.ts$/,
  },
  { what: 'words leave only through the streams handed in', pattern: /\bconsole\s*\./, except: /^$/ },
  {
    what: 'whoever asks does so by promptsOf, which makes questions safe for the terminal',
    pattern: /\.\s*prompter\b|\{[^}\n]*\bprompter\b[^}\n]*\}\s*=/,
    except: /^(?!commands\/)|^commands\/asking\/promptsOf\.ts$/,
  },
] as const

interface Place {
  readonly file: string
  readonly text: string
}

/** Comments and texts may say what code may not do. */
function codeOf(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[\s;{(,])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
}

function broken(ban: (typeof bans)[number], places: readonly Place[]): string[] {
  return places
    .filter(({ file }) => !ban.except.test(file))
    .flatMap(({ file, text }) =>
      codeOf(text)
        .split('\n')
        .flatMap((line, index) => (ban.pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    )
}

function sources(): Place[] {
  const root = join(projectFolder, 'src')
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
}

test.each(bans)('$what', (ban) => {
  expect(broken(ban, sources())).toEqual([])
})

test.each([
  ['process.exit(1)', 0],
  ['const now = Date.now()', 1],
  ['const now = new Date()', 1],
  ['const now = new Date', 1],
  ['performance.now()', 1],
  ['process.hrtime.bigint()', 1],
  ['export default 1', 2],
  ['export { x as default }', 2],
  ['const dice = Math.random()', 3],
  ['setTimeout(wake, 1)', 3],
  ['export async function f() {}', 3],
  ['if (process.env.X) f()', 3],
  ['console.log(1)', 4],
])('%s planted in the domain is found', (text, index) => {
  const ban = bans[index] as (typeof bans)[number]
  expect(broken(ban, [{ file: 'domain/planted.ts', text: `${text}\n` }])).toHaveLength(1)
})

test.each([
  '/** Not Date.now(): the clock is handed in. */',
  '// process.exit() cuts output',
  "const text = 'await Promise'",
  'new Date(at)',
])('%s is no breach', (text) => {
  for (const ban of bans) expect(broken(ban, [{ file: 'domain/planted.ts', text }])).toEqual([])
})

test('every file that a comment names is there', () => {
  const named =
    /(?:^|[\s`(])((?:bin|docs|src|test|tools|commands|domain|feed|formats|metrics|store|system|views)\/[\w./-]+\.(?:ts|js|md))/g
  const gone = sources().flatMap(({ file, text }) =>
    [...text.matchAll(named)]
      .map(([, name]) => name as string)
      .filter((name) => !existsSync(join(projectFolder, name)) && !existsSync(join(projectFolder, 'src', name)))
      .map((name) => `${file}: ${name}`),
  )
  expect(gone).toEqual([])
})

interface PlantedBug {
  readonly name: string
  readonly file: string
  readonly find: string
}

test('every bug that npm run mutants plants has its one place', () => {
  const folder = join(projectFolder, 'test/mutants')
  const bugs = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as PlantedBug[])
  const placesOf = ({ file, find }: PlantedBug) =>
    readFileSync(join(projectFolder, file), 'utf8').split(find).length - 1
  expect(bugs.filter((bug) => placesOf(bug) !== 1).map(({ name, file }) => `${name}: ${file}`)).toEqual([])
})
