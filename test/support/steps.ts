import { Session } from 'node:inspector/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Counts the steps of whatever is loaded after it began: V8 only counts in code that it compiles for that. */
export interface StepCounter {
  /**
   * How many steps the program takes while `run` does: every call of a function and every turn of a loop in src,
   * counted by V8 itself, and every element that a list was searched or moved for. No time is measured: the same run
   * takes the same steps.
   */
  stepsOf(run: () => Promise<unknown>): Promise<number>
  end(): Promise<void>
}

export async function beginCounting(): Promise<StepCounter> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const takeCounts = async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const own = result.filter(({ url }) => isOwn(url))
    return own.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
  }
  return {
    async stepsOf(run) {
      await takeCounts()
      const searching = countSearches()
      try {
        await run()
      } finally {
        searching.end()
      }
      return (await takeCounts()).reduce((sum, count) => sum + count, searching.steps())
    },
    async end() {
      await session.post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}

const source = join(import.meta.dirname, '../../src/')

function isOwn(url: string): boolean {
  return url.startsWith(source) || url.startsWith(pathToFileURL(source).href)
}

/** What takes as many steps as a list is long, in one call that V8 counts as none. */
const searches = ['includes', 'indexOf', 'lastIndexOf', 'splice', 'unshift'] as const

function countSearches() {
  let steps = 0
  const before = searches.map((name) => [name, Array.prototype[name]] as const)
  for (const [name, search] of before) {
    replace(name, function (this: unknown[], ...args: unknown[]) {
      steps += this.length
      return (search as (...given: unknown[]) => unknown).apply(this, args)
    })
  }
  return {
    steps: () => steps,
    end() {
      for (const [name, search] of before) replace(name, search)
    },
  }
}

function replace(name: (typeof searches)[number], value: unknown): void {
  Object.defineProperty(Array.prototype, name, { value, writable: true, configurable: true, enumerable: false })
}
