import { expect, test } from 'vitest'
import { exitCodeOf, type Failure, type FailureCode } from '../../../src/domain/failure.ts'
import { failureLine, showFailure, wordFailure } from '../../../src/views/failures/failure.ts'
import { createPaint } from '../../support/paint.ts'

type Worded = { readonly [Code in FailureCode]: readonly [Extract<Failure, { code: Code }>, string] }

const since = Date.UTC(2026, 10, 22, 10)

/** Every code there is (the type says so), with its words as people read them. */
const worded: Worded = {
  usage: [
    { code: 'usage', mistake: 'not-parsed', message: "unknown option '--x'", hint: 'see: opstat --help' },
    "error: unknown option '--x'\nhint: see: opstat --help",
  ],
  'missing-answer': [
    { code: 'missing-answer', what: 'the name', why: 'no-terminal', flag: 'NAME' },
    'error: the name is missing, and there is no terminal to ask on\nhint: give NAME',
  ],
  'confirmation-needed': [
    { code: 'confirmation-needed', action: 'deleting "Lunch"', why: 'no-input', flag: '--yes' },
    'error: deleting "Lunch" needs a yes, and asking was ruled out with --no-input\nhint: add --yes',
  ],
  invalid: [
    {
      code: 'invalid',
      source: 'statuses.json',
      problems: [
        { kind: 'bad-color', value: 'reddish', path: '$.statuses[0].color' },
        { kind: 'both-flags', status: 'lunch', path: '$.statuses[1]', line: 9 },
      ],
    },
    'error: statuses.json has 2 problems\n' +
      '  - $.statuses[0].color: "reddish" is no colour: write #rgb, #rrggbb or a CSS colour name\n' +
      '  - line 9, $.statuses[1]: "lunch" has both canReceive and countAfterClose: only one of them can be true\n' +
      'hint: nothing was changed; mend all of them and try again',
  ],
  unparsable: [
    { code: 'unparsable', source: 'team.yaml', flaw: 'not-utf-8', line: 3 },
    "error: team.yaml can't be read: line 3 is not UTF-8\nhint: save it as UTF-8",
  ],
  'status-not-found': [
    { code: 'status-not-found', reference: 'lnch', similar: ['lunch'] },
    'error: there is no status "lnch"\nhint: did you mean lunch? see: opstat status list',
  ],
  'operator-not-found': [
    { code: 'operator-not-found', reference: 'an', similar: ['ana', 'ann'] },
    'error: there is no operator "an"\nhint: did you mean ana or ann? see: opstat operator list',
  ],
  'calendar-not-found': [
    { code: 'calendar-not-found', reference: 'night', similar: [] },
    'error: there is no calendar "night"\nhint: see: opstat export, under "calendars"',
  ],
  'setting-not-found': [
    { code: 'setting-not-found', reference: 'offline', known: ['offline-after', 'access'] },
    'error: there is no setting "offline"\nhint: the settings are offline-after, access',
  ],
  'id-taken': [
    { code: 'id-taken', of: 'operator', id: "o'neil" },
    "error: the operator id \"o'neil\" is taken\nhint: choose another id, or see: opstat operator show 'o'\\''neil'",
  ],
  'name-taken': [
    { code: 'name-taken', name: 'LUNCH', status: 'lunch' },
    'error: the name "LUNCH" is taken by the status lunch\nhint: choose another name, or see: opstat status show lunch',
  ],
  'name-is-id': [
    { code: 'name-is-id', name: 'lunch', status: 'lunch' },
    'error: the name "lunch" is the id of another status\nhint: choose another name, or see: opstat status show lunch',
  ],
  'id-is-name': [
    { code: 'id-is-name', id: 'lunch', status: 'break' },
    'error: the id "lunch" is the name of the status break\nhint: choose another with --id, or see: opstat status show break',
  ],
  'status-in-use': [
    {
      code: 'status-in-use',
      status: 'away',
      name: 'Away',
      uses: [
        { by: 'auto-offline', enabled: true },
        { by: 'operators-in', operators: ['ana', 'ben', 'eva', 'joe'] },
      ],
      others: [],
    },
    'error: the status "Away" (away) is in use\n' +
      '  - auto-offline switches absent operators to it; to change that: opstat settings set auto-offline STATUS (or none)\n' +
      '  - ana, ben, eva and 1 other are in it; to move them: opstat status delete away --move-to STATUS\n' +
      'hint: nothing was deleted; settle each of these first',
  ],
  'receiving-in-use': [
    { code: 'receiving-in-use', status: 'away', name: 'Away', uses: [{ by: 'default-offline' }] },
    'error: the status "Away" (away) can\'t receive: absent operators are put into it\n' +
      '  - it is the default offline status; to change that: opstat settings set default-offline STATUS (or none)\n' +
      'hint: name another status there first, or leave can-receive off with --no-can-receive',
  ],
  'calendar-in-use': [
    { code: 'calendar-in-use', calendar: 'days', operators: ['ana', 'ben'] },
    'error: the calendar "days" is in use: ana and ben are assigned to it\n' +
      'hint: give them another first: opstat operator edit OPERATOR --calendar CALENDAR',
  ],
  'too-many': [
    { code: 'too-many', of: 'statuses', limit: 1000 },
    'error: there can be no more than 1,000 statuses\nhint: remove one first: opstat status delete STATUS',
  ],
  busy: [
    { code: 'busy', file: 'statuses.lock', holder: { pid: 42, since }, waitedMs: 5000 },
    'error: statuses.lock is held by process 42 since 2026-11-22T10:00:00.000Z, also after 5s of waiting\nhint: try again; nothing was changed',
  ],
  'changed-underneath': [
    { code: 'changed-underneath', file: 'statuses.json' },
    'error: statuses.json was changed by another program at the same moment\nhint: try again; nothing was changed',
  ],
  file: [
    { code: 'file', file: 'statuses.json', action: 'write', errno: 'ENOSPC', hint: null },
    "error: can't write statuses.json: no space left on the device (ENOSPC)\nhint: make room, then try again",
  ],
  address: [
    { code: 'address', host: '127.0.0.1', port: 9464, errno: 'EADDRINUSE' },
    "error: can't listen on 127.0.0.1:9464: another program listens there (EADDRINUSE)\nhint: give another with --metrics-port [HOST:]PORT",
  ],
  'store-missing': [
    { code: 'store-missing', file: 'statuses.json' },
    'error: there is no catalogue at statuses.json\nhint: create one with opstat init, or name another with --store FILE',
  ],
  'not-json': [
    { code: 'not-json', file: 'statuses.json', line: 3, column: 7, backup: 'statuses.json.bak' },
    'error: statuses.json is not JSON, from line 3, column 7; it was left as it is\n' +
      'hint: mend it in an editor, or take back the last good version: statuses.json.bak',
  ],
  'newer-version': [
    { code: 'newer-version', file: 'statuses.json', version: 2 },
    'error: statuses.json has version 2, which is newer than this opstat understands (1)\nhint: use a newer opstat; the file was left as it is',
  ],
  'not-a-file': [
    { code: 'not-a-file', file: '/tmp', found: 'directory' },
    'error: /tmp is a directory, not a file\nhint: name a file',
  ],
  'history-broken': [
    { code: 'history-broken', file: 'statuses.history.jsonl', line: 7, reason: 'its hash does not fit' },
    'error: statuses.history.jsonl, line 7: its hash does not fit\nhint: what to do about it: opstat doctor',
  ],
  'not-permitted': [
    { code: 'not-permitted', account: 'eva', operator: null, deed: { kind: 'change', what: 'settings' } },
    'error: the account eva (which belongs to no operator) may not change the settings\n' +
      'hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list',
  ],
  differences: [
    {
      code: 'differences',
      of: 'broken-history',
      file: 'statuses.history.jsonl',
      line: 7,
      reason: 'its hash does not fit',
    },
    'error: the history is broken at statuses.history.jsonl, line 7: its hash does not fit\n' +
      'hint: what to do about it: opstat doctor',
  ],
}

