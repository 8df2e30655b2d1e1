import { type Choice, PromptClosed, type Prompter } from '../system.ts'

/**
 * Asks in lines that are written once and never redrawn, for screen readers and braille displays: choices are numbered,
 * answers are whole lines, and the terminal's own line editing and echo stay on.
 */
export function createPlainPrompter(): Prompter {
  const typedAhead: string[] = []
  const ask = <Answer>(question: Question, judge: (given: string) => Judged<Answer>) =>
    askLines(question, { judge, typedAhead })
  return {
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
}

interface Question {
  readonly lines: readonly string[]
  /** Written again after an objection. */
  readonly line: string
}

type Judged<Answer> = { readonly answer: Answer; readonly remark: string | null } | { readonly objection: string }

function lineOf(message: string, initial: string | undefined): string {
  return initial === undefined ? `${message}: ` : `${message} (Enter for ${initial}): `
}

function numbered({ label, note }: Choice<string>, index: number): string {
  return `${index + 1}. ${label}${note === undefined ? '' : `, ${note}`}`
}

/**
 * Writes the lines once and the last one until an answer passes. An end of the input closes the question. Lines that
 * were typed or pasted ahead wait in `typedAhead` for the questions that follow.
 */
async function askLines<Answer>(
  question: Question,
  { judge, typedAhead }: { readonly judge: (given: string) => Judged<Answer>; readonly typedAhead: string[] },
): Promise<Answer> {
  const { stderr } = process
  stderr.write([...question.lines, question.line].join('\n'))
  for (;;) {
    if (typedAhead.length === 0) await readLines(typedAhead)
    const given = typedAhead.shift()
    if (given === undefined) throw new PromptClosed('ended')
    const judged = judge(given.trim())
    if ('objection' in judged) {
      stderr.write(`${judged.objection}\n${question.line}`)
      continue
    }
    if (judged.remark !== null) stderr.write(`${judged.remark}\n`)
    return judged.answer
  }
}

/** Waits for a line, and takes those that came with it; none at the end of the input. */
async function readLines(into: string[]): Promise<void> {
  const { createInterface } = await import('node:readline')
  const reader = createInterface({ input: process.stdin, terminal: false })
  // The terminal shows ^C behind the question; what comes next begins a line of its own.
  const endLine = () => process.stderr.write('\n')
  process.once('SIGINT', endLine)
  await new Promise<void>((resolve) => {
    reader.on('close', resolve)
    reader.on('line', (line) => {
      into.push(line)
      resolve()
    })
  })
  reader.close()
  process.off('SIGINT', endLine)
}
