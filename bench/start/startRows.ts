import { emptyStart, type Ground, opstatJob, pairsFor, sized } from '../ground.ts'
import type { Job } from '../measuring/measurer.ts'
import { comparePair } from '../measuring/pairs.ts'
import { counted, msText } from '../row.ts'
import { keepStore, usedStore } from '../stores.ts'

interface Start {
  readonly what: string
  readonly atMost: number | null
  readonly job: (round: number) => Job
  readonly prepare?: () => void
  readonly check?: (printed: string) => void
}

/** Starts against a Node that starts and does nothing. */
export async function startRows(ground: Ground): Promise<void> {
  for (const start of starts(ground)) {
    const { what, atMost, job, ...around } = start
    ground.say(what)
    const pairs = pairsFor(ground, 31)
    const compared = await comparePair(ground.measurer, {
      ...around,
      ours: job,
      other: () => emptyStart(ground),
      pairs,
    })
    ground.add({
      group: 'start',
      what,
      measured: msText(compared.ours.cpuMs),
      against: `\`node -e 0\`: ${msText(compared.other.cpuMs)}`,
      figure: compared.cpuRatio,
      unit: 'times',
      goal: atMost === null ? null : { bound: 'at most', figure: atMost },
      runs: counted(pairs, 'pair'),
    })
  }
}

/** Lazily, so that a store is not made long before it is used. */
function* starts(ground: Ground): Generator<Start> {
  const small = usedStore(ground, { statuses: 50, operators: 100 })
  const many = sized(ground, 100_000)
  const always = (folder: string, line: string) => () => opstatJob(ground, folder, line)
  const lines = (count: number) => (printed: string) => expectThat(printed.split('\n').length === count + 2, printed)
  yield { what: '`--version`', atMost: 1.2, job: always(small, '--version') }
  yield { what: '`--help`', atMost: 1.35, job: always(small, '--help') }
  yield {
    what: '`status list -o json`, 50 statuses, 100 operators',
    atMost: 1.25,
    job: always(small, 'status list -o json'),
    check: (printed) => expectThat(JSON.parse(printed).length === 50, printed),
  }
  yield {
    what: '`status show -o json`, of the same',
    atMost: 1.25,
    job: always(small, 'status show reason-40 -o json'),
    check: (printed) => expectThat(JSON.parse(printed).id === 'reason-40', printed),
  }
  const ten = usedStore(ground, { statuses: 10, operators: 100 })
  yield { what: '`status list`, a table of 10', atMost: 1.6, job: always(ten, 'status list'), check: lines(10) }
  yield { what: '`status list`, a table of 50', atMost: 2, job: always(small, 'status list'), check: lines(50) }
  for (const operators of [100, many]) {
    const folder = usedStore(ground, { statuses: 50, operators })
    yield {
      what: `\`operator set-status\`, ${operators.toLocaleString('en')} operators`,
      atMost: 1.5,
      job: (round) =>
        opstatJob(ground, folder, `operator set-status op-000003 ${round % 2 === 0 ? 'online' : 'on-break'} -q`),
    }
  }
  const putBack = keepStore(small)
  yield {
    what: '`status create`, lock and fsync included',
    atMost: 1.9,
    job: always(small, 'status create Errands'),
    prepare: putBack,
  }
  putBack()
  yield {
    what: 'completion of a status id',
    atMost: 1.3,
    job: always(small, '__complete status show reason-4'),
    check: (printed) => expectThat(printed.includes('reason-4'), printed),
  }
  yield {
    what: 'completion of an operator id',
    atMost: 1.3,
    job: always(small, '__complete operator set-status op-00009'),
    check: (printed) => expectThat(printed.includes('op-000099'), printed),
  }
}

function expectThat(holds: boolean, printed: string): void {
  if (!holds) throw new Error(`this is not what was asked for:\n${printed.slice(0, 500)}`)
}
