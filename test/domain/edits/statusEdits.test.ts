import { expect, test } from 'vitest'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue.ts'
import { deleteStatuses, factsOfDeletion } from '../../../src/domain/edits/statusDeletion.ts'
import {
  createStatus,
  editStatus,
  type StatusChanges,
  type StatusInput,
} from '../../../src/domain/edits/statusEdits.ts'
import { exitCodeOf, type Failure } from '../../../src/domain/failure.ts'
import type { Result } from '../../../src/domain/result.ts'
import { catalogueWith, statusNamed } from '../../support/catalogues.ts'

const catalogue = catalogueWith({ operators: [{ id: 'ana' }, { id: 'bo', initialStatus: 'on-break' }] })
const blank: StatusInput = {
  name: 'Lunch',
  id: null,
  color: null,
  canReceive: false,
  countAfterClose: false,
  position: null,
}

/** The ids in display order, or the refusal: its code, exit code and what broke a rule. */
function outcome(result: Result<{ readonly catalogue: Catalogue }, Failure>): string {
  if (result.ok) return result.value.catalogue.statuses.map(({ id }) => id).join(' ')
  const { failure } = result
  const details = failure.code === 'invalid' ? failure.problems.map(({ path, kind }) => `${path} ${kind}`) : []
  return [`${failure.code} ${exitCodeOf(failure)}`, ...details].join(', ')
}

test.each<[Partial<StatusInput>, string]>([
  [{}, 'online on-break offline lunch'],
  [{ position: 1 }, 'lunch online on-break offline'],
  [{ position: 99 }, 'online on-break offline lunch'],
  [{ id: 'l' }, 'online on-break offline l'],
  [{ name: 'Обід' }, 'online on-break offline obid'],
  [{ name: 'On-break' }, 'name-is-id 5'],
  [{ name: ' ON BREAK ' }, 'name-taken 5'],
  [{ name: 'On break!' }, 'online on-break offline on-break-2'],
  [{ id: 'online' }, 'id-taken 5'],
  [{ canReceive: true, countAfterClose: true }, 'invalid 3, canReceive both-flags'],
  [{ name: '', id: 'X', color: 'redish' }, 'invalid 3, name bad-name, id bad-status-id, color bad-color'],
])('create %j: %s', (input, expected) => {
  expect(outcome(createStatus(catalogue, { ...blank, ...input }))).toBe(expected)
})

test('an id that is another status’s name is refused', () => {
  const named = catalogueWith({ statuses: [statusNamed('Pause', { id: 'p' })] })
  expect(createStatus(named, { ...blank, id: 'pause' })).toEqual({
    ok: false,
    failure: { code: 'id-is-name', id: 'pause', status: 'p' },
  })
})

test('a created status is given a colour that no other has', () => {
  const created = createStatus(catalogue, blank)
  expect(created.ok && created.value.status).toEqual(statusNamed('Lunch', { color: '#b26a00' }))
})

test('the 1,001st status is refused', () => {
  const full = catalogueWith({ statuses: Array.from({ length: 1000 }, (_, index) => statusNamed(`S${index}`)) })
  expect(outcome(createStatus(full, blank))).toBe('too-many 5')
})

test.each<[string, StatusChanges, string]>([
  ['ONLINE', { name: 'Ready' }, 'online on-break offline'],
  ['on break', { position: 1 }, 'on-break online offline'],
  ['online', { position: 2 }, 'on-break online offline'],
  ['online', { position: 9 }, 'on-break offline online'],
  ['online', { name: 'OFFLINE' }, 'name-taken 5'],
  ['online', { countAfterClose: true }, 'invalid 3, countAfterClose both-flags'],
  ['on-break', { canReceive: true }, 'invalid 3, canReceive both-flags'],
  ['on-break', { canReceive: true, countAfterClose: false }, 'online on-break offline'],
  ['offline', { canReceive: true }, 'receiving-in-use 5'],
  ['offlin', { name: 'x' }, 'status-not-found 4'],
])('edit %s %j: %s', (reference, changes, expected) => {
  expect(outcome(editStatus(catalogue, reference, changes))).toBe(expected)
})

