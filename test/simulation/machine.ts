import type { Clock } from '../../src/domain/clock.ts'
import type { Dice } from './dice.ts'

/** Thrown where a process dies; nothing may catch it. */
export class Killed extends Error {}

/** A process on the simulated machine. It runs until it waits for something, then another one may. */
export interface Process {
  readonly name: string
  /** How many more effects it survives; infinite for most. */
  effectsLeft: number
  isDead: boolean
  /** SIGSTOP: it doesn't run before. */
  stoppedUntil: number
  parked: { wakeAt: number; resume: () => void } | null
  /** Told when it waits, ends or dies. */
  yielded: () => void
  readonly signal: AbortController
  onEnd: () => void
}

interface Happening {
  readonly at: number
  readonly number: number
  readonly act: () => void
}

/** How often something went wrong. */
export interface Tally {
  kills: number
  powerCuts: number
  stops: number
  failedCalls: number
  rotations: number
  clockSteps: number
  handEdits: number
}

/** Virtual time, and processes of which one runs at a time: which one is the dice's choice. */
export class Machine {
  /** True milliseconds since the story began. */
  now = 0
  /** How far the wall clock is ahead of the truth. */
  wallShiftMs = 0
  /** What happened, in words: printed where a promise was broken. */
  readonly diary: string[] = []
  /** Counts everything that happens, to say what came before what. */
  order = 0
  processes: Process[] = []
  readonly tally: Tally = {
    kills: 0,
    powerCuts: 0,
    stops: 0,
    failedCalls: 0,
    rotations: 0,
    clockSteps: 0,
    handEdits: 0,
  }
  private bootedAt = 0
  private readonly dice: Dice
  private happenings: Happening[] = []
  private unwanted: (process: Process) => void = () => undefined

  constructor(dice: Dice) {
    this.dice = dice
  }

  /** `act` happens at a time, or as soon as it is over. */
  at(at: number, act: () => void): void {
    const happening = { at, number: this.order++, act }
    const index = this.happenings.findLastIndex((other) => other.at <= at)
    this.happenings.splice(index + 1, 0, happening)
  }

  note(words: string): void {
    this.diary.push(`${(this.now / 1000).toFixed(3)} (${new Date(this.wall()).toISOString().slice(11, 23)}) ${words}`)
  }

  wall(): number {
    return storyStart + this.now + this.wallShiftMs
  }

  clockFor(process: Process): Clock {
    return {
      now: () => this.wall(),
      steady: () => Math.floor((this.now - this.bootedAt) / 10) * 10,
      sleep: async (ms, signal) => {
        if (signal.aborted) return
        // A waiting lock draws its pauses from its process number, which no seed repeats.
        const pauseMs = ms < 50 ? this.dice.between(1, 40) : ms + this.dice.between(0, 5)
        const wake = () => {
          if (process.parked !== null) process.parked.wakeAt = this.now
        }
        signal.addEventListener('abort', wake)
        await this.park(process, this.now + pauseMs)
        signal.removeEventListener('abort', wake)
      },
    }
  }

  spawn(name: string, run: (process: Process) => Promise<unknown>): Process {
    const process: Process = {
      name,
      effectsLeft: Number.POSITIVE_INFINITY,
      isDead: false,
      stoppedUntil: 0,
      parked: null,
      yielded: () => undefined,
      signal: new AbortController(),
      onEnd: () => undefined,
    }
    this.processes.push(process)
    const start = async () => {
      await this.park(process, this.now)
      await run(process)
    }
    start().then(
      () => this.bury(process),
      (error: unknown) => {
        if (!process.isDead) this.failure ??= error
        this.bury(process)
      },
    )
    return process
  }

  /** A bug: a process ended with an error that no kill explains. */
  failure: unknown = null

  /** What becomes of descriptors and locks of the dead. */
  onBury(release: (process: Process) => void): void {
    this.unwanted = release
  }

  /** Waits, and lets others run meanwhile. Never comes back for who is dead. */
  park(process: Process, wakeAt: number): Promise<void> {
    if (process.isDead) return new Promise(() => undefined)
    return new Promise((resolve) => {
      process.parked = { wakeAt, resume: resolve }
      process.yielded()
    })
  }

  kill(process: Process): void {
    if (process.isDead) return
    process.isDead = true
    process.parked = null
    this.bury(process)
  }

  /** Before every effect of a process: it may die here. */
  beforeEffect(process: Process): void {
    this.order++
    if (process.isDead) throw new Killed(process.name)
    process.effectsLeft -= 1
    if (process.effectsLeft > 0) return
    this.tally.kills++
    this.kill(process)
    throw new Killed(process.name)
  }

  /** The power is gone and comes back after a while; the steady clock begins anew. */
  reboot(downMs: number): void {
    for (const process of [...this.processes]) this.kill(process)
    this.tally.powerCuts++
    this.note(`power cut for ${downMs} ms`)
    this.now += downMs
    this.bootedAt = this.now
  }

  async run(untilMs: number): Promise<void> {
    while (this.now < untilMs && this.failure === null) {
      this.happen()
      const ready = this.processes.filter(
        ({ parked, stoppedUntil }) => parked !== null && parked.wakeAt <= this.now && stoppedUntil <= this.now,
      )
      if (ready.length > 0) {
        await this.resume(this.dice.pick(ready))
        if (this.dice.chance(0.2)) this.now += 1
      } else this.now = Math.min(untilMs, this.nextAt())
    }
  }

  /** Everything whose time has come. */
  happen(): void {
    for (let next = this.happenings[0]; next !== undefined && next.at <= this.now; next = this.happenings[0]) {
      this.happenings.shift()
      this.order++
      next.act()
    }
  }

  private nextAt(): number {
    const wakes = this.processes.flatMap(({ parked, stoppedUntil }) =>
      parked === null ? [] : [Math.max(parked.wakeAt, stoppedUntil)],
    )
    return Math.max(this.now + 1, Math.min(this.happenings[0]?.at ?? Number.POSITIVE_INFINITY, ...wakes))
  }

  private resume(process: Process): Promise<void> {
    return new Promise((resolve) => {
      const { parked } = process
      process.parked = null
      process.yielded = resolve
      parked?.resume()
    })
  }

  private bury(process: Process): void {
    const isFirst = this.processes.includes(process)
    this.processes = this.processes.filter((other) => other !== process)
    if (isFirst && process.name !== 'command') this.note(`${process.name} ${process.isDead ? 'killed' : 'ended'}`)
    this.unwanted(process)
    process.yielded()
    if (isFirst) process.onEnd()
  }
}

export const storyStart = Date.UTC(2026, 10, 22, 12)
