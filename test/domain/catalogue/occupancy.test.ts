import { expect, test } from 'vitest'
import { type Catalogue, type Operator, starterCatalogue } from '../../../src/domain/catalogue/catalogue.ts'
import { occupantsOf, operatorRows, statusRows } from '../../../src/domain/catalogue/occupancy.ts'
import { createRecorded, type Recorded } from '../../../src/domain/history/recorded.ts'

function operator(id: string, initialStatus: string | null = null): Operator {
  return { id, name: id.toUpperCase(), role: 'operator', account: null, initialStatus, calendar: null }
}

const catalogue: Catalogue = {
  ...starterCatalogue,
  operators: [operator('ana'), operator('ben', 'online'), operator('eva'), operator('__proto__', 'gone')],
}

function recordedWith(stays: Record<string, string>): Recorded {
  const recorded = createRecorded()
  for (const [id, status] of Object.entries(stays)) {
    recorded.stays.set(id, { status, since: 1000, cause: 'admin', due: null })
  }
  recorded.statuses.set('lunch', {
    id: 'lunch',
    name: 'Lunch',
    color: '#ffa500',
    canReceive: false,
    countAfterClose: true,
  })
  return recorded
}

test('who was never recorded is where they start', () => {
  const occupants = occupantsOf(catalogue, recordedWith({ ana: 'on-break', eva: 'lunch' }))
  expect([...occupants]).toEqual([
    ['ana', 'on-break'],
    ['ben', 'online'],
    ['eva', 'lunch'],
    ['__proto__', 'offline'],
  ])
})

test('a status counts who is in it and says what names it', () => {
  const rows = statusRows(catalogue, recordedWith({ ana: 'on-break', eva: 'lunch' }))
  expect(rows.map(({ id, operators, usedAs }) => [id, operators, usedAs])).toEqual([
    ['online', 1, []],
    ['on-break', 1, []],
    ['offline', 1, ['default-offline']],
  ])
})

test('a status that vanished keeps its last name', () => {
  const rows = operatorRows(catalogue, recordedWith({ ana: 'lunch', ben: 'unheard-of' }))
  expect(rows.map(({ id, status, statusName, since }) => [id, status, statusName, since])).toEqual([
    ['ana', 'lunch', 'Lunch', 1000],
    ['ben', 'unheard-of', 'unheard-of', 1000],
    ['eva', 'offline', 'Offline', null],
    ['__proto__', 'offline', 'Offline', null],
  ])
})
