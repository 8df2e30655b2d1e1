import { opstat, tree } from './cli.ts'
import { openRealSystem } from './system/real.ts'

// What tools/warm.js runs the commands with.
export { openRealSystem, opstat, tree }

/** How long what still runs may take to end after the program was told to stop. */
const graceMs = 1500

/** Runs the command line that the process was started with. */
export function start(): void {
  const system = openRealSystem()
  // Until the run has said how it ended, an end is a failure: a promise that never settles must not look like success.
  process.exitCode = 1
  opstat(process.argv.slice(2), system).then(
    (code) => {
      process.exitCode = code
      system.close()
      if (system.isStopped) endAfterGrace(code)
    },
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
    },
  )
}

/** The timer fires only if something else still keeps the process alive. */
function endAfterGrace(code: number): void {
  setTimeout(() => {
    process.kill(process.pid, code === 143 ? 'SIGTERM' : 'SIGINT')
  }, graceMs).unref()
}
