import { errnoName } from '../../domain/errno.ts'
import type { Failure, FileAction } from '../../domain/failure.ts'
import { type Result, refuse } from '../../domain/result.ts'

/** Thrown inside the store's room, where a refusal must undo what was begun; `answer` makes a `Result` of it. */
export class StoreRefusal extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/** The store's door: what was thrown as a refusal comes out as one. Anything else is a bug and thrown on. */
export async function answer<Value>(run: () => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure>> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof StoreRefusal) return refuse(error.failure)
    throw error
  }
}

export interface FileStep {
  readonly file: string
  readonly action: FileAction
}

/** Runs one step on a file; its errno becomes a `file` refusal that names file and action. */
export function attempt<Value>(step: FileStep, run: () => Value): Value {
  try {
    return run()
  } catch (error) {
    throw refusalOf(step, error)
  }
}

/** The same for a step that pauses on the way. */
export function* attemptEach<Pause, Value>(step: FileStep, run: Generator<Pause, Value>): Generator<Pause, Value> {
  try {
    return yield* run
  } catch (error) {
    throw refusalOf(step, error)
  }
}

export async function attemptAsync<Value>(step: FileStep, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run()
  } catch (error) {
    throw refusalOf(step, error)
  }
}

/** For what may fail without harm: a cache, the removal of a leftover. Bugs still come through. */
export function attemptQuietly(run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof StoreRefusal)) errnoOf(error)
  }
}

export async function attemptQuietlyAsync(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof StoreRefusal)) errnoOf(error)
  }
}

/** Null where `run` failed because there is no such file. */
export function unlessMissing<Value>(run: () => Value): Value | null {
  try {
    return run()
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}

/** The errno's name of a failed file operation. Anything else is a bug and thrown on. */
export function errnoOf(error: unknown): string {
  const name = errnoName(error)
  if (name === null) throw error
  return name
}

/** An error like Node's own, for what the system reports by a count and not by an errno. */
export function errnoError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function refusalOf({ file, action }: FileStep, error: unknown): StoreRefusal {
  if (error instanceof StoreRefusal) return error
  const errno = errnoOf(error)
  const hint = errno === 'ELOOP' ? 'link-not-followed' : null
  return new StoreRefusal({ code: 'file', file, action, errno, hint })
}
