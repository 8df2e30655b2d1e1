import { simulate, wordOutcome } from './simulate.ts'

/* One process of `npm run soak`: lives through a stretch of seeds and says a line of JSON for each hundred. */
const [from = '1', to = '1', tell = ''] = process.argv.slice(2)

async function soak(): Promise<void> {
  let sum: Record<string, number> = {}
  for (let seed = Number(from); seed <= Number(to); seed++) {
    const outcome = await simulate(seed)
    const { switches, tally, history, broken } = outcome
    const counts = Object.entries({ seeds: 1, switches, entries: history.length, ...tally })
    sum = Object.fromEntries(counts.map(([name, count]) => [name, (sum[name] ?? 0) + count]))
    const failure = broken.length === 0 ? undefined : wordOutcome(outcome)
    if (tell === 'tell') process.stdout.write(`${outcome.diary.join('\n')}\n${wordOutcome(outcome)}\n`)
    else if (failure !== undefined || sum.seeds === 100 || seed === Number(to)) {
      process.stdout.write(`${JSON.stringify({ sum, failure })}\n`)
      sum = {}
    }
  }
}

void soak()
