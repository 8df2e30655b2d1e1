import type { Status } from '../../../src/domain/catalogue/catalogue.ts'
import type { HistoryEntry } from '../../../src/domain/history/history.ts'
import { statusLine, staysOf } from './timeOracle.ts'

/** `report absence` by brute force: every stay held against every sign of life. Shares no code with `src`. */
const tenMinutes = 600_000

export function absenceOracle(
  entries: readonly HistoryEntry[],
  /** Stamps of the operator's signs of life, in the feed's order. */
  signs: readonly number[],
  asked: {
    readonly operator: string
    readonly statuses: readonly Status[]
    readonly from: number
    readonly to: number
    readonly knownUntil: number
    readonly sessionTimeoutMs: number
  },
) {
  const until = Math.min(asked.to, asked.knownUntil)
  const stays = staysOf(entries, asked.operator)
  const lines = new Map(asked.statuses.map((status) => [status.id, statusLine(entries, status)]))
  const receives = (status: string, at: number) => lines.get(status)?.(at).canReceive === true
  const automatic = stays.filter(({ absentFrom }) => absentFrom !== null)
  const inside = automatic.filter(({ to }) => to >= asked.from && to < until)
  const reconnects = signs.filter((at, index) => {
    const before = Math.max(Number.NEGATIVE_INFINITY, ...signs.slice(0, index))
    if (at <= before || at < asked.from || at >= until) return false
    const stay = stays.find(({ from, to }) => from < at && at <= to)
    if (stay === undefined || (stay.to === at && stay.absentFrom !== null)) return false
    return receives(stay.status, at - 1) && at - Math.max(before, stay.from) > asked.sessionTimeoutMs
  })
  const cameBack = (from: number, to: number) => signs.some((at) => at > from && at <= to + tenMinutes)
  const flaps = inside.filter((stay) =>
    stays
      .slice(stays.indexOf(stay) + 1)
      .some(({ from, status }) => from <= stay.to + tenMinutes && receives(status, from)),
  )
  const ghostMs = automatic.reduce((sum, { absentFrom, to }) => {
    return sum + Math.max(0, Math.min(to, until) - Math.max(absentFrom as number, asked.from))
  }, 0)
  return {
    switches: inside.length,
    reconnects: reconnects.length,
    falseOffline: inside.filter(({ absentFrom, to }) => cameBack(absentFrom as number, to)).length,
    flaps: flaps.length,
    ghostMs,
  }
}
