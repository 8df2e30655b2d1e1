import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Ground, opstatJob, pairsFor, programJob, sized } from '../ground.ts'
import { comparePair, type Pair } from '../measuring/pairs.ts'
import { counted, msText } from '../row.ts'
import { keepStore, run, settle, storeFolder, usedStore } from '../stores.ts'

/** Changes of a large catalogue, against parsing, stringifying and durably writing the very same file. */
export async function changeRows(ground: Ground): Promise<void> {
  const operators = sized(ground, 10_000)
  const size = { statuses: 50, operators }
  const count = operators.toLocaleString('en')
  const manifest = join(storeFolder(ground, 'manifest', size), 'statuses.json')
  const empty = storeFolder(ground, 'empty', { statuses: 4, operators: 0 })
  await addRow(ground, manifest, {
    what: `\`apply\` of 50 statuses and ${count} operators, all of them new`,
    atMost: 3,
    ours: () => opstatJob(ground, empty, `apply -q -f ${manifest}`),
    prepare: keepStore(empty),
  })
  const store = usedStore(ground, size)
  const changed = join(ground.folder, 'changed.json')
  await addRow(ground, manifest, {
    what: '`apply` of the same, one name in it changed',
    atMost: 3,
    ours: () => opstatJob(ground, store, `apply -q -f ${changed}`),
    prepare: (round) => {
      copyFileSync(join(store, 'statuses.json'), changed)
      run(ground, ground.folder, `status edit reason-2 --name Errand-${round} -q --store ${changed}`)
      settle()
    },
  })
  await addRow(ground, manifest, {
    what: `\`status edit\`, ${count} operators`,
    atMost: 1.5,
    ours: (round) => opstatJob(ground, store, `status edit reason-2 --color ${round % 2 === 0 ? 'teal' : 'navy'} -q`),
    prepare: () => settle(),
  })
}

async function addRow(
  ground: Ground,
  file: string,
  { what, atMost, ...measured }: Pick<Pair, 'ours' | 'prepare'> & { readonly what: string; readonly atMost: number },
): Promise<void> {
  ground.say(what)
  const pairs = pairsFor(ground, 15)
  const compared = await comparePair(ground.measurer, {
    ...measured,
    other: () => programJob(ground, 'rewrite', [file]),
    pairs,
  })
  ground.add({
    group: 'store',
    what,
    measured: msText(compared.ours.cpuMs),
    against: `parse, stringify, durable write: ${msText(compared.other.cpuMs)}`,
    figure: compared.cpuRatio,
    unit: 'times',
    goal: { bound: 'at most', figure: atMost },
    runs: counted(pairs, 'pair'),
  })
}
