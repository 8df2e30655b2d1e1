import { Argument, type Command } from 'commander'
import { type DocumentKind, documentKinds, schemaOf } from '../domain/catalogue/schema.ts'
import type { Failure } from '../domain/failure.ts'
import { ok, type Result } from '../domain/result.ts'
import type { Shown } from '../views/shown.ts'
import type { Call } from './declaring/command.ts'

export function declare(command: Command): void {
  command.addArgument(
    new Argument('[kind]', 'a manifest may leave out what it does not ask for')
      .choices(documentKinds)
      .default('catalogue'),
  )
}

export const examples = ['opstat schema > statuses.schema.json', 'opstat schema manifest']

/** The schema as one JSON text, whatever reads it. */
export async function run({ args }: Call): Promise<Result<Shown, Failure>> {
  const [kind] = args as [DocumentKind]
  const schema = schemaOf(kind)
  return ok({ value: schema, human: () => JSON.stringify(schema, null, 2), names: [String(schema.$id)] })
}
