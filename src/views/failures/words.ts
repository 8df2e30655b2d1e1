/** A refusal in words. Each names the value that was wrong and the command or flag that mends it. */
export interface FailureWords {
  readonly message: string
  readonly details: readonly string[]
  readonly hint: string | null
}

/** "did you mean ana or ben? ", with the blank that parts it from what follows; empty where nothing is similar. */
export function meant(similar: readonly string[]): string {
  return similar.length === 0 ? '' : `did you mean ${similar.join(' or ')}? `
}

/** Words without details. */
export function words(message: string, hint: string | null): FailureWords {
  return { message, details: [], hint }
}
