import { createFolder, type EndedHere, type Files, opstat } from '../opstat.ts'
import { createTestClock, type TestClock } from '../system.ts'

/** A store whose clock a test sets: command lines at instants of one day, then a report. */
export interface LiveStore {
  readonly folder: string
  readonly clock: TestClock
  /** Runs a command line at `HH:MM:SS` of Monday 23 November 2026, or later days as `25T10:00:00`; UTC. */
  at(time: string, args: string | readonly string[]): Promise<EndedHere>
  run(args: string | readonly string[]): Promise<EndedHere>
}

export async function createLiveStore(files: Files = {}): Promise<LiveStore> {
  const folder = await createFolder(files)
  const clock = createTestClock(instant('00:00:00'))
  const run = (args: string | readonly string[]) => opstat(args, { folder, clock })
  return {
    folder,
    clock,
    run,
    async at(time, args) {
      clock.advance(instant(time) - clock.now())
      const ended = await run(args)
      if (ended.code !== 0) throw new Error(`${String(args)}: ${ended.stderr}`)
      return ended
    },
  }
}

export function instant(time: string): number {
  return Date.parse(`2026-11-${time.includes('T') ? time : `23T${time}`}Z`)
}

/** Rows as `operator status stays wall dialogues counted absent`, in minutes; unknown time as `operator ? minutes`. */
export function timeLines(stdout: string): string[] {
  interface Row {
    readonly operator: string
    readonly day?: string
    readonly status: string | null
    readonly name: string
    readonly stays: number
    readonly wallMs: number
    readonly dialogueMs: number
    readonly countedMs: number
    readonly absentMs: number
    readonly unknownMs?: number
  }
  return (JSON.parse(stdout) as Row[]).map((row) => {
    const place = row.day === undefined ? row.operator : `${row.operator} ${row.day}`
    if (row.status === null) return `${place} ? ${(row.unknownMs ?? 0) / 60_000}`
    const times = [row.wallMs, row.dialogueMs, row.countedMs, row.absentMs].map((ms) => ms / 60_000)
    return `${place} ${row.name} ${row.stays} ${times.join(' ')}`
  })
}
