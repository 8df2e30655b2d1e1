import type { Deed, Failure } from '../failure.ts'
import { ok, type Result, refuse } from '../result.ts'
import type { Catalogue, Operator, Settings } from './catalogue.ts'

/** The operating system's account that acts, never one from a flag or a variable. */
export interface Actor {
  readonly name: string
  readonly uid: number
}

/**
 * May the account do it (contract §8)? Where access is open, everybody may. With roles, the account must belong to a
 * supervisor or administrator; whoever it is may set their own status; root may always. To be asked of the catalogue
 * as it is before the change.
 */
export function permit(
  catalogue: Pick<Catalogue, 'settings' | 'operators'>,
  actor: Actor,
  deed: Deed,
): Result<null, Failure> {
  if (!asksRoster(catalogue.settings, actor)) return ok(null)
  const own = catalogue.operators.filter((operator) => operator.account === actor.name)
  if (own.some(leads)) return ok(null)
  if (deed.kind === 'set-status' && own.some((operator) => operator.id === deed.operator)) return ok(null)
  return refuse({ code: 'not-permitted', account: actor.name, operator: own[0]?.id ?? null, deed })
}

/** Is it for the whole roster to say what the account may do? */
export function asksRoster({ access }: Pick<Settings, 'access'>, actor: Actor): boolean {
  return access !== 'open' && actor.uid !== 0
}

/** Is there anybody but root who may change the catalogue once access goes by roles? */
export function hasLeader(catalogue: Pick<Catalogue, 'operators'>): boolean {
  return catalogue.operators.some((operator) => operator.account !== null && leads(operator))
}

function leads({ role }: Operator): boolean {
  return role === 'supervisor' || role === 'administrator'
}
