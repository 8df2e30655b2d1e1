import { type Catalogue, type Status, type TargetSource, targetOf } from '../catalogue/catalogue.ts'

/** A setting that may choose where absent operators are switched to, and what became of it. */
export interface TargetCandidate {
  readonly setting: Exclude<TargetSource, 'none'>
  /** What it names; null where it names nothing. */
  readonly status: string | null
  /**
   * `chose`: it did. `off`: a choice is kept but switched off. `unset`: it names nothing. `gone`: its status does not
   * exist any more. `passed-over`: an earlier one chose.
   */
  readonly verdict: 'chose' | 'off' | 'unset' | 'gone' | 'passed-over'
}

export interface TargetChoice {
  readonly status: string | null
  readonly source: TargetSource
  /** In the order of contract §4.4, those that did not apply too. */
  readonly candidates: readonly TargetCandidate[]
}

export type RuleBook = Pick<Catalogue, 'statuses' | 'settings'>

/** Which setting chooses the target (contract §4.4), and why the others don't. */
export function chooseTarget(book: RuleBook): TargetChoice {
  const { statuses, settings } = book
  const target = targetOf(book)
  const named = (setting: 'auto-offline' | 'default-offline', status: string | null): TargetCandidate => {
    if (status === null) return { setting, status, verdict: 'unset' }
    if (!statuses.some(({ id }) => id === status)) return { setting, status, verdict: 'gone' }
    return { setting, status, verdict: target.source === setting ? 'chose' : 'passed-over' }
  }
  const first = (setting: 'first-neither' | 'first-not-receiving', status: Status | undefined): TargetCandidate => {
    if (status === undefined) return { setting, status: null, verdict: 'unset' }
    return { setting, status: status.id, verdict: target.source === setting ? 'chose' : 'passed-over' }
  }
  const { enabled, status } = settings.autoOffline
  const kept: TargetCandidate = { setting: 'auto-offline', status, verdict: status === null ? 'unset' : 'off' }
  return {
    ...target,
    candidates: [
      enabled ? named('auto-offline', status) : kept,
      named('default-offline', settings.defaultOffline),
      first(
        'first-neither',
        statuses.find(({ canReceive, countAfterClose }) => !canReceive && !countAfterClose),
      ),
      first(
        'first-not-receiving',
        statuses.find(({ canReceive }) => !canReceive),
      ),
    ],
  }
}
