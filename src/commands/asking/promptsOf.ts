import type { Prompter, System } from '../../system/system.ts'
import { printable } from '../../views/painting/printable.ts'

/**
 * How every command asks: what a question says is made safe for the terminal, like all other output (reliability X1).
 * Labels and remarks are painted, so the views have made their words safe before.
 */
export function promptsOf({ prompter }: Pick<System, 'prompter'>): Prompter {
  return {
    text: ({ message, check, ...question }) =>
      prompter.text({
        ...question,
        message: printable(message),
        check: (answer) => {
          const objection = check(answer)
          return objection === null ? null : printable(objection)
        },
      }),
    choose: ({ message, ...question }) => prompter.choose({ ...question, message: printable(message) }),
    confirm: ({ message, initial }) => prompter.confirm({ message: printable(message), initial }),
  }
}
