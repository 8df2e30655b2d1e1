import { expect, test } from 'vitest'
import { promptsOf } from '../../../src/commands/asking/promptsOf.ts'
import type { Prompter } from '../../../src/system/system.ts'

const hostile = 'ana\u001b]0;mine\u0007\u202e?'
const shown = 'ana\\u{1b}]0;mine\\u{7}\\u{202e}?'

test('what a question or an objection says is shown, not sent to the terminal as it is', async () => {
  const asked: (string | null)[] = []
  const prompter: Prompter = {
    text: async ({ message, check }) => {
      asked.push(message, check('anything'))
      return ''
    },
    choose: async ({ message, choices }) => {
      asked.push(message)
      return choices[0]?.value as never
    },
    confirm: async ({ message }) => asked.push(message) > 0,
  }
  const prompts = promptsOf({ prompter })
  await prompts.text({ message: hostile, check: () => hostile })
  await prompts.choose({ message: hostile, choices: [{ value: 'a', label: 'A' }] })
  await prompts.confirm({ message: hostile, initial: false })
  expect(asked).toEqual([shown, shown, shown, shown])
})
