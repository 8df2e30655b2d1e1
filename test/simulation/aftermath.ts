import type { HistoryEntry } from '../../src/domain/history/history.ts'
import type { Line } from './backEnd.ts'
import type { Site } from './diskCalls.ts'
import type { Evidence } from './evidence.ts'
import { judge } from './judge.ts'
import { habits, latecomers } from './people.ts'
import { openStoreFor } from './staff.ts'
import { feedTimeoutMs, holdMs, type Town, windowMs } from './town.ts'
import { farthestWrongMs } from './troubles.ts'
import type { Weather } from './weather.ts'

/** The calm after the weather, and the judgement of all that was left. */
export async function comeToRest(
  town: Town,
  weather: Weather,
): Promise<{ readonly broken: string[]; readonly history: readonly HistoryEntry[] }> {
  const { machine } = town.site
  clearUp(town)
  const lastBeat = planCalm(town)
  await machine.run(machine.now + 65_000 + windowMs + (weather.clockSteps === 'none' ? 0 : 40_000))
  const { history, flaws } = await readHistory(town.site)
  const broken = [...town.ledger.complaints, ...flaws]
  if (machine.failure !== null) broken.push(`a process ended with ${(machine.failure as Error).stack}`)
  broken.push(...judge(evidenceOf(town, weather, history)))
  broken.push(...judgeLateness(town, weather, { history, lastBeat: lastBeat() }))
  return { broken, history }
}

/** Two come late and beat; one of them falls silent again: the answer says when that was. */
function planCalm({ site: { machine }, panels, backEnd }: Town): () => Line | undefined {
  const [silent, staying] = [panels.get(latecomers.silent), panels.get(latecomers.staying)]
  let lastBeat: Line | undefined
  machine.at(machine.now + 8000, () => {
    for (const panel of [silent, staying]) {
      panel?.open()
      panel?.choose('online')
    }
  })
  machine.at(machine.now + 20_000, () => {
    if (silent !== undefined) silent.isOpen = false
    lastBeat = backEnd.lines.findLast(({ operator }) => operator === latecomers.silent)
  })
  return () => lastBeat
}

function evidenceOf(town: Town, weather: Weather, history: readonly HistoryEntry[]): Evidence {
  const whose = (habit: string) => Object.keys(habits).filter((id) => habits[id] === habit)
  const gone = [...whose('fickle'), ...whose('ghost')].map((id) => [id, ['offline', 'on-break']] as const)
  return {
    windowMs,
    feedTimeoutMs,
    receiving: new Set(['online', 'chat']),
    target: 'offline',
    lines: town.backEnd.lines,
    history,
    writings: town.writings,
    acknowledged: town.ledger.acknowledged,
    announced: town.said.flatMap(({ type, operator = '', due = '' }) =>
      type === 'switched' ? [{ operator, due }] : [],
    ),
    steady: [...whose('steady'), latecomers.staying],
    hasOneTime: weather.clockSteps === 'none',
    steppedBackMs: town.steppedBackMs,
    clockErrorMs: clockErrorOf(town, weather),
    finally: new Map<string, readonly string[]>([
      ...gone,
      [latecomers.silent, ['offline']],
      [latecomers.staying, ['online']],
    ]),
  }
}

/**
 * A watcher that starts believes its clock, wrong as it may be; and a step back of its own clock, where all it reads
 * is so old that it seems to have made the step too. Every other step is seen for what it is.
 */
function clockErrorOf({ slewedMs, said }: Town, { clockSteps, kills, powerCuts }: Weather): number {
  if (clockSteps !== 'at-the-watcher') return slewedMs
  const believedMs = said.reduce((sum, { stepMs = 0 }) => sum + Math.abs(stepMs), 0)
  return slewedMs + believedMs + (kills || powerCuts ? farthestWrongMs : 0)
}

/** Who falls silent in the calm is switched at a known instant, and within two seconds of it (reliability W2). */
function judgeLateness(
  town: Town,
  weather: Weather,
  { history, lastBeat }: { history: readonly HistoryEntry[]; lastBeat: Line | undefined },
): string[] {
  const silent = latecomers.silent
  const made = history.findLast(
    (entry) => entry.type === 'status-entered' && entry.operator === silent && entry.due !== null,
  )
  if (made?.type !== 'status-entered' || lastBeat === undefined) return [`${silent} was not switched`]
  const { due, at, recordedAt, seq } = made
  const mostMs = 2000 + (weather.guard ? holdMs : 0)
  if (weather.clockSteps !== 'none') {
    // Dates can't be compared, durations can. A feed that ticks may need a tick more.
    const tookMs = (town.writings[seq]?.wroteMs ?? 0) - lastBeat.trueMs
    const lateMs = tookMs - windowMs - mostMs - 2000 - clockErrorOf(town, weather)
    return lateMs > 0 ? [`${silent} was switched ${tookMs} ms after the last sign of life`] : []
  }
  const from = weather.ticks === 'none' ? (due as number) : at
  if (due !== lastBeat.at + windowMs) return [`${silent} was due ${(due as number) - lastBeat.at - windowMs} ms wrong`]
  return recordedAt - from > mostMs ? [`${silent} was switched ${recordedAt - from} ms after the deadline`] : []
}

/** The weather clears: what was broken is mended, what was stopped goes on. */
function clearUp({ site, backEnd, startServices, services, care }: Town): void {
  const { machine, disk, trouble } = site
  Object.assign(trouble, { errnoRate: 0, shortWrites: false, feedErrno: null })
  disk.room = Number.POSITIVE_INFINITY
  for (const process of machine.processes) {
    process.effectsLeft = Number.POSITIVE_INFINITY
    process.stoppedUntil = 0
  }
  machine.at(machine.now + 1000, () => {
    if (!backEnd.isUp) backEnd.start(care)
    if (services.every(({ process }) => process === null)) startServices()
  })
}

/** The history as another program reads it, and what the store itself says about it. */
async function readHistory(site: Site): Promise<{ history: HistoryEntry[]; flaws: string[] }> {
  const { machine } = site
  const history: HistoryEntry[] = []
  const flaws: string[] = []
  let finished = false
  machine.spawn('auditor', async (process) => {
    const store = openStoreFor(site, process)
    // A commit at work looks unfinished; one that waits for the lock sees none.
    const settled = await store.transact(async () => ({ ok: true, value: { facts: [], value: null } }))
    if (!settled.ok) flaws.push(`nothing can be committed: ${JSON.stringify(settled.failure)}`)
    const verified = await store.verify()
    if (!verified.ok) flaws.push(`the history is broken: ${JSON.stringify(verified.failure)}`)
    for await (const entry of store.history()) if (entry.ok) history.push(entry.value)
    const read = await store.read()
    if (!read.ok) flaws.push(`the catalogue is unreadable: ${JSON.stringify(read.failure)}`)
    else {
      const live = read.value.catalogue.statuses.map(({ id }) => id)
      const recorded = [...read.value.recorded.liveStatuses]
      if (live.join() !== recorded.join()) flaws.push(`the catalogue has ${live}, the history ${recorded}`)
    }
    finished = true
  })
  await machine.run(machine.now + 15_000)
  return { history, flaws: finished ? flaws : ['the audit did not come to its end'] }
}
