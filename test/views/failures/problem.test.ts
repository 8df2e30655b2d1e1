import { expect, test } from 'vitest'
import type { Problem, ProblemKind } from '../../../src/domain/catalogue/rules/problem.ts'
import { wordProblem } from '../../../src/views/failures/problem.ts'

type Worded = { readonly [Kind in ProblemKind['kind']]: readonly [Extract<ProblemKind, { kind: Kind }>, string] }

/** Every kind there is (the type says so), with its words. */
const worded: Worded = {
  'wrong-type': [{ kind: 'wrong-type', expected: 'boolean', value: 'yes' }, '"yes" is not true or false'],
  missing: [{ kind: 'missing', key: 'name' }, '"name" is missing'],
  'bad-status-id': [
    { kind: 'bad-status-id', flaw: 'characters', value: 'Lunch!' },
    '"Lunch!" is no status id: a to z, 0 to 9, _ and - are allowed, the first a letter or digit',
  ],
  'bad-operator-id': [
    { kind: 'bad-operator-id', flaw: 'characters', value: 'an a' },
    '"an a" is no operator id: blanks and control characters are not allowed',
  ],
  'bad-calendar-id': [
    { kind: 'bad-calendar-id', flaw: 'characters', value: 'day shift' },
    '"day shift" is no calendar id: blanks and control characters are not allowed',
  ],
  'bad-name': [{ kind: 'bad-name', flaw: 'empty', value: ' ' }, '" " can\'t be a name: it is empty'],
  'bad-color': [
    { kind: 'bad-color', value: 'reddish' },
    '"reddish" is no colour: write #rgb, #rrggbb or a CSS colour name',
  ],
  'color-as-comment': [
    { kind: 'color-as-comment', value: '#ff0000' },
    'there is no value: in YAML an unquoted # begins a comment; write "#ff0000" in quotes',
  ],
  'bad-choice': [
    { kind: 'bad-choice', value: 'boss', choices: ['operator', 'supervisor'] },
    '"boss" is not one of operator, supervisor',
  ],
  'bad-duration': [
    { kind: 'bad-duration', value: '10', flaw: 'bare-number' },
    '"10" is no duration: say the unit, as in 90s or 10m',
  ],
  'bad-time': [
    { kind: 'bad-time', value: 'noon' },
    '"noon" is no time: write RFC 3339 such as 2026-11-22T10:00:00Z, or epoch milliseconds',
  ],
  'bad-time-or-date': [
    { kind: 'bad-time-or-date', value: 'noon' },
    '"noon" is no time: write a date such as 2026-11-22, or RFC 3339 such as 2026-11-22T10:00:00Z',
  ],
  'bad-time-zone': [
    { kind: 'bad-time-zone', value: 'Mars' },
    '"Mars" is no time zone: write an IANA name such as Europe/Kyiv',
  ],
  'bad-date': [{ kind: 'bad-date', value: '2026-02-30' }, '"2026-02-30" is no date: write YYYY-MM-DD'],
  'bad-weekday': [
    { kind: 'bad-weekday', value: 'day' },
    '"day" is no weekday: write mon, tue, wed, thu, fri, sat or sun',
  ],
  'bad-interval': [
    { kind: 'bad-interval', from: '09:00', to: '12:00', flaw: 'overlap' },
    '09:00–12:00 overlaps another interval of the day',
  ],
  'bad-share': [{ kind: 'bad-share', value: 2 }, '2 is no share: write a number above 0 and at most 1'],
  'bad-guard': [
    { kind: 'bad-guard', value: '0.3' },
    '"0.3" is no guard: write a percentage such as 30%, {"share": 0.3, "atLeast": 3, "hold": "2m"}, or off',
  ],
  'bad-count': [{ kind: 'bad-count', value: -1 }, '-1 is no count: write a whole number from 1'],
  'both-flags': [
    { kind: 'both-flags', status: 'lunch' },
    '"lunch" has both canReceive and countAfterClose: only one of them can be true',
  ],
  'duplicate-id': [
    { kind: 'duplicate-id', of: 'status', value: 'lunch', firstPath: '$.statuses[0].id' },
    'the status id "lunch" is already used at $.statuses[0].id',
  ],
  'duplicate-name': [
    { kind: 'duplicate-name', value: 'LUNCH', firstPath: '$.statuses[0].name' },
    'the name "LUNCH" is already used at $.statuses[0].name (upper and lower case count as one)',
  ],
  'name-is-id': [
    { kind: 'name-is-id', value: 'lunch', otherPath: '$.statuses[0]' },
    'the name "lunch" is the id of another status, at $.statuses[0]',
  ],
  contradiction: [
    { kind: 'contradiction', value: '5m', other: '10m', otherPath: 'base.yaml, $.settings.offlineAfter' },
    '"5m" contradicts "10m" at base.yaml, $.settings.offlineAfter',
  ],
  'unknown-status': [{ kind: 'unknown-status', value: 'x' }, 'there is no status "x"'],
  'unknown-calendar': [{ kind: 'unknown-calendar', value: 'x' }, 'there is no calendar "x"'],
  'unknown-operator': [{ kind: 'unknown-operator', value: 'x' }, 'there is no operator "x"'],
  'receiving-target': [
    { kind: 'receiving-target', status: 'online', setting: 'auto-offline' },
    '"online" can receive, so auto-offline can\'t name it: absent operators would stay in the routing',
  ],
  'enabled-without-status': [
    { kind: 'enabled-without-status' },
    'auto-offline is enabled without a status: name one, or disable it',
  ],
  'too-many-statuses': [
    { kind: 'too-many-statuses', count: 1001 },
    '1001 statuses are more than the 1,000 there may be',
  ],
  'too-many-operators': [
    { kind: 'too-many-operators', count: 1_000_001 },
    '1000001 operators are more than the 1,000,000 there may be',
  ],
  'relative-without-start': [
    { kind: 'relative-without-start', value: '+10m' },
    '"+10m" counts from the start, and the scenario has none: add "start"',
  ],
  'bad-record': [{ kind: 'bad-record', reason: 'unknown-event', value: 'poke' }, '"poke" is no event of the feed'],
  'unknown-key': [
    { kind: 'unknown-key', key: 'recods', similar: ['records'], known: ['records', 'start'] },
    'nothing reads the key "recods": did you mean records?',
  ],
  'before-start': [
    { kind: 'before-start', at: 0, start: 1000 },
    '1970-01-01T00:00:00.000Z lies before the start, 1970-01-01T00:00:01.000Z',
  ],
  'after-until': [
    { kind: 'after-until', at: 1000, until: 0 },
    '1970-01-01T00:00:01.000Z lies after until, 1970-01-01T00:00:00.000Z: it is never played',
  ],
}

test.each(Object.entries(worded))('%s has words, after its place', (_kind, [kind, text]) => {
  const problem: Problem = { ...kind, path: '$.statuses[2]' }
  expect(wordProblem(problem)).toBe(`$.statuses[2]: ${text}`)
})

test('a long value is cut', () => {
  expect(wordProblem({ kind: 'bad-color', value: 'x'.repeat(200), path: '$' }).length).toBeLessThan(150)
})

test('nothing where an object should be is called nothing', () => {
  const problem: Problem = { path: '$', kind: 'wrong-type', expected: 'object', value: null }
  expect(wordProblem(problem)).toBe('$: there is nothing here, and an object is expected')
})
