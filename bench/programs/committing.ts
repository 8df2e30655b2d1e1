import { ok, refuse } from '../../src/domain/result.ts'
import { createFileStore } from '../../src/store/fileStore.ts'
import { machineClock } from '../../src/system/clock.ts'

/*
 * `node committing.js FILE OPERATOR COMMITS`: a process that puts an operator to and fro so many times, each time a
 * commit with its lock and fsync.
 */
const [file, operator, commits] = process.argv.slice(2) as [string, string, string]
const store = createFileStore({ file, clock: machineClock, by: 'bench', lockWaitMs: 60_000 })

async function work(): Promise<void> {
  for (let count = 0; count < Number(commits); count++) {
    const done = await store.transact(({ catalogue, recorded }, at) => {
      const from = recorded.stays.get(operator)?.status ?? null
      const to = from === 'online' ? 'on-break' : 'online'
      if (!catalogue.statuses.some(({ id }) => id === to)) return refuse({ code: 'changed-underneath', file })
      const change = { at, operator, from, to, cause: 'admin', due: null, lastSeen: null, by: 'bench' } as const
      return ok({ facts: [{ type: 'status-entered', ...change }], value: null })
    })
    if (!done.ok) throw new Error(JSON.stringify(done.failure))
  }
  await store.close()
}

void work()
