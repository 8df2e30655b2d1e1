import { type Catalogue, type Operator, type Role, roles } from '../../domain/catalogue/catalogue.ts'
import { parseName } from '../../domain/catalogue/rules/text.ts'
import { addOperator, type OperatorChanges } from '../../domain/edits/operatorEdits.ts'
import { wordFailure } from '../../views/failures/failure.ts'
import { wordProblemKind } from '../../views/failures/problem.ts'
import type { Asking } from '../asking/ask.ts'
import { promptsOf } from '../asking/promptsOf.ts'

/** Asks for an id that is free, and for a name where none was given. */
export async function askNewOperator(
  givenName: string | null,
  asking: Asking,
  catalogue: Catalogue,
): Promise<{ readonly id: string; readonly name: string }> {
  const id = await promptsOf(asking.system).text({
    message: 'Id, as the feed calls them',
    check: (answer) => objectionToId(answer, catalogue),
  })
  return { id, name: givenName ?? (await askOperatorName(asking, id)) }
}

/** Asks for what most often changes, the present values being offered. */
export async function askOperatorChanges(operator: Operator, asking: Asking): Promise<OperatorChanges> {
  const name = await askOperatorName(asking, operator.name)
  const role = await promptsOf(asking.system).choose<Role>({
    message: 'Role',
    choices: roles.map((choice) => ({ value: choice, label: choice })),
    initial: operator.role,
  })
  return { name, role }
}

function askOperatorName(asking: Asking, initial: string): Promise<string> {
  return promptsOf(asking.system).text({
    message: 'Name',
    initial,
    check(answer) {
      const name = parseName(answer)
      return name.ok ? null : wordProblemKind({ kind: 'bad-name', flaw: name.failure, value: answer })
    },
  })
}

/** The domain's own objection to a new operator of that id. */
function objectionToId(id: string, catalogue: Catalogue): string | null {
  const input = { id, name: 'name', role: null, account: null, status: null, calendar: null }
  const added = addOperator(catalogue, input)
  if (added.ok) return null
  const [problem] = added.failure.code === 'invalid' ? added.failure.problems : []
  return problem === undefined ? wordFailure(added.failure).message : wordProblemKind(problem)
}
