import { type Choice, PromptClosed, type Prompter } from '../system.ts'

/** Asks with inquirer, drawn on stderr so that stdout stays data; loaded at the first question. */
export const inquirerPrompter: Prompter = {
  text: ({ message, initial, check, remark }) =>
    ask({
      type: 'input',
      name: 'answer',
      message,
      ...(initial === undefined ? {} : { default: initial }),
      validate: (answer: string) => check(answer) ?? true,
      ...(remark === undefined ? {} : { transformer: (answer: string) => withRemark(answer, remark(answer)) }),
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
      pageSize: roomFor(question.choices.length),
      ...(question.initial === undefined ? {} : { default: question.initial }),
    }),
  confirm: ({ message, initial }) => ask({ type: 'confirm', name: 'answer', message, default: initial }),
}

/** The question, its hint and the line before stay in sight too. */
const linesBesides = 5
const usualRows = 24
const leastChoices = 3

/** All choices at once where the terminal has room for them: what is out of sight is not looked for. */
function roomFor(choices: number): number {
  return Math.max(leastChoices, Math.min(choices, (process.stderr.rows || usualRows) - linesBesides))
}

function withRemark(answer: string, remark: string | null): string {
  return remark === null ? answer : `${answer}  ${remark}`
}

async function ask<Answer>(question: object): Promise<Answer> {
  const { createPromptModule } = await import('inquirer')
  const { signal, release } = watchForEnd()
  const prompt = createPromptModule({ input: process.stdin, output: process.stderr, signal })
  try {
    const { answer } = (await prompt([question] as never)) as { answer: Answer }
    return answer
  } catch (error) {
    if (signal.aborted) throw new PromptClosed('ended')
    if (error instanceof Error && error.name === 'ExitPromptError') throw new PromptClosed('interrupted')
    throw error
  } finally {
    release()
  }
}

/**
 * Aborts when the user ends the input with Ctrl-D: inquirer itself leaves its promise open then, and the process
 * would end as if all had gone well. Where the terminal hangs up the process ends as by the signal for that, since
 * Node aborts with a core dump when it can't give a lost terminal its mode back.
 */
function watchForEnd(): { readonly signal: AbortSignal; release(): void } {
  const { stdin } = process
  const controller = new AbortController()
  const end = () => controller.abort()
  const hangUp = () => {
    // Inquirer's listener would only note the signal and let readline stumble over the lost terminal.
    process.removeAllListeners('SIGHUP')
    process.kill(process.pid, 'SIGHUP')
  }
  const onKey = (_text: string, key: { ctrl?: boolean; name?: string } | undefined) => {
    if (key?.ctrl === true && key.name === 'd') end()
  }
  stdin.on('keypress', onKey)
  stdin.on('close', end)
  stdin.on('end', hangUp)
  return {
    signal: controller.signal,
    release() {
      stdin.off('keypress', onKey)
      stdin.off('close', end)
      stdin.off('end', hangUp)
    },
  }
}
