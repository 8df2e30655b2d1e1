import { writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/*
 * Loaded into a program before it starts (`node -r`): at SIGUSR2 it collects what nobody needs any more and writes what
 * is left, in bytes, into the file that $OPSTAT_MEMORY names.
 */
process.on('SIGUSR2', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const { heapUsed, external, rss } = process.memoryUsage()
  writeFileSync(process.env.OPSTAT_MEMORY as string, JSON.stringify({ live: heapUsed + external, resident: rss }))
})
