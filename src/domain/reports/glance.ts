import type { OperatorCompliance } from './compliance/compliance.ts'
import type { Ledger, OperatorLedger } from './ledger/ledger.ts'
import { valueAt } from './ledger/timeline.ts'
import type { OperatorTime } from './timeReport.ts'

/** What a supervisor wants to see first about one operator in a window. Milliseconds. */
export interface Glance {
  readonly operator: string
  readonly name: string
  /** Null: nothing was planned for them. */
  readonly lateMs: number | null
  readonly earlyLeaveMs: number | null
  /** In a receiving status, but not there, until an automatic switch. */
  readonly goneMs: number
  /** In statuses that count after close. */
  readonly breakMs: number
  /** Of that, without a dialogue open: how long the breaks really were. */
  readonly breakAfterCloseMs: number
  readonly unknownMs: number
}

export function glanceOf(
  ledger: Ledger,
  operators: readonly OperatorLedger[],
  found: {
    readonly times: readonly OperatorTime[]
    readonly compliance: readonly OperatorCompliance[]
    readonly end: number
  },
): Glance[] {
  const times = new Map<string, OperatorTime[]>()
  for (const time of found.times) times.set(time.operator, [...(times.get(time.operator) ?? []), time])
  const compliance = new Map(found.compliance.map((one) => [one.operator, one.rows]))
  const isBreak = (status: string): boolean => {
    const flags = ledger.statuses.get(status)
    return flags !== undefined && valueAt(flags, found.end - 1)?.countAfterClose === true
  }
  return operators.map(({ id, name }) => {
    const own = times.get(id) ?? []
    const rows = own.flatMap((time) => time.rows)
    const breaks = rows.filter(({ status }) => isBreak(status))
    const planned = compliance.get(id) ?? []
    return {
      operator: id,
      name,
      lateMs: planned.length === 0 ? null : sumOf(planned, ({ lateMs }) => lateMs),
      earlyLeaveMs: planned.length === 0 ? null : sumOf(planned, ({ earlyLeaveMs }) => earlyLeaveMs),
      goneMs: sumOf(rows, ({ absentMs }) => absentMs),
      breakMs: sumOf(breaks, ({ wallMs }) => wallMs),
      breakAfterCloseMs: sumOf(breaks, ({ countedMs }) => countedMs),
      unknownMs: sumOf(own, ({ unknownMs }) => unknownMs),
    }
  })
}

function sumOf<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0)
}
