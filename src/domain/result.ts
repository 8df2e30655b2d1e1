/** What a domain function answers: a value, or a refusal that carries facts. Refusing never throws. */
export type Result<Value, Refusal> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Refusal }

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

export function refuse<Refusal>(failure: Refusal): { readonly ok: false; readonly failure: Refusal } {
  return { ok: false, failure }
}

/** Ends an exhaustive switch: the compiler objects when a member of the union has no case. */
export function unreachable(value: never): never {
  throw new Error(`no case for ${JSON.stringify(value)}`)
}
