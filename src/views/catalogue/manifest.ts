import { showMachine } from '../show.ts'
import type { Shown } from '../shown.ts'

/** A manifest as it is to be saved: people get the very text that programs do. */
export async function showManifest(document: object, format: 'json' | 'yaml'): Promise<Shown> {
  const text = (await showMachine({ value: document, human: () => '' }, format)).replace(/\n$/, '')
  return { value: document, human: () => text }
}
