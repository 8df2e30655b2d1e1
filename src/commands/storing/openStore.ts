import { createFileStore } from '../../store/fileStore.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'

/**
 * The store that the command line names. Nothing is read before it is asked for something. `alone`: the process does
 * nothing beside what it asks the store for.
 */
export function openStore(globals: Globals, system: System, work: 'alone' | 'beside others' = 'beside others'): Store {
  return createFileStore({
    file: globals.storeFile,
    clock: system.clock,
    work,
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
  const store = openStore(globals, system, 'alone')
  try {
    return await run(store)
  } finally {
    await store.close()
  }
}
