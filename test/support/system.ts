import { dirname, join, resolve } from 'node:path'
import { Chalk } from 'chalk'
import type { Clock } from '../../src/domain/clock.ts'
import { colorLevel, isPlain } from '../../src/system/color.ts'
import { type Account, type Output, PromptClosed, type Prompter, type System } from '../../src/system/system.ts'

/** What a test says about the outside world; everything else is quiet, colourless and at noon. */
export interface World {
  readonly cwd: string
  /** What standard input holds. */
  readonly stdin?: string
  /** Which streams are terminals; none by default. */
  readonly terminals?: readonly ('stdin' | 'stdout' | 'stderr')[]
  readonly columns?: number
  /** The terminal's height; unlimited where absent. */
  readonly rows?: number
  readonly env?: Readonly<Record<string, string>>
  readonly account?: Account
  readonly nodeVersion?: string
  readonly runProgram?: NonNullable<System['runProgram']>
  readonly clock?: Clock
  /** Answers to the questions in their order; a confirmation takes true or false. */
  readonly answers?: readonly (string | boolean)[]
  /** Who answers instead. */
  readonly prompter?: Prompter
  /** What happens elsewhere while a question stands on the terminal. */
  readonly meanwhile?: () => void
  /** The signal that stops the program. */
  readonly stop?: AbortSignal
}

export interface FakeSystem extends System {
  readonly written: { stdout: string; stderr: string }
  /** The messages of the questions that were asked, in order. */
  readonly questions: string[]
}

/** Of whoever runs the tests, so that the files belong to them; root, who may do everything, plays somebody else. */
export const ownUid = process.getuid?.() || 1000

export const everyTerminal = ['stdin', 'stdout', 'stderr'] as const
export const noon = Date.UTC(2026, 10, 22, 12)

export function createFakeSystem(world: World): FakeSystem {
  const written = { stdout: '', stderr: '' }
  const questions: string[] = []
  const env = world.env ?? {}
  const isTerminal = (stream: 'stdin' | 'stdout' | 'stderr') => world.terminals?.includes(stream) ?? false
  const output = (stream: 'stdout' | 'stderr'): Output => ({
    isTerminal: isTerminal(stream),
    columns: world.columns ?? 80,
    rows: world.rows,
    async write(text) {
      written[stream] += text
    },
  })
  const stop = world.stop ?? new AbortController().signal
  return {
    clock: world.clock ?? createTestClock(noon),
    stdin: {
      isTerminal: isTerminal('stdin'),
      async *bytes() {
        if (world.stdin !== undefined) yield Buffer.from(world.stdin)
      },
    },
    stdout: output('stdout'),
    stderr: output('stderr'),
    prompter: world.prompter ?? scriptedPrompter(world.answers ?? [], questions, world.meanwhile),
    isPlain: isPlain(env),
    account: world.account ?? { name: 'tester', uid: ownUid },
    nodeVersion: world.nodeVersion ?? '20.19.0',
    env,
    cwd: world.cwd,
    absolute: (file) => resolve(world.cwd, file),
    beside: (file, sibling) => join(dirname(resolve(world.cwd, file)), sibling),
    chalk: async ({ isTerminal }, choice) => new Chalk({ level: colorLevel({ choice, env, isTerminal }) }),
    ...(world.runProgram === undefined ? {} : { runProgram: world.runProgram }),
    stop,
    stopped: new Promise((resolve) => {
      if (stop.aborted) resolve(stop.reason)
      else stop.addEventListener('abort', () => resolve(stop.reason), { once: true })
    }),
    written,
    questions,
  }
}

export interface TestClock extends Clock {
  advance(ms: number): void
  /** Sets the wall clock forward, or back where negative. */
  step(ms: number): void
}

/** A clock that stands still until it is advanced; whoever sleeps wakes at once, that much later. */
export function createTestClock(startAt: number): TestClock {
  let elapsed = 0
  let stepped = 0
  return {
    now: () => startAt + elapsed + stepped,
    steady: () => elapsed,
    async sleep(ms, signal) {
      if (!signal.aborted) elapsed += ms
      await new Promise((resolve) => setImmediate(resolve))
    },
    advance(ms) {
      elapsed += ms
    },
    step(ms) {
      stepped += ms
    },
  }
}

/** Gives the answers in order. A text that the question's own check refuses is passed over, as a person would retry. */
function scriptedPrompter(
  answers: readonly (string | boolean)[],
  questions: string[],
  meanwhile: () => void = () => undefined,
): Prompter {
  const left = [...answers]
  const next = (): string | boolean => {
    meanwhile()
    const answer = left.shift()
    if (answer === undefined) throw new PromptClosed('ended')
    return answer
  }
  return {
    async text({ message, check }) {
      questions.push(message)
      for (;;) {
        const answer = String(next())
        const objection = check(answer)
        if (objection === null) return answer
        questions.push(objection)
      }
    },
    async choose({ message, choices }) {
      questions.push(message)
      const answer = next()
      const chosen = choices.find(({ value }) => value === answer)
      if (chosen === undefined) throw new Error(`"${message}" offers no ${String(answer)}`)
      return chosen.value
    },
    async confirm({ message }) {
      questions.push(message)
      return next() === true
    },
  }
}
