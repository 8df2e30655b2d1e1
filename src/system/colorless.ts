import type { ChalkInstance } from 'chalk'

/**
 * Chalk where nothing is coloured: every style, however put together, leaves its text as it is. Loading chalk itself
 * would take longer than a command that changes something.
 */
export const colorless = new Proxy((...texts: readonly unknown[]) => texts.join(' '), {
  get(_, name) {
    if (name === 'level') return 0
    // A promise that is given it asks for `then`.
    if (typeof name !== 'string' || name === 'then') return undefined
    return /^(bg)?(rgb|hex|ansi256)$/i.test(name) ? () => colorless : colorless
  },
}) as unknown as ChalkInstance
