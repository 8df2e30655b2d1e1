import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, projectFolder, shell } from './support/opstat.ts'

/** A recipe's blocks: files to be written (the name stands behind the language), and commands with what they print. */
type Block =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'console'; readonly steps: readonly { readonly command: string; readonly printed: string }[] }

const recipes = readFileSync(join(projectFolder, 'docs/recipes.md'), 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((section): [string, Block[]] => [section.slice(0, section.indexOf('\n')), blocksIn(section)])

function blocksIn(section: string): Block[] {
  return [...section.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language, name, text = '']): Block => {
      if (name !== undefined) return { kind: 'file', name, text }
      if (language !== 'console') throw new Error(`a block of ${language} has no name`)
      const steps = text.split(/^\$ /m).slice(1)
      return {
        kind: 'console',
        steps: steps.map((step) => ({
          command: step.slice(0, step.indexOf('\n')),
          printed: step.slice(step.indexOf('\n') + 1),
        })),
      }
    },
  )
}

const mark = '=#='

/** One bash runs the whole recipe; behind each command stands a mark, and `$?` is still the command's. */
function scriptOf(blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    if (block.kind === 'file') return `cat > '${block.name}' <<'${mark}'\n${block.text}${mark}\n`
    return block.steps.map(({ command }) => `${command}\ncode=$?; echo '${mark}'; (exit $code)\n`).join('')
  })
  return `exec 2>&1\n${parts.join('')}`
}

test.each(recipes)('%s: every command prints what the recipe says', async (_, blocks) => {
  const folder = await createFolder()
  const env = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'Maria'],
      [`GIT_${who}_EMAIL`, 'maria@example.com'],
    ]),
  )
  const { stdout } = await shell(scriptOf(blocks), { folder, env })
  const printed = stdout.replaceAll('\r', '').split(`${mark}\n`).slice(0, -1)
  const steps = blocks.flatMap((block) => (block.kind === 'console' ? block.steps : []))
  expect(steps.map(({ command }, index) => `$ ${command}\n${printed[index]}`)).toEqual(
    steps.map(({ command, printed: said }) => `$ ${command}\n${said.replace(/\n+$/, said === '' ? '' : '\n')}`),
  )
})