test('an edit that changes nothing gives the very same catalogue', () => {
  const edited = editStatus(catalogue, 'on-break', { name: 'On break', color: '#F9A825', position: 2 })
  expect(edited.ok && edited.value.catalogue === catalogue).toBe(true)
})

test('receiving is refused for a status that auto-offline remembers while it is off', () => {
  const remembered = catalogueWith({ settings: { autoOffline: { enabled: false, status: 'on-break' } } })
  expect(editStatus(remembered, 'on-break', { canReceive: true, countAfterClose: false })).toEqual({
    ok: false,
    failure: {
      code: 'receiving-in-use',
      status: 'on-break',
      name: 'On break',
      uses: [{ by: 'auto-offline', enabled: false }],
    },
  })
})

function deletion(
  references: string[],
  moveTo: string | null = null,
  occupants: Record<string, string> = {},
  from = catalogue,
) {
  return deleteStatuses(from, { references, moveTo, occupants: new Map(Object.entries(occupants)) })
}

test('everything that uses the statuses is told at once', () => {
  const used = catalogueWith({
    settings: { autoOffline: { enabled: false, status: 'on-break' } },
    operators: [{ id: 'ana' }, { id: 'bo', initialStatus: 'on-break' }],
    calendars: [
      {
        id: 'day',
        name: 'Day',
        timeZone: 'UTC',
        week: { mon: [{ fromMinute: 0, toMinute: 30, status: 'on-break' }] },
        exceptions: new Map(),
      },
    ],
  })
  expect(deletion(['on-break', 'Offline', 'offline'], null, { ana: 'on-break', gone: 'offline' }, used)).toEqual({
    ok: false,
    failure: {
      code: 'status-in-use',
      status: 'on-break',
      name: 'On break',
      uses: [
        { by: 'auto-offline', enabled: false },
        { by: 'calendar', calendar: 'day' },
        { by: 'operators-in', operators: ['ana'] },
        { by: 'operators-start', operators: ['bo'] },
      ],
      others: [
        {
          status: 'offline',
          name: 'Offline',
          uses: [{ by: 'default-offline' }, { by: 'operators-start', operators: ['ana'] }],
        },
      ],
    },
  })
})

test('with a place to go, who is in the status moves and who starts in it starts there', () => {
  const done = deletion(['on-break'], 'Online', { ana: 'on-break', bo: 'offline' })
  if (!done.ok) throw new Error(done.failure.code)
  expect({ ...done.value, catalogue: outcome(done) }).toEqual({
    catalogue: 'online offline',
    deleted: [catalogue.statuses[1]],
    moves: [{ operator: 'ana', from: 'on-break', to: 'online' }],
    startMoves: [{ operator: 'bo', from: 'on-break', to: 'online' }],
  })
  expect(done.value.catalogue.operators.map(({ initialStatus }) => initialStatus)).toEqual([null, 'online'])
  expect(factsOfDeletion(catalogue, done.value, { at: 5, by: 'root' }).map((fact) => fact.type)).toEqual([
    'status-entered',
    'status-deleted',
    'operator-edited',
  ])
})

test('who starts where everybody does goes on declaring nothing where that comes to the same', () => {
  const bare = catalogueWith({ settings: { defaultOffline: null }, operators: [{ id: 'ana' }] })
  const starts = (moveTo: string) => {
    const done = deletion(['offline'], moveTo, {}, bare)
    return done.ok && done.value.catalogue.operators.map(({ initialStatus }) => initialStatus)
  }
  expect(starts('on-break')).toEqual([null])
  expect(starts('online')).toEqual(['online'])
})

test.each<[string[], string | null, string]>([
  [['offline'], 'online', 'status-in-use 5'],
  [['on-break'], 'on-break', 'status-in-use 5'],
  [['on-break'], 'nowhere', 'status-not-found 4'],
  [['on-break', 'nowhere'], 'online', 'status-not-found 4'],
  [['online'], null, 'on-break offline'],
])('delete %j, move to %s: %s', (references, moveTo, expected) => {
  expect(outcome(deletion(references, moveTo))).toBe(expected)
})
