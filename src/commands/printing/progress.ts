import { Interrupted, type System } from '../../system/system.ts'
import type { Course } from '../../views/painting/progressLine.ts'
import type { Globals } from '../declaring/command.ts'

/** Hears how far a long work is, shows it, and breaks it off. */
export interface Progress {
  /** So much there is to do in all, in whatever it is counted. Not told where nobody knows. */
  expect(whole: number): void
  /**
   * So much is done by now. Answers a promise where the work has to pause for a moment, so that signals are heard;
   * it rejects with `Interrupted` once the program was told to stop.
   */
  at(done: number): Promise<void> | undefined
}

export interface LongWork extends Pick<Course, 'doing' | 'to'> {
  /** So many records were read so far. */
  readonly records: () => number
  /** `streamed`: they are written as they come about, which on a terminal is progress enough. */
  readonly results?: 'streamed' | 'at the end'
}

interface Around {
  readonly globals: Globals
  readonly system: System
}

/** Work that is shorter shows nothing. */
const quietMs = 1000
/** So often the work pauses, and what is shown is drawn anew. */
const everyMs = 100
/** Where nothing may be drawn anew, a line of its own is written so often. */
const lineEveryMs = 10_000

/**
 * Runs a work that may take long. After a second it is shown on stderr where that is a terminal, unless `--quiet` was
 * given: in one line that is gone in the end, or, where nothing is redrawn (`OPSTAT_PLAIN`, `TERM=dumb`), as a line
 * every ten seconds.
 */
export async function withProgress<Value>(
  work: LongWork,
  around: Around,
  run: (progress: Progress) => Promise<Value>,
): Promise<Value> {
  const { system } = around
  const startedAt = system.clock.steady()
  let whole: number | null = null
  let lookedAt = startedAt
  const display = createDisplay(work, around)
  const pause = async (elapsedMs: number, done: number) => {
    const share = whole === null ? null : Math.min(1, done / Math.max(1, whole))
    if (elapsedMs >= quietMs) await display.show({ ...work, share, records: work.records(), elapsedMs })
    await system.clock.sleep(0, system.stop)
    if (system.stop.aborted) throw new Interrupted()
  }
  try {
    return await run({
      expect(amount) {
        whole = amount
      },
      at(done) {
        const now = system.clock.steady()
        if (now - lookedAt < everyMs) return undefined
        lookedAt = now
        return pause(now - startedAt, done)
      },
    })
  } finally {
    await display.clear()
  }
}

interface Display {
  show(course: Course): Promise<void>
  clear(): Promise<void>
}

function createDisplay({ results }: LongWork, { globals, system }: Around): Display {
  const { stderr, stdout, env, isPlain } = system
  let drawn = false
  let lineAt = 0
  let known: 'nothing' | 'redrawn' | 'lines' | null = null
  const manner = () => {
    const hides = globals.quiet || !stderr.isTerminal || (results === 'streamed' && stdout.isTerminal)
    return hides ? 'nothing' : isPlain || env.TERM === 'dumb' ? 'lines' : 'redrawn'
  }
  return {
    async show(course) {
      known ??= manner()
      if (known === 'nothing') return
      // Loaded where a work is long: most are not.
      const { progressLine } = await import('../../views/painting/progressLine.ts')
      const text = progressLine(course, stderr.columns)
      if (known === 'redrawn') {
        drawn = true
        await stderr.write(`\r${text}\x1b[K`)
      } else if (course.elapsedMs - lineAt >= lineEveryMs) {
        lineAt = course.elapsedMs
        await stderr.write(`${text}\n`)
      }
    },
    async clear() {
      if (drawn) await stderr.write('\r\x1b[K')
    },
  }
}
