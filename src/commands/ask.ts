import type { Catalogue, Operator, Status } from '../domain/catalogue.ts'
import { parseColor } from '../domain/color.ts'
import type { Failure } from '../domain/failure.ts'
import { namedOperator } from '../domain/operatorEdits.ts'
import { ok, type Result, refuse } from '../domain/result.ts'
import { takenName } from '../domain/statusEdits.ts'
import { parseName } from '../domain/text.ts'
import type { Store } from '../store/port.ts'
import type { System } from '../system/system.ts'
import { colorOffers, operatorOffers, otherColor, statusOffers } from '../views/choices.ts'
import { wordFailure } from '../views/failure.ts'
import type { Paint } from '../views/paint.ts'
import { wordProblemKind } from '../views/problem.ts'
import type { Globals } from './command.ts'

/** Who is asked, and whether anybody can be: `globals.asks`. */
export interface Asking {
  readonly globals: Globals
  readonly system: System
}

/** A missing answer where nobody can be asked. `flag` is how to give it. */
export function missing(what: string, flag: string): Result<never, Failure> {
  return refuse({ code: 'missing-answer', what, flag })
}

/** A status's name that keeps the rules and is none of the others'. */
export function askName(asking: Asking, others: readonly Status[], initial?: string): Promise<string> {
  return asking.system.prompter.text({
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
  const { prompter } = asking.system
  const chosen = await prompter.choose({
    message: 'Colour',
    choices: colorOffers(statuses, present, await promptPaint(asking)),
    ...(present === null ? {} : { initial: present }),
  })
  if (chosen !== otherColor) return chosen
  return prompter.text({
    message: 'Colour (#rgb, #rrggbb or a CSS colour name)',
    check: (answer) => (parseColor(answer).ok ? null : wordProblemKind({ kind: 'bad-color', value: answer })),
  })
}

/** The status that is given, else one chosen from those there are. */
export async function statusOrAsk(
  given: string | undefined,
  asking: Asking,
  { store, message }: { readonly store: Store; readonly message: string },
): Promise<Result<string, Failure>> {
  if (given !== undefined) return ok(given)
  if (!asking.globals.asks) return missing('the status', 'STATUS, an id or a name; see: opstat status list')
  const catalogue = await readCatalogue(store)
  if (!catalogue.ok) return catalogue
  if (catalogue.value.statuses.length === 0)
    return missing('the status', 'STATUS; there is none yet: opstat status create')
  return ok(await askStatus(asking, message, catalogue.value.statuses))
}

export async function askStatus(asking: Asking, message: string, statuses: readonly Status[]): Promise<string> {
  return asking.system.prompter.choose({ message, choices: statusOffers(statuses, await promptPaint(asking)) })
}

/** The operator that is given, else one chosen, or typed where there are too many to choose from. */
export async function operatorOrAsk(
  given: string | undefined,
  asking: Asking,
  { store, message }: { readonly store: Store; readonly message: string },
): Promise<Result<string, Failure>> {
  if (given !== undefined) return ok(given)
  if (!asking.globals.asks) return missing('the operator', 'OPERATOR, an id; see: opstat operator list')
  const catalogue = await readCatalogue(store)
  if (!catalogue.ok) return catalogue
  const { operators } = catalogue.value
  if (operators.length === 0) return missing('the operator', 'OPERATOR; there is none yet: opstat operator add ID')
  return ok(await askOperator(asking, message, operators))
}

/** More are typed rather than scrolled through. */
const mostOffered = 200

function askOperator({ system }: Asking, message: string, operators: readonly Operator[]): Promise<string> {
  if (operators.length <= mostOffered) return system.prompter.choose({ message, choices: operatorOffers(operators) })
  return system.prompter.text({
    message,
    check(answer) {
      const operator = namedOperator(operators, answer)
      if (operator.ok) return null
      const { message: words, hint } = wordFailure(operator.failure)
      return hint === null ? words : `${words}; ${hint}`
    },
  })
}

/** The catalogue as it is while somebody is asked; what is decided is decided anew inside the lock. */
export async function readCatalogue(store: Store): Promise<Result<Catalogue, Failure>> {
  const snapshot = await store.read()
  return snapshot.ok ? ok(snapshot.value.catalogue) : snapshot
}

/** Questions are drawn on stderr. */
export async function promptPaint({ globals, system }: Asking): Promise<Paint> {
  const { stderr } = system
  return {
    chalk: await system.chalk(stderr, globals.color),
    columns: stderr.columns,
    terminal: stderr.isTerminal,
    now: system.clock.now(),
  }
}
