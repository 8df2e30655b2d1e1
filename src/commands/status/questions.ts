import type { Catalogue, Status } from '../../domain/catalogue/catalogue.ts'
import { nextColor } from '../../domain/catalogue/color/color.ts'
import { editStatus, type StatusChanges, type StatusInput } from '../../domain/edits/statusEdits.ts'
import { statusWords } from '../../views/catalogue/statusTable.ts'
import { wordFailure } from '../../views/failures/failure.ts'
import { printable } from '../../views/painting/printable.ts'
import type { Asking } from '../asking/ask.ts'
import { askColor, askName } from '../asking/prompts.ts'
import { promptsOf } from '../asking/promptsOf.ts'

/** What the command line says about a new status; undefined is what it leaves open. */
export interface GivenStatus {
  readonly name: string | undefined
  readonly color: string | undefined
  readonly canReceive: boolean | undefined
  readonly countAfterClose: boolean | undefined
}

/** Asks for what is open. Whether time counts after the close is only a question where it can be. */
export async function askNewStatus(
  given: GivenStatus,
  asking: Asking,
  { statuses }: Catalogue,
): Promise<Omit<StatusInput, 'id' | 'position'>> {
  const prompter = promptsOf(asking.system)
  const name = given.name ?? (await askName(asking, statuses))
  const color = given.color ?? (await askColor(asking, statuses, nextColor(statuses.map((status) => status.color))))
  const canReceive =
    given.canReceive ??
    (given.countAfterClose === true ? false : await prompter.confirm({ message: receiveQuestion, initial: false }))
  const countAfterClose =
    given.countAfterClose ?? (canReceive ? false : await prompter.confirm({ message: countQuestion, initial: false }))
  return { name, color, canReceive, countAfterClose }
}

/** Asks for everything about a status, the present values being offered. */
export async function askStatusChanges(status: Status, asking: Asking, catalogue: Catalogue): Promise<StatusChanges> {
  const prompter = promptsOf(asking.system)
  const others = catalogue.statuses.filter((other) => other.id !== status.id)
  const name = await askName(asking, others, status.name)
  const color = await askColor(asking, others, status.color)
  const canReceive =
    (await mayReceive(status, asking, catalogue)) &&
    (await prompter.confirm({ message: receiveQuestion, initial: status.canReceive }))
  if (!canReceive) {
    const countAfterClose = await prompter.confirm({ message: countQuestion, initial: status.countAfterClose })
    return { name, color, canReceive, countAfterClose }
  }
  if (!status.countAfterClose) return { name, color, canReceive }
  // Never cleared silently: without a yes the flag stays, and both together are refused.
  const cleared = await prompter.confirm({
    message: `${statusWords(status)} counts after the close, which a receiving status can't. Stop counting so?`,
    initial: false,
  })
  return { name, color, canReceive, countAfterClose: !cleared }
}

/** May it become receiving? Where settings forbid it, that is said in place of the question. */
async function mayReceive({ id }: Status, { system }: Asking, catalogue: Catalogue): Promise<boolean> {
  const tried = editStatus(catalogue, id, { canReceive: true, countAfterClose: false })
  if (!tried.ok) await system.stderr.write(`${printable(wordFailure(tried.failure).message)}\n`)
  return tried.ok
}

const receiveQuestion = 'Can operators in it receive new dialogues?'
const countQuestion = 'Does its time count only from the close of the last dialogue?'
