import type { Prompter } from '../system.ts'

/** Asks as `kind` says; how is loaded at the first question, for most commands ask none. */
export function openPrompter(kind: 'drawn' | 'plain'): Prompter {
  let opened: Promise<Prompter> | null = null
  const open = () => {
    opened ??= kind === 'plain' ? plainPrompter() : drawnPrompter()
    return opened
  }
  return {
    text: async (question) => (await open()).text(question),
    choose: async (question) => (await open()).choose(question),
    confirm: async (question) => (await open()).confirm(question),
  }
}

async function plainPrompter(): Promise<Prompter> {
  const { createPlainPrompter } = await import('./plainPrompter.ts')
  return createPlainPrompter()
}

async function drawnPrompter(): Promise<Prompter> {
  const { inquirerPrompter } = await import('./prompter.ts')
  return inquirerPrompter
}
