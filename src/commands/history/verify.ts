import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { System } from '../../system/system.ts'
import { showVerified } from '../../views/history/historyTable.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call } from '../declaring/command.ts'
import { withProgress } from '../printing/progress.ts'
import { withStore } from '../storing/openStore.ts'

export function declare(): void {
  // It has no words of its own.
}

export const examples = ['opstat history verify']

export function run({ globals }: Call, system: System): Promise<Result<Shown, Failure>> {
  return withStore(globals, system, async (store) => {
    let reached = 0
    const work = { doing: 'checking', to: store.files().history, records: () => reached }
    const verified = await withProgress(work, { globals, system }, (progress) =>
      store.verify((seq) => {
        reached = seq
        return progress.at(seq)
      }),
    )
    if (verified.ok) {
      const { alterations } = verified.value
      if (alterations !== undefined) return refuse({ code: 'differences', of: 'altered-history', alterations })
      return ok(showVerified(verified.value))
    }
    const { failure } = verified
    if (failure.code !== 'history-broken') return refuse(failure)
    const { file, line, reason } = failure
    return refuse({ code: 'differences', of: 'broken-history', file, line, reason })
  })
}
