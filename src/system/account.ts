import type { Account } from './system.ts'

/** Whoever the operating system says runs the program; never taken from a variable. */
export function readAccount(): Account {
  try {
    // Loaded here, for who asks: most commands that only read don't.
    const { userInfo } = process.getBuiltinModule('node:os')
    const { username, uid } = userInfo()
    return { name: username, uid }
  } catch {
    // A container may run under a number that no name belongs to.
    const uid = process.geteuid?.() ?? -1
    return { name: `uid:${uid}`, uid }
  }
}
