import type { Catalogue } from '../../domain/catalogue/catalogue.ts'
import type { Failure } from '../../domain/failure.ts'
import type { Span } from '../../domain/history/accounting.ts'
import type { HistoryEntry } from '../../domain/history/history.ts'
import { compareIds } from '../../domain/order.ts'
import { findOperators } from '../../domain/reports/found.ts'
import {
  completeLedger,
  createLedger,
  enterEntry,
  type Ledger,
  type OperatorLedger,
} from '../../domain/reports/ledger/ledger.ts'
import { reportedOperators } from '../../domain/reports/timeReport.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import type { Call } from '../declaring/command.ts'
import { withStore } from '../storing/openStore.ts'
import { readHistory } from '../storing/readHistory.ts'
import { type ReportOptions, windowOf, zoneOf } from './reportOptions.ts'

/** What every report is made from. */
export interface ReportInput {
  readonly catalogue: Catalogue
  readonly ledger: Ledger
  readonly window: Span
  readonly zone: string
  /** Those who were named, else the roster and whoever was there in the window; by operator id. */
  readonly operators: readonly OperatorLedger[]
  readonly now: number
  /** Nothing is known of later instants. */
  readonly knownUntil: number
}

/** Reads catalogue and history and settles window, time zone and operators. The clock is read once. */
export async function readReportInput(
  call: Call<ReportOptions>,
  system: System,
  onEntry: (entry: HistoryEntry) => void = () => undefined,
): Promise<Result<ReportInput, Failure>> {
  const zone = zoneOf(call.options)
  if (!zone.ok) return zone
  const read = await readLedger(call, system, onEntry)
  if (!read.ok) return read
  const { catalogue, ledger, now } = read.value
  const window = windowOf(call.options, { zone: zone.value, firstAt: ledger.firstAt, now })
  if (!window.ok) return window
  const named = call.options.operator
  const operators = named === undefined ? ok(reportedOperators(ledger, window.value)) : findOperators(ledger, named)
  if (!operators.ok) return operators
  return ok({
    catalogue,
    ledger,
    window: window.value,
    zone: zone.value,
    operators: [...operators.value].sort((a, b) => compareIds(a.id, b.id)),
    now,
    knownUntil: Math.max(now, ledger.recordedUntil),
  })
}

function readLedger(
  call: Call<ReportOptions>,
  system: System,
  onEntry: (entry: HistoryEntry) => void,
): Promise<Result<{ catalogue: Catalogue; ledger: Ledger; now: number }, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const snapshot = await store.read()
    if (!snapshot.ok) return snapshot
    const ledger = createLedger()
    const read = await readHistory(call.globals, system, {
      store,
      recorded: snapshot.value.recorded,
      onEntry(entry) {
        enterEntry(ledger, entry)
        onEntry(entry)
      },
    })
    if (!read.ok) return read
    const now = system.clock.now()
    completeLedger(ledger, snapshot.value.catalogue, now)
    return ok({ catalogue: snapshot.value.catalogue, ledger, now })
  })
}
