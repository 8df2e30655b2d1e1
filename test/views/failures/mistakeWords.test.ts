import { expect, test } from 'vitest'
import type { Mistake } from '../../../src/domain/mistake.ts'
import { showFailure } from '../../../src/views/failures/failure.ts'
import { createPaint } from '../../support/paint.ts'

type Worded = { readonly [Kind in Mistake['mistake']]: readonly [Omit<Named<Kind>, 'mistake'>, string][] }
type Named<Kind> = Extract<Mistake, { readonly mistake: Kind }>

/** Every mistake there is (the type says so), each form of it with its words. */
const worded: Worded = {
  'not-parsed': [[{ message: 'the name is missing', hint: 'give NAME' }, 'the name is missing\nhint: give NAME']],
  contradiction: [
    [{ one: '--json', other: '-o csv' }, '--json and -o csv contradict each other\nhint: give one of them'],
  ],
  'no-manifest-format': [
    [{ output: 'csv' }, 'a manifest is JSON or YAML, not csv\nhint: give --format json or --format yaml'],
  ],
  'no-line-format': [
    [
      { telling: 'watch', output: 'yaml' },
      'watch tells line by line what happens, and -o yaml has no such lines\nhint: use -o json (a line of JSON for each event)',
    ],
    [
      { telling: '--live', output: 'csv' },
      '--live tells line by line what happens, and -o csv has no such lines\nhint: use -o json (a line for each operator who changes) or -o name',
    ],
  ],
  'standard-input-twice': [[{}, '- is given twice, and there is one standard input']],
  'not-of-standard-input': [
    [{ command: 'doctor' }, 'doctor looks at a file, not at standard input\nhint: give --heartbeats FILE'],
    [
      { command: 'presence record' },
      'a record is appended to a file, not to standard input\nhint: give --heartbeats FILE',
    ],
  ],
  'future-time': [
    [
      { flag: '--at', value: '2099-01-01T00:00:00Z' },
      '--at lies in the future\nhint: leave it out to see what will happen',
    ],
    [
      { flag: '--before', value: '2099-01-01T00:00:00Z' },
      '--before 2099-01-01T00:00:00Z lies in the future\nhint: give a time that has passed',
    ],
    [{ flag: '--from', value: '2099-01-01' }, '--from lies in the future\nhint: give a time that has passed'],
  ],
  'from-after-to': [[{}, '--from lies after --to\nhint: give --from the earlier time']],
  'too-many-days': [
    [
      {},
      'these are too many days for a row each\nhint: give --from and --to at most a hundred years apart, or leave out --by day',
    ],
  ],
  'no-pair': [
    [
      { flag: '--set', value: 'offline-after' },
      "--set takes NAME=VALUE, not 'offline-after'\nhint: for example --set offline-after=5m",
    ],
    [
      { flag: '--initial', value: '=online' },
      "--initial takes NAME=VALUE, not '=online'\nhint: for example --initial ana=online",
    ],
  ],
  'nothing-to-compare': [
    [{}, '--compare needs a setting to compare with the present ones\nhint: add for example --set offline-after=5m'],
  ],
  'scenario-with-feed': [
    [
      {},
      'a scenario brings its own records: --heartbeats does not go with it\nhint: give either a scenario or --heartbeats FILE',
    ],
  ],
  'bad-hook': [
    [
      { flaw: 'empty', value: ' ' },
      "--on-switch names no program\nhint: for example --on-switch '/usr/local/bin/told-of-switch --room ops'",
    ],
    [
      { flaw: 'open-quote', value: "tell 'ops" },
      "--on-switch leaves a quote open: tell 'ops\nhint: for example --on-switch '/usr/local/bin/told-of-switch --room ops'",
    ],
  ],
  'no-programs-here': [[{}, 'programs can not be started here\nhint: leave out --on-switch']],
  'unknown-choice': [
    [
      { of: 'role', value: 'boss', known: ['operator', 'supervisor'] },
      '"boss" is no role\nhint: roles are operator, supervisor',
    ],
    [{ of: 'access', value: 'shut', known: ['open', 'roles'] }, '"shut" is no access mode\nhint: write open or roles'],
  ],
  'unknown-field': [
    [
      { value: 'nmae', known: ['id', 'name'], similar: ['name'] },
      '"nmae" is no field of this list\nhint: did you mean name? the fields are id, name',
    ],
  ],
  'unknown-topic': [
    [
      { value: 'food', known: ['feed', 'rule'], similar: [] },
      '"food" is no command and no topic\nhint: the topics are feed, rule',
    ],
  ],
  'unknown-import': [
    [
      { value: 'WA1', files: ['a.json', 'b.json'], kinds: ['CUSTOM', 'ROUTABLE'] },
      '"WA1" is no id and no kind in a.json, b.json\nhint: the kinds in it are CUSTOM, ROUTABLE',
    ],
    [
      { value: 'WA1', files: ['a.json'], kinds: [] },
      '"WA1" is no id and no kind in a.json\nhint: give the id of a status in it',
    ],
  ],
}

const every = Object.entries(worded).flatMap(([mistake, forms]) =>
  forms.map(([facts, text]) => [mistake, { mistake, ...facts } as Mistake, text] as const),
)

test.each(every)('%s has words', (_kind, mistake, text) => {
  expect(showFailure({ code: 'usage', ...mistake }, createPaint())).toBe(`error: ${text}`)
})
