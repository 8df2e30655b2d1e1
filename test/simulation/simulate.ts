import type { HistoryEntry } from '../../src/domain/history/history.ts'
import { comeToRest } from './aftermath.ts'
import { createDice } from './dice.ts'
import type { Tally } from './machine.ts'
import { planDays } from './people.ts'
import { planStaff } from './staff.ts'
import { createTown } from './town.ts'
import { planTroubles } from './troubles.ts'
import { forecast, type Weather } from './weather.ts'

export interface Outcome {
  readonly seed: number
  readonly weather: Weather
  /** Every promise that was not kept, in words. */
  readonly broken: readonly string[]
  readonly switches: number
  readonly tally: Tally
  readonly history: readonly HistoryEntry[]
  readonly diary: readonly string[]
}

/** Lives through one seed's story: first unsafe, then calm, where everything has to come right; then the judgement. */
export async function simulate(seed: number): Promise<Outcome> {
  const dice = createDice(seed)
  const weather = forecast(dice)
  const town = await createTown(dice, weather)
  const { machine } = town.site
  planDays(town.panels, { machine, dice, untilMs: weather.unsafeMs })
  planStaff(town.site, town.ledger, weather)
  planTroubles(town, weather)
  town.startServices()
  await machine.run(weather.unsafeMs)
  const { broken, history } = await comeToRest(town, weather)
  const switches = history.filter((entry) => entry.type === 'status-entered' && entry.due !== null).length
  return { seed, weather, broken, switches, tally: machine.tally, history, diary: machine.diary }
}

/** A failure, with the weather it happened in and how to see it again. */
export function wordOutcome({ seed, weather, broken }: Outcome): string {
  const kinds = Object.entries(weather).filter(([, value]) => value !== false && value !== 'none')
  return [
    `seed ${seed} (npm run soak -- --seed ${seed} tells its story): ${JSON.stringify(Object.fromEntries(kinds))}`,
    ...broken.map((promise) => `  ${promise}`),
  ].join('\n')
}
