import { environment } from './environment.ts'
import { exitCodes } from './exitCodes.ts'
import { feed } from './feed.ts'
import { manifest } from './manifest.ts'
import { rule } from './rule.ts'

export interface HelpTopic {
  readonly summary: string
  /** Ends with a newline. */
  readonly text: string
}

/** What `opstat help TOPIC` explains beside the commands. */
export const helpTopics: ReadonlyMap<string, HelpTopic> = new Map([
  ['exit-codes', exitCodes],
  ['feed', feed],
  ['rule', rule],
  ['manifest', manifest],
  ['environment', environment],
])