test.each(Object.entries(worded))('%s has words for people', (_code, [failure, text]) => {
  expect(showFailure(failure, createPaint())).toBe(text)
})

test.each(Object.entries(worded))(
  '%s is one line of JSON for programs, with its code and exit code',
  (code, [failure]) => {
    const line = failureLine(failure)
    expect(line).not.toContain('\n')
    const { message, hint, details } = wordFailure(failure)
    expect(JSON.parse(line)).toEqual({ error: { code, message, hint, details, exitCode: exitCodeOf(failure) } })
  },
)

test('nothing that a value brings along reaches the terminal', () => {
  const failure: Failure = { code: 'status-not-found', reference: 'x\x1b[2J\r\n\u202e', similar: ['\x9b'] }
  expect(showFailure(failure, createPaint())).toBe(
    'error: there is no status "x\\u{1b}[2J\\u{d}\\u{a}\\u{202e}"\nhint: did you mean \\u{9b}? see: opstat status list',
  )
})

test.each([
  ['read', 'ENOENT', 'check the name'],
  ['create', 'ENOENT', 'create the directory, or check the name'],
  ['read', 'EACCES', 'act as an account that may, or change the permissions'],
  ['append', 'EROFS', 'name a place that can be written'],
  ['write', 'EBADF', null],
] as const)('what can be done where a file can not be %s (%s) is said', (action, errno, hint) => {
  expect(wordFailure({ code: 'file', file: 'f', action, errno, hint: null }).hint).toBe(hint)
})

test.each([
  ['read', "can't read f: it does not exist (ENOENT)"],
  ['create', "can't create f: its directory does not exist (ENOENT)"],
  ['append', "can't append to f: its directory does not exist (ENOENT)"],
] as const)('what is missing where a file can not be %s is named', (action, message) => {
  expect(wordFailure({ code: 'file', file: 'f', action, errno: 'ENOENT', hint: null }).message).toBe(message)
})

test.each([
  ['link-not-followed', 'a symbolic link lies in this place; it is not followed'],
  ['output-lost', 'what was printed is incomplete'],
  ['output-lost-but-done', 'what was printed is incomplete; the command itself was carried out'],
] as const)('%s is said in place of what the system alone means', (hint, words) => {
  expect(wordFailure({ code: 'file', file: 'f', action: 'write', errno: 'ENOSPC', hint }).hint).toBe(words)
})
