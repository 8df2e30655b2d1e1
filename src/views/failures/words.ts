/** A refusal in words. Each names the value that was wrong and the command or flag that mends it. */
export interface FailureWords {
  readonly message: string
  readonly details: readonly string[]
  readonly hint: string | null
}

/** Words without details. */
export function words(message: string, hint: string | null): FailureWords {
  return { message, details: [], hint }
}
