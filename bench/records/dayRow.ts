import { type Ground, programJob, sized } from '../ground.ts'
import { figureText } from '../row.ts'

const hours = 24

/** A watcher must need no more memory after a day than after its first hours. */
export async function dayRow(ground: Ground): Promise<void> {
  const operators = sized(ground, 1000)
  const what = `\`watch\` through ${hours} simulated hours, ${operators.toLocaleString('en')} operators`
  ground.say(what)
  await ground.measurer.run(programJob(ground, 'day', [String(operators), String(hours)]))
  const { live, switched } = JSON.parse(ground.measurer.printed()) as { live: number[]; switched: number }
  if (switched === 0) throw new Error('nobody was switched all day')
  // Both ends by several hours, for what a collection leaves wanders.
  const early = least(live.slice(1, 7))
  const late = least(live.slice(-6))
  const mib = (bytes: number) => `${figureText(bytes / 2 ** 20)} MiB`
  ground.add({
    group: 'records',
    what: `${what}: memory that is still needed`,
    measured: `${mib(late)} in the last six hours`,
    against: `${mib(early)} in the hours 2 to 7`,
    figure: late / early,
    unit: 'times',
    goal: { bound: 'at most', figure: 1.05 },
    runs: '1 run',
  })
}

function least(values: readonly number[]): number {
  return Math.min(...values)
}
