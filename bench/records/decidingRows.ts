import { type Ground, pairsFor, programJob, sized } from '../ground.ts'
import { median } from '../measuring/pairs.ts'
import { counted, figureText } from '../row.ts'

/** Deciding costs what is due, however many operators there are. */
export async function decidingRows(ground: Ground): Promise<void> {
  const many = sized(ground, 1_000_000)
  const few = many / 100
  const due = few / 20
  ground.say('deciding what is due')
  const rounds = pairsFor(ground, 7)
  const [amongFew, amongMany, tenfold] = await costs(ground, rounds, [
    [few, due],
    [many, due],
    [many, due * 10],
  ])
  const words = (operators: number, ns: number) =>
    `${figureText(ns)} ns each among ${operators.toLocaleString('en')} operators`
  const row = { group: 'records', unit: 'times', runs: `${counted(rounds, 'run')} each` } as const
  ground.add({
    ...row,
    what: `deciding and switching ${due.toLocaleString('en')} who are due, among a hundred times the operators`,
    measured: words(many, amongMany),
    against: words(few, amongFew),
    figure: amongMany / amongFew,
    // In proportion to the operators it would be 100; what is left is that memory is slower than a cache.
    goal: { bound: 'at most', figure: 10 },
  })
  ground.add({
    ...row,
    what: `deciding and switching ten times as many who are due, among ${many.toLocaleString('en')}`,
    measured: `${figureText((tenfold * due) / 1e5)} ms for ${(due * 10).toLocaleString('en')}`,
    against: `${figureText((amongMany * due) / 1e6)} ms for ${due.toLocaleString('en')}`,
    figure: (tenfold * 10) / amongMany,
    goal: { bound: 'at most', figure: 15 },
  })
}

/** Nanoseconds for each who is due, in turn, in processes of their own. */
async function costs(
  ground: Ground,
  rounds: number,
  sizes: readonly (readonly [operators: number, due: number])[],
): Promise<[number, number, number]> {
  const measured = sizes.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, size] of sizes.entries()) {
      await ground.measurer.run(programJob(ground, 'deciding', size.map(String)))
      measured[index]?.push(Number(ground.measurer.printed()))
    }
  }
  return measured.map(median) as [number, number, number]
}
