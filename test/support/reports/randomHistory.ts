import fc from 'fast-check'
import type { Operator, Status } from '../../../src/domain/catalogue/catalogue.ts'
import type { HistoryEntry, HistoryFact, TransitionCause } from '../../../src/domain/history/history.ts'
import { catalogueWith, statusNamed } from '../catalogues.ts'

/** A history on a grid: every instant is `base` plus a whole number of steps. */
export interface GridHistory {
  readonly base: number
  readonly stepMs: number
  readonly entries: readonly HistoryEntry[]
}

export const historyStatuses: readonly Status[] = [
  statusNamed('Online', { canReceive: true }),
  statusNamed('Lunch', { countAfterClose: true }),
  statusNamed('Offline'),
  statusNamed('Gone', { countAfterClose: true }),
]
export const historyOperators: readonly Operator[] = catalogueWith({
  operators: [
    { id: 'ana', calendar: 'day' },
    { id: '__proto__', calendar: 'day' },
  ],
}).operators

/** What happened, in words of the generator: `step` counts from `base`, mostly forwards. */
type Happening =
  | {
      readonly kind: 'enter'
      readonly operator: number
      readonly status: number
      readonly cause: TransitionCause
      readonly seenAgo: number | null
    }
  | { readonly kind: 'dialogues'; readonly operator: number; readonly open: number; readonly late: number }
  | {
      readonly kind: 'edit'
      readonly status: number
      readonly flags: readonly [boolean, boolean]
      readonly name: string
    }
  | { readonly kind: 'delete'; readonly status: number }
  | { readonly kind: 'remove' | 'add'; readonly operator: number }

const operatorIndex = fc.nat({ max: historyOperators.length - 1 })
const statusIndex = fc.nat({ max: historyStatuses.length - 1 })

const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('enter' as const),
      operator: operatorIndex,
      status: statusIndex,
      cause: fc.constantFrom<TransitionCause>('auto-offline', 'panel', 'admin', 'status-deleted'),
      seenAgo: fc.option(fc.nat({ max: 40 })),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('dialogues' as const),
      operator: operatorIndex,
      open: fc.nat({ max: 2 }),
      late: fc.oneof(fc.constant(0), fc.nat({ max: 30 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      status: statusIndex,
      flags: fc.constantFrom([true, false] as const, [false, true] as const, [false, false] as const),
      name: fc.constantFrom('Renamed', 'Обід'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), status: statusIndex }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('remove' as const, 'add' as const), operator: operatorIndex }),
  },
)

/** Random histories of up to `steps` steps, clock steps backwards, doubles and late entries among them. */
export function randomHistory(grid: {
  base: fc.Arbitrary<number>
  stepMs: fc.Arbitrary<number>
  steps: number
  roster?: 'stays'
}): fc.Arbitrary<GridHistory> {
  const jump = fc.oneof(
    { weight: 8, arbitrary: fc.nat({ max: Math.floor(grid.steps / 8) }) },
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: -60, max: -1 }) },
  )
  return fc
    .tuple(grid.base, grid.stepMs, fc.array(fc.tuple(jump, anyHappening), { maxLength: 24 }))
    .map(([base, stepMs, happened]) => {
      let step = 0
      const statuses = [...historyStatuses]
      const entries = happened
        .filter(([, { kind }]) => grid.roster !== 'stays' || (kind !== 'remove' && kind !== 'add'))
        .map(([ahead, happening], index): HistoryEntry => {
          step = Math.max(0, step + ahead)
          const fact = factOf(happening, { at: (offset) => base + (step + offset) * stepMs, statuses })
          return { ...fact, seq: index + 1, recordedAt: base + step * stepMs, prev: '' }
        })
      return { base, stepMs, entries }
    })
}

function factOf(happening: Happening, now: { at: (offset: number) => number; statuses: Status[] }): HistoryFact {
  const at = now.at(0)
  switch (happening.kind) {
    case 'enter': {
      const automatic = happening.cause === 'auto-offline'
      const seen = automatic && happening.seenAgo !== null ? now.at(-happening.seenAgo) : null
      const to = historyStatuses[happening.status]?.id ?? ''
      const operator = historyOperators[happening.operator]?.id ?? ''
      const cause = happening.cause
      return {
        type: 'status-entered',
        at,
        operator,
        from: null,
        to,
        cause,
        due: automatic ? at : null,
        lastSeen: seen,
        by: 'test',
      }
    }
    case 'dialogues': {
      const operator = historyOperators[happening.operator]?.id ?? ''
      return { type: 'dialogues', at: now.at(-happening.late), operator, open: happening.open, by: operator }
    }
    case 'edit': {
      const before = now.statuses[happening.status] as Status
      const [canReceive, countAfterClose] = happening.flags
      const after = { ...before, name: `${happening.name} ${before.id}`, canReceive, countAfterClose }
      now.statuses[happening.status] = after
      return { type: 'status-edited', at, by: 'test', before, after, position: 1 }
    }
    case 'delete':
      return { type: 'status-deleted', at, by: 'test', status: now.statuses[happening.status] as Status }
    case 'remove':
      return { type: 'operator-removed', at, by: 'test', operator: historyOperators[happening.operator] as Operator }
    case 'add':
      return { type: 'operator-added', at, by: 'test', operator: historyOperators[happening.operator] as Operator }
  }
}
