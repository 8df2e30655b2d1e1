import type { Failure } from '../../domain/failure.ts'
import { type RecordKind, recordKinds } from '../../domain/records/records.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Store } from '../../store/port.ts'
import { type Answer, type Asking, missing, operatorOrAsk, statusOrAsk } from '../asking/ask.ts'
import { promptsOf } from '../asking/promptsOf.ts'

/** What a command line may say of a record besides its event; not checked against the catalogue. */
export interface RecordAnswers {
  readonly operator?: string
  readonly session?: string
  readonly dialogue?: string
  readonly status?: string
  readonly inquiry?: string
}

/** A record with all that its event takes. */
export type SaidRecord =
  | { readonly event: 'tick' }
  | { readonly event: 'inquiry'; readonly inquiry: string }
  | { readonly event: 'open' | 'beat' | 'close'; readonly operator: string; readonly session: string }
  | { readonly event: 'status'; readonly operator: string; readonly status: string }
  | { readonly event: 'dialogue-open' | 'dialogue-close'; readonly operator: string; readonly dialogue: string }

/** The event that is given, else one chosen. */
export async function eventOrAsk(given: RecordKind | undefined, asking: Asking): Promise<Result<RecordKind, Failure>> {
  if (given !== undefined) return ok(given)
  const { asks } = asking.globals
  if (asks !== 'yes') return missing(asks, { what: 'the event', flag: `EVENT, one of ${recordKinds.join(', ')}` })
  const choices = recordKinds.map((kind) => ({ value: kind, label: kind }))
  return ok(await promptsOf(asking.system).choose({ message: 'What happened?', choices }))
}

/** What the event takes: as given, else asked for. */
export async function answersOrAsk(
  event: RecordKind,
  given: RecordAnswers,
  { asking, store }: { readonly asking: Asking; readonly store: Store },
): Promise<Result<SaidRecord, Failure>> {
  if (event === 'tick') return ok({ event })
  if (event === 'inquiry') {
    const inquiry = await textOrAsk(given.inquiry, asking, { what: 'the inquiry', flag: '--inquiry ID' })
    return inquiry.ok ? ok({ event, inquiry: inquiry.value }) : inquiry
  }
  const flag = 'the operator after the event'
  const operator = await operatorOrAsk(given.operator, asking, { store, message: 'Which operator?', flag })
  if (!operator.ok) return operator
  if (event === 'status') {
    const choice = { store, message: `Which status did ${operator.value} choose?`, flag: '--status STATUS' }
    const status = await statusOrAsk(given.status, asking, choice)
    return status.ok ? ok({ event, operator: operator.value, status: status.value }) : status
  }
  if (event === 'dialogue-open' || event === 'dialogue-close') {
    const dialogue = await textOrAsk(given.dialogue, asking, { what: 'the dialogue', flag: '--dialogue ID' })
    return dialogue.ok ? ok({ event, operator: operator.value, dialogue: dialogue.value }) : dialogue
  }
  const answer = { what: 'the session', flag: '--session SESSION' }
  const session = await textOrAsk(given.session ?? 'cli', asking, answer)
  return session.ok ? ok({ event, operator: operator.value, session: session.value }) : session
}

/** A text that is not empty: a feed's reader takes an empty one for a missing field. */
async function textOrAsk(given: string | undefined, asking: Asking, answer: Answer): Promise<Result<string, Failure>> {
  if (given !== undefined && given !== '') return ok(given)
  const { asks } = asking.globals
  if (asks !== 'yes') return missing(asks, answer)
  const message = `Which is ${answer.what}?`
  return ok(
    await promptsOf(asking.system).text({ message, check: (text) => (text === '' ? 'something is needed' : null) }),
  )
}
