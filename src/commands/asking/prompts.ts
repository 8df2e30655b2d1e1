import type { Operator, Status } from '../../domain/catalogue/catalogue.ts'
import { parseColor } from '../../domain/catalogue/color/color.ts'
import { namedOperator } from '../../domain/catalogue/named.ts'
import { parseName } from '../../domain/catalogue/rules/text.ts'
import { takenName } from '../../domain/edits/statusEdits.ts'
import { colorOffers, colorRemark, operatorOffers, otherColor, statusOffers } from '../../views/catalogue/choices.ts'
import { wordFailure } from '../../views/failures/failure.ts'
import { wordProblemKind } from '../../views/failures/problem.ts'
import type { Paint } from '../../views/painting/paint.ts'
import { paintFor } from '../printing/paintFor.ts'
import type { Asking } from './ask.ts'
import { promptsOf } from './promptsOf.ts'

/** A status's name that keeps the rules and is none of the others'. */
export function askName(asking: Asking, others: readonly Status[], initial?: string): Promise<string> {
  return promptsOf(asking.system).text({
    message: 'Name',
    ...(initial === undefined ? {} : { initial }),
    check(answer) {
      const name = parseName(answer)
      if (!name.ok) return wordProblemKind({ kind: 'bad-name', flaw: name.failure, value: answer })
      const taken = takenName(others, name.value)
      return taken === null ? null : wordFailure(taken).message
    },
  })
}

/** A colour of the palette, the present one, or any other that is typed. */
export async function askColor(asking: Asking, statuses: readonly Status[], present: string | null): Promise<string> {
  const prompter = promptsOf(asking.system)
  const paint = await promptPaint(asking)
  const chosen = await prompter.choose({
    message: 'Colour',
    choices: colorOffers(statuses, present, paint),
    ...(present === null ? {} : { initial: present }),
  })
  if (chosen !== otherColor) return chosen
  return prompter.text({
    message: 'Colour (#rgb, #rrggbb or a CSS colour name)',
    check: (answer) => (parseColor(answer).ok ? null : wordProblemKind({ kind: 'bad-color', value: answer })),
    remark: (answer) => colorRemark(answer, paint),
  })
}

export async function askStatus(asking: Asking, message: string, statuses: readonly Status[]): Promise<string> {
  return promptsOf(asking.system).choose({ message, choices: statusOffers(statuses, await promptPaint(asking)) })
}

/** More are typed rather than scrolled through. */
const mostOffered = 200

export function askOperator({ system }: Asking, message: string, operators: readonly Operator[]): Promise<string> {
  if (operators.length <= mostOffered) return promptsOf(system).choose({ message, choices: operatorOffers(operators) })
  return promptsOf(system).text({
    message,
    check(answer) {
      const operator = namedOperator(operators, answer)
      if (operator.ok) return null
      const { message: words, hint } = wordFailure(operator.failure)
      return hint === null ? words : `${words}; ${hint}`
    },
  })
}

/** Questions are drawn on stderr. */
export function promptPaint({ globals, system }: Asking): Promise<Paint> {
  return paintFor(system.stderr, globals.color, system)
}
