import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type FeedPlan, feedBlocks, feedStartAt } from './generating/feed.ts'
import { writePieces } from './generating/generate.ts'
import type { Job, Measurer } from './measuring/measurer.ts'
import type { Absent, Row } from './row.ts'

/** What every measurement has: where the program is, a folder to work in, and how much is wanted. */
export interface Ground {
  /** The project's folder. */
  readonly root: string
  /** Removed in the end. */
  readonly folder: string
  /** Where the programs that opstat is compared with lie. */
  readonly programs: string
  readonly measurer: Measurer
  /** `quick`: sizes a hundred times smaller, for a first look. */
  readonly size: 'full' | 'quick'
  /** What was asked for; null: as many as suit the measurement. */
  readonly pairs: number | null
  /** Ends what was started beside the measured programs; called where the benchmark is interrupted. */
  readonly running: Set<() => void>
  /** Tells what is going on. */
  say(text: string): void
  add(line: Row): void
  lacks(absent: Absent): void
}

/** The built program with these arguments, in a folder. */
export function opstatJob(ground: Ground, folder: string, line: string, more: Partial<Job> = {}): Job {
  return { words: [process.execPath, join(ground.root, 'bin/opstat.js'), ...line.split(' ')], cwd: folder, ...more }
}

/** A program of `bench/programs`, or Node itself. */
export function programJob(ground: Ground, name: string, args: readonly string[]): Job {
  return { words: [process.execPath, join(ground.programs, `${name}.js`), ...args], cwd: ground.folder }
}

/** Node that starts and does nothing: what every start is compared with. */
export function emptyStart(ground: Ground): Job {
  return { words: [process.execPath, '-e', '0'], cwd: ground.folder }
}

/** A feed's file, made when it is asked for the first time. */
export function feedFile(ground: Ground, plan: Omit<FeedPlan, 'seed' | 'startAt'>): string {
  const file = join(ground.folder, `${plan.variant}-${plan.operators}-${plan.records}.jsonl`)
  if (!existsSync(file)) {
    ground.say(`writing ${plan.records.toLocaleString('en')} heartbeats (${plan.variant})`)
    writePieces(file, feedBlocks({ ...plan, seed: 1, startAt: feedStartAt }))
  }
  return file
}

/** Feeds are large: one that is not needed any more makes room. */
export function dropFeed(file: string): void {
  rmSync(file, { force: true })
}

/** A number of operators or records, a hundredth of it for a quick look. */
export function sized(ground: Ground, count: number): number {
  return ground.size === 'full' ? count : Math.max(10, count / 100)
}

/** How many pairs: what was asked for, else what suits, a fifth of it for a quick look. */
export function pairsFor(ground: Ground, usual: number): number {
  return ground.pairs ?? (ground.size === 'full' ? usual : Math.max(1, Math.round(usual / 5)))
}
