import { type Choice, PromptClosed, type Prompter } from './system.ts'

/** Asks with inquirer, drawn on stderr so that stdout stays data; loaded at the first question. */
export const inquirerPrompter: Prompter = {
  text: ({ message, initial, check }) =>
    ask({
      type: 'input',
      name: 'answer',
      message,
      ...(initial === undefined ? {} : { default: initial }),
      validate: (answer: string) => check(answer) ?? true,
    }),
  choose: <Value extends string>(question: {
    message: string
    choices: readonly Choice<Value>[]
    initial?: Value
  }): Promise<Value> =>
    ask({
      type: 'select',
      name: 'answer',
      message: question.message,
      choices: question.choices.map(({ value, label, note }) => ({
        value,
        name: label,
        ...(note === undefined ? {} : { description: note }),
      })),
      ...(question.initial === undefined ? {} : { default: question.initial }),
    }),
  confirm: ({ message, initial }) => ask({ type: 'confirm', name: 'answer', message, default: initial }),
}

async function ask<Answer>(question: object): Promise<Answer> {
  const { createPromptModule } = await import('inquirer')
  const prompt = createPromptModule({ input: process.stdin, output: process.stderr })
  const closed = watchForEnd()
  try {
    const answers = await Promise.race([prompt([question] as never) as Promise<{ answer: Answer }>, closed.promise])
    return answers.answer
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new PromptClosed('interrupted')
    throw error
  } finally {
    closed.release()
  }
}

/**
 * Rejects when the terminal hangs up or the user ends the input with Ctrl-D. Inquirer itself leaves its promise
 * open then, and the process would end as if all had gone well.
 */
function watchForEnd(): { readonly promise: Promise<never>; release(): void } {
  const { stdin } = process
  let end: () => void = () => undefined
  const onKey = (_text: string, key: { ctrl?: boolean; name?: string } | undefined) => {
    if (key?.ctrl === true && key.name === 'd') end()
  }
  const promise = new Promise<never>((_resolve, reject) => {
    end = () => reject(new PromptClosed('ended'))
    stdin.on('end', end)
    stdin.on('close', end)
    stdin.on('keypress', onKey)
  })
  return {
    promise,
    release() {
      stdin.off('end', end)
      stdin.off('close', end)
      stdin.off('keypress', onKey)
    },
  }
}
