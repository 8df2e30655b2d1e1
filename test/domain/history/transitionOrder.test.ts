import { expect, test } from 'vitest'
import type { Transition } from '../../../src/domain/history/history.ts'
import { inOrder } from '../../support/inOrder.ts'

type Short = readonly [at: number, operator: string, from: string, to: string, cause: 'panel' | 'auto-offline']

function ordered(short: readonly Short[]): string[] {
  const transitions = short.map(([at, operator, from, to, cause]): Transition => {
    return { at, operator, from, to, cause, due: null, lastSeen: null, by: operator }
  })
  return inOrder(transitions).map(({ at, operator, from, to }) => `${at} ${operator} ${from}→${to}`)
}

test('at one instant what records brought about comes first, then the automatic ones by operator', () => {
  expect(
    ordered([
      [2, 'ben', 'online', 'offline', 'auto-offline'],
      [2, 'ana', 'online', 'offline', 'auto-offline'],
      [2, 'zoe', 'offline', 'online', 'panel'],
      [2, 'ivo', 'offline', 'online', 'panel'],
      [1, 'pia', 'online', 'offline', 'auto-offline'],
    ]),
  ).toEqual([
    '1 pia online→offline',
    '2 zoe offline→online',
    '2 ivo offline→online',
    '2 ana online→offline',
    '2 ben online→offline',
  ])
})

test("an operator's own transitions of one instant follow from each other", () => {
  expect(
    ordered([
      [2, 'ben', 'online', 'offline', 'auto-offline'],
      [2, 'ana', 'online', 'offline', 'auto-offline'],
      [2, 'ana', 'offline', 'online', 'panel'],
      [2, 'zoe', 'offline', 'online', 'panel'],
    ]),
  ).toEqual(['2 ana online→offline', '2 ana offline→online', '2 zoe offline→online', '2 ben online→offline'])
})
