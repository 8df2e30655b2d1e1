import { contrastNote } from '../../views/catalogue/choices.ts'
import type { Call } from '../declaring/command.ts'

/**
 * What a person at a terminal is told about the colour they gave with a flag; one chosen in a prompt was remarked on
 * there. Null where there is nothing to say.
 */
export function colorRemarkFor({ options, globals }: Call, color: string): string | null {
  return options.color !== undefined && globals.asks === 'yes' ? contrastNote(color) : null
}
