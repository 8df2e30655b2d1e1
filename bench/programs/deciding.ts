import { parseCatalogue } from '../../src/domain/catalogue/rules/rules.ts'
import { createPresenceState } from '../../src/domain/presence/presenceState.ts'
import { applySwitch, decideLive } from '../../src/domain/rule/engine.ts'
import { armEverybody } from '../../src/domain/rule/triggers.ts'
import { operatorId, statusesOf } from '../generating/catalogue.ts'

/*
 * `node deciding.js OPERATORS DUE`: prints the nanoseconds of CPU time for each operator who is due when DUE of OPERATORS are, by
 * the watcher's own code: deciding and switching, no file. Everybody else was seen later. The median of some turns.
 */
const [operators, due] = process.argv.slice(2).map(Number) as [number, number]
const turns = 15
const turnMs = 60_000
const startAt = Date.UTC(2026, 0, 5, 8)

// What is compiled meanwhile is none of the cost.
for (let round = 0; round < 3; round++) takeTurns(20_000, 1000)
console.log(takeTurns(operators, due).sort((a, b) => a - b)[turns >> 1])

/** Nanoseconds for each switch, turn by turn. */
function takeTurns(of: number, dueEach: number): number[] {
  const state = createState(of)
  const offlineAfterMs = state.rule.offlineAfterMs as number
  // Who is due in a turn stands anywhere among the others.
  const stride = Math.floor(of / (turns * dueEach))
  for (let index = 0; index < of; index++) {
    const place = index / stride
    const isDue = Number.isInteger(place) && place < turns * dueEach
    const lastSeen = startAt + (isDue ? place % turns : turns * 10) * turnMs + (index % turnMs)
    state.columns.since[index] = startAt
    state.columns.lastSeen[index] = lastSeen
  }
  armEverybody(state)
  return Array.from({ length: turns }, (_, turn) => {
    const now = startAt + offlineAfterMs + (turn + 1) * turnMs
    const before = process.cpuUsage()
    const decided = decideLive(state, now, [])
    for (const one of decided) applySwitch(state, one)
    const { user, system } = process.cpuUsage(before)
    if (decided.length !== dueEach) throw new Error(`${decided.length} were switched, not ${dueEach}`)
    return ((user + system) * 1000) / dueEach
  })
}

function createState(count: number): ReturnType<typeof createPresenceState> {
  const catalogue = parseCatalogue({
    version: 1,
    statuses: statusesOf(4),
    settings: { defaultOffline: 'offline' },
    operators: Array.from({ length: count }, (_, index) => ({ id: operatorId(index), initialStatus: 'online' })),
  })
  if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.failure))
  return createPresenceState(catalogue.value)
}
