import { createFileStore } from '../../store/fileStore.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'

/** The store that the command line names. Nothing is read before it is asked for something. */
export function openStore(globals: Globals, system: System): Store {
  return createFileStore({
    file: globals.storeFile,
    clock: system.clock,
    get by() {
      return system.account.name
    },
  })
}

/** Runs with the store open, and closes it whatever happens. */
export async function withStore<Value>(
  globals: Globals,
  system: System,
  run: (store: Store) => Promise<Value>,
): Promise<Value> {
  const store = openStore(globals, system)
  try {
    return await run(store)
  } finally {
    await store.close()
  }
}
