import type { Transition } from '../../domain/history/history.ts'
import { jsonLine } from '../show.ts'
import type { Shown } from '../shown.ts'
import { transitionShape } from './presenceShapes.ts'
import { type Simulation, simulationShape } from './simulation.ts'
import { simulationText } from './simulationText.ts'

/**
 * What `presence simulate` shows. `transitions`: whether they were written line by line as they came about. `unread`:
 * JSON paths of the scenario's keys that nothing reads.
 */
export function showSimulation(
  simulation: Simulation,
  { transitions, unread }: { readonly transitions: 'written' | 'unwritten'; readonly unread: readonly string[] },
): Shown {
  const { failed } = simulation.expectations
  return {
    value: transitions === 'written' ? undefined : simulationShape(simulation),
    human: (paint) => simulationText(simulation, paint),
    // Made for who asks: both are as long as the replay.
    get sheet() {
      return transitionSheet(simulation)
    },
    get names() {
      return [...new Set(simulation.result.transitions.map(({ operator }) => operator))]
    },
    ...(failed.length > 0 ? { exitCode: 10 } : {}),
    ...(unread.length > 0 ? { note: unreadNote(unread) } : {}),
  }
}

/** Transitions as lines of JSON. */
export function transitionLines(transitions: readonly Transition[]): string {
  return transitions.map((transition) => `${jsonLine(transitionShape(transition))}\n`).join('')
}

function transitionSheet({ result }: Simulation): NonNullable<Shown['sheet']> {
  const columns = ['at', 'operator', 'from', 'to', 'cause', 'due', 'lastSeen', 'by']
  const rows = result.transitions.map((transition) => Object.values(transitionShape(transition)) as (string | null)[])
  return { columns, rows }
}

function unreadNote(paths: readonly string[]): string {
  return `nothing reads ${paths.join(', ')} of the scenario; keys for people begin with x-`
}
