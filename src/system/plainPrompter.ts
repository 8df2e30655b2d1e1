import { type Choice, PromptClosed, type Prompter } from './system.ts'

/**
 * Asks in lines that are written once and never redrawn, for screen readers and braille displays: choices are numbered,
 * answers are whole lines, and the terminal's own line editing and echo stay on.
 */
export const plainPrompter: Prompter = {
  text: ({ message, initial, check, remark }) =>
    ask({ lines: [], line: lineOf(message, initial) }, (given) => {
      const answer = given === '' ? (initial ?? '') : given
      const objection = check(answer)
      if (objection !== null) return { objection }
      return { answer, remark: remark?.(answer) ?? null }
    }),
  choose: <Value extends string>(question: {
    message: string
    choices: readonly Choice<Value>[]
    initial?: Value
  }): Promise<Value> => {
    const { message, choices, initial } = question
    const place = choices.findIndex(({ value }) => value === initial)
    const line = lineOf(`A number from 1 to ${choices.length}`, place === -1 ? undefined : String(place + 1))
    const lines = [message, ...choices.map(numbered)]
    return ask({ lines, line }, (given) => {
      const number = given === '' ? place + 1 : /^\d+$/.test(given) ? Number(given) : 0
      const chosen = choices[number - 1] ?? choices.find(({ value }) => value === given)
      return chosen === undefined
        ? { objection: `${JSON.stringify(given)} is no number from 1 to ${choices.length}` }
        : { answer: chosen.value, remark: null }
    })
  },
  confirm: ({ message, initial }) =>
    ask({ lines: [], line: lineOf(`${message} yes or no`, initial ? 'yes' : 'no') }, (given) => {
      const word = given.toLowerCase()
      if (word === '') return { answer: initial, remark: null }
      if (word === 'y' || word === 'yes') return { answer: true, remark: null }
      if (word === 'n' || word === 'no') return { answer: false, remark: null }
      return { objection: `${JSON.stringify(given)} is neither yes nor no` }
    }),
}

type Judged<Answer> = { readonly answer: Answer; readonly remark: string | null } | { readonly objection: string }

function lineOf(message: string, initial: string | undefined): string {
  return initial === undefined ? `${message}: ` : `${message} (Enter for ${initial}): `
}

function numbered({ label, note }: Choice<string>, index: number): string {
  return `${index + 1}. ${label}${note === undefined ? '' : `, ${note}`}`
}

/** Writes the lines once and the last one until an answer passes. An end of the input closes the question. */
async function ask<Answer>(
  question: { readonly lines: readonly string[]; readonly line: string },
  judge: (given: string) => Judged<Answer>,
): Promise<Answer> {
  const { createInterface } = await import('node:readline')
  const { stdin, stderr } = process
  const reader = createInterface({ input: stdin, terminal: false })
  try {
    stderr.write([...question.lines, question.line].join('\n'))
    for await (const given of reader) {
      const judged = judge(given.trim())
      if ('answer' in judged) {
        if (judged.remark !== null) stderr.write(`${judged.remark}\n`)
        return judged.answer
      }
      stderr.write(`${judged.objection}\n${question.line}`)
    }
    throw new PromptClosed('ended')
  } finally {
    reader.close()
  }
}
