import type { Call } from '../declaring/command.ts'

export interface ColorOptions {
  readonly color?: string
}

/**
 * What a person at a terminal is told about the colour they gave with a flag; one chosen in a prompt was remarked on
 * there. Null where there is nothing to say.
 */
export async function colorRemarkFor({ options, globals }: Call<ColorOptions>, color: string): Promise<string | null> {
  if (options.color === undefined || globals.asks !== 'yes') return null
  const { contrastNote } = await import('../../views/catalogue/choices.ts')
  return contrastNote(color)
}
