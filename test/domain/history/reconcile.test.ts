import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue.ts'
import { factsOfChange } from '../../../src/domain/history/factsOfChange.ts'
import type { HistoryEntry, HistoryFact } from '../../../src/domain/history/history.ts'
import { handMadeFacts } from '../../../src/domain/history/reconcile.ts'
import { createRecorded, type Recorded, recordEntry } from '../../../src/domain/history/recorded.ts'
import { anyCatalogue, catalogueWith, statusNamed } from '../../support/catalogues.ts'

function fold(recorded: Recorded, facts: readonly HistoryFact[]): Recorded {
  for (const fact of facts) {
    const entry: HistoryEntry = { ...fact, seq: recorded.seq + 1, recordedAt: fact.at, prev: '' }
    recordEntry(recorded, entry, '')
  }
  return recorded
}

function handMade(recorded: Recorded, catalogue: Catalogue): HistoryFact[] {
  return handMadeFacts({ recorded, catalogue, editedAt: 100, now: 200, by: 'file' })
}

function lines(facts: readonly HistoryFact[]): string[] {
  return facts.map((fact) => {
    switch (fact.type) {
      case 'status-created':
      case 'status-deleted':
        return `${fact.at} ${fact.type} ${fact.status.id}${'position' in fact ? ` ${fact.position}` : ''}`
      case 'status-edited':
        return `${fact.at} ${fact.type} ${fact.before.name} to ${fact.after.name} ${fact.position}`
      case 'status-entered':
        return `${fact.at} ${fact.operator} enters ${fact.to}`
      case 'operator-added':
      case 'operator-removed':
        return `${fact.at} ${fact.type} ${fact.operator.id}`
      case 'operator-edited':
        return `${fact.at} ${fact.type} ${fact.before.name} to ${fact.after.name}`
      default:
        return `${fact.at} ${fact.type}`
    }
  })
}

const before = catalogueWith({ operators: [{ id: 'ana' }, { id: 'bo' }] })
const [online, onBreak, offline] = before.statuses as [
  Catalogue['statuses'][0],
  Catalogue['statuses'][0],
  Catalogue['statuses'][0],
]

test('an empty history learns the whole catalogue, and everybody starts now', () => {
  expect(lines(handMade(createRecorded(), before))).toEqual([
    '100 status-created online 1',
    '100 status-created on-break 2',
    '100 status-created offline 3',
    '100 settings-changed',
    '100 operator-added ana',
    '100 operator-added bo',
    '200 ana enters offline',
    '200 bo enters offline',
  ])
})

test('what an editor changed is told, dated at the edit; whose status vanished stays in it', () => {
  const recorded = fold(createRecorded(), handMade(createRecorded(), before))
  const edited = catalogueWith({
    statuses: [{ ...onBreak, name: 'Pause' }, online, statusNamed('Away')],
    settings: { defaultOffline: null },
    operators: [
      { id: 'ana', name: 'Ana' },
      { id: 'cy', initialStatus: 'away' },
    ],
  })
  expect(lines(handMade(recorded, edited))).toEqual([
    '100 status-deleted offline',
    '100 status-edited Online to Online 2',
    '100 status-edited On break to Pause 1',
    '100 status-created away 3',
    '100 settings-changed',
    '100 operator-edited ana to Ana',
    '100 operator-added cy',
    '100 operator-removed bo',
    '200 cy enters away',
  ])
})

test.each([
  ['up', [offline, online, onBreak], ['1 status-edited Offline to Offline 1']],
  ['down', [onBreak, offline, online], ['1 status-edited Online to Online 3']],
  ['round', [offline, onBreak, online], ['1 status-edited Offline to Offline 1', '1 status-edited Online to Online 3']],
])('statuses moved %s: as few facts as it takes', (_, statuses, expected) => {
  expect(lines(factsOfChange(before, { ...before, statuses }, { at: 1, by: 'root' }))).toEqual(expected)
})

test('an operator added by a command starts at once', () => {
  const after = catalogueWith({
    operators: [{ id: 'ana' }, { id: 'bo' }, { id: '__proto__', initialStatus: 'online' }],
  })
  expect(lines(factsOfChange(before, after, { at: 1, by: 'root' }))).toEqual([
    '1 operator-added __proto__',
    '1 __proto__ enters online',
  ])
})

test('the same catalogue has no facts, whatever objects it is made of', () => {
  fc.assert(
    fc.property(anyCatalogue, (catalogue) => {
      expect(factsOfChange(catalogue, structuredClone(catalogue), { at: 1, by: 'x' })).toEqual([])
    }),
  )
})

test('facts, folded, lead from any catalogue to any other, and then there is nothing more to tell', () => {
  fc.assert(
    fc.property(anyCatalogue, anyCatalogue, fc.boolean(), (from, to, byHand) => {
      const recorded = fold(createRecorded(), handMade(createRecorded(), from))
      fold(recorded, byHand ? handMade(recorded, to) : factsOfChange(from, to, { at: 1, by: 'x' }))
      expect([...recorded.liveStatuses].map((id) => recorded.statuses.get(id))).toEqual(to.statuses)
      expect([...recorded.roster.keys()].sort()).toEqual(to.operators.map(({ id }) => id).sort())
      expect(lines(handMade(recorded, to)).filter((line) => !line.includes('enters'))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('facts lead from any order of statuses to any other', () => {
  const statuses = Array.from({ length: 7 }, (_, index) => statusNamed(`S${index}`))
  const some = fc.shuffledSubarray(statuses)
  fc.assert(
    fc.property(some, some, (from, to) => {
      const recorded = fold(createRecorded(), handMade(createRecorded(), catalogueWith({ statuses: from })))
      fold(recorded, handMade(recorded, catalogueWith({ statuses: to })))
      expect([...recorded.liveStatuses]).toEqual(to.map(({ id }) => id))
    }),
    { numRuns: 1000 },
  )
})

test('200,000 operators come in one change', () => {
  const operators = Array.from({ length: 200_000 }, (_, index) => ({ id: `op-${index}` }))
  const facts = factsOfChange(catalogueWith(), catalogueWith({ operators }), { at: 1, by: 'ana' })
  expect(facts.length).toBe(400_000)
})
