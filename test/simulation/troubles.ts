import { feedFile } from './backEnd.ts'
import { rotate } from './rotation.ts'
import { catalogueFile } from './staff.ts'
import type { Town } from './town.ts'
import type { Weather } from './weather.ts'

/** Plans everything that goes wrong until the weather clears. */
export function planTroubles(town: Town, weather: Weather): void {
  const { site, backEnd } = town
  const { machine, dice, trouble, disk } = site
  const often = (everyMs: number, act: () => void) => {
    for (let at = dice.between(3000, 3000 + everyMs); at < weather.unsafeMs - 1000; at += dice.between(1, everyMs * 2))
      machine.at(at, act)
  }
  const during: During = (longestMs, begin, end) => {
    machine.note(`trouble: ${begin.toString().replaceAll(/\s+/g, ' ').slice(0, 60)}`)
    begin()
    machine.at(Math.min(weather.unsafeMs, machine.now + dice.between(100, longestMs)), end)
  }
  const watcher = () => dice.pick(town.services).process
  often(40_000, () => rotate({ machine, disk, dice, backEnd }, weather.rotation))
  if (weather.kills) {
    often(25_000, () => {
      const victim = dice.pick([...machine.processes, watcher() ?? machine.processes[0]])
      if (victim === undefined || victim.name === 'reader') return
      if (dice.chance(0.2)) victim.signal.abort('SIGTERM')
      else victim.effectsLeft = dice.between(1, 120)
    })
  }
  if (weather.stops) {
    often(30_000, () => {
      const victim = watcher()
      if (victim === null) return
      machine.note('trouble: SIGSTOP')
      machine.tally.stops++
      victim.stoppedUntil = Math.min(weather.unsafeMs, machine.now + dice.between(1, longestStopMs / 1000) * 1000)
    })
  }
  if (weather.powerCuts) often(80_000, () => cutPower(town))
  if (weather.errnos) {
    trouble.shortWrites = true
    often(20_000, () =>
      during(
        4000,
        () => {
          trouble.errnoRate = dice.pick([0.01, 0.05, 0.2])
        },
        () => {
          trouble.errnoRate = 0
        },
      ),
    )
  }
  if (weather.fullDisk) {
    often(40_000, () =>
      during(
        20_000,
        () => {
          disk.room = dice.between(0, 600)
        },
        () => {
          disk.room = Number.POSITIVE_INFINITY
        },
      ),
    )
  }
  if (weather.feedTrouble) often(40_000, () => spoilFeed(town, during))
  if (weather.brokenCatalogue) often(40_000, () => breakCatalogue(town, during))
  if (weather.lostState) often(40_000, () => loseState(town))
  if (weather.backEndCrashes) {
    const longest = weather.ticks === 'always' ? 90_000 : 6000
    often(30_000, () => {
      if (backEnd.isSettled)
        during(
          longest,
          () => backEnd.stop(),
          () => backEnd.start(town.care),
        )
    })
  }
  if (weather.clockSteps !== 'none') often(50_000, () => stepClock(town, weather))
}

const longestStopMs = 70_000
const slewMs = 1000

/** A watcher that starts anew believes its clock, so that is never wrong by more than half of the window. */
export const farthestWrongMs = 15_000

/** Has a watcher read a record that was stamped after the last step of all clocks? */
function isStepSeen({ backEnd, steppedAtMs, lookedAt }: Town): boolean {
  return backEnd.lines.some(({ trueMs, writtenAt }) => trueMs > steppedAtMs && writtenAt < lookedAt)
}

function stepClock(town: Town, { clockSteps }: Weather): void {
  const { machine, dice } = town.site
  // Of two steps of all clocks before anybody looks only the sum is seen: what was stamped in between is lost.
  if (clockSteps === 'everywhere' && !isStepSeen(town)) return
  town.steppedAtMs = machine.now
  const farthest = farthestWrongMs / 1000
  const stepMs =
    clockSteps === 'everywhere'
      ? dice.between(-40, 40) * 1000
      : dice.between(-farthest, farthest) * 1000 - machine.wallShiftMs
  machine.note(`trouble: step ${stepMs} ${clockSteps}`)
  machine.tally.clockSteps++
  machine.wallShiftMs += stepMs
  if (clockSteps === 'everywhere') town.backEnd.shiftMs += stepMs
  town.steppedBackMs += Math.max(0, -stepMs)
  // So small a difference is followed at once: here alone also what is left where the clock was nearly put right.
  if (clockSteps === 'at-the-watcher' || Math.abs(stepMs) <= slewMs) town.slewedMs += Math.min(slewMs, Math.abs(stepMs))
}

function cutPower(town: Town): void {
  const { site, backEnd, startServices } = town
  const { machine, disk, dice } = site
  if (!backEnd.isSettled || isStateLost(town)) return
  backEnd.stop()
  machine.reboot(dice.between(0, 60) * 1000)
  disk.cutPower(dice)
  town.historyAtPowerCut = disk.names.get(historyFile)?.bytes.length ?? 0
  const order = ++machine.order
  const left = [...disk.names.values()].map(({ bytes }) => bytes.toString('latin1')).join('\n')
  for (const line of backEnd.lines) {
    if (line.lostAt > order && !left.includes(line.text)) line.lostAt = order
  }
  machine.at(machine.now + dice.between(0, 5000), () => backEnd.start(town.care))
  machine.at(machine.now + dice.between(0, 5000), startServices)
}

type During = (longestMs: number, begin: () => void, end: () => void) => void

function spoilFeed({ backEnd, site: { dice, disk, trouble } }: Town, during: During): void {
  if (dice.chance(0.6)) {
    const begin = () => {
      trouble.feedErrno = dice.pick(['EACCES', 'EIO', 'EMFILE'])
    }
    during(40_000, begin, () => {
      trouble.feedErrno = null
    })
    return
  }
  // Somebody moves the feed away, puts a directory in its place and later moves it back.
  const away = '/site/aside.jsonl'
  if (!disk.names.has(feedFile) || disk.names.has(away) || !backEnd.isSettled) return
  const begin = () => {
    disk.rename(feedFile, away)
    disk.link(feedFile, disk.make('directory', 0o755))
    disk.syncAll()
  }
  during(12_000, begin, () => {
    disk.unlink(feedFile)
    disk.rename(away, feedFile)
    disk.syncAll()
  })
}

function breakCatalogue(town: Town, during: During): void {
  const { machine, disk, dice } = town.site
  if (town.isCatalogueBroken) return
  const file = disk.names.get(catalogueFile)
  if (file === undefined) return
  const whole = file.bytes
  const isTaken = dice.chance(0.3)
  during(
    20_000,
    () => {
      town.isCatalogueBroken = true
      machine.tally.handEdits++
      if (isTaken) disk.unlink(catalogueFile)
      else disk.put(file, Buffer.from(whole.subarray(0, dice.between(0, whole.length - 2))))
    },
    () => {
      town.isCatalogueBroken = false
      machine.tally.handEdits++
      const now = disk.names.get(catalogueFile) ?? disk.make('file', 0o640)
      disk.put(now, whole)
      if (!disk.names.has(catalogueFile)) disk.link(catalogueFile, now)
      disk.syncAll()
    },
  )
}

const stateFile = '/site/statuses.state.json'
const historyFile = '/site/statuses.history.jsonl'

/**
 * Without a place of the feed in the history a lost cache loses rotated files: there is nothing to know them by. A
 * power cut may take the bytes that the last one stands for.
 */
function loseState(town: Town): void {
  const { machine, disk, dice } = town.site
  machine.note('trouble: state lost')
  const state = disk.names.get(stateFile)
  const isPlaced = disk.names.get(historyFile)?.bytes.includes('"feed":{', town.historyAtPowerCut) === true
  if (state === undefined || !isPlaced) return
  if (dice.chance(0.5)) disk.unlink(stateFile)
  else disk.put(state, Buffer.from(state.bytes.subarray(0, dice.between(0, state.bytes.length))))
  town.lostState = state
}

/** Nobody has written a cache since the last one was lost. */
function isStateLost({ site: { disk }, lostState }: Town): boolean {
  const state = disk.names.get(stateFile)
  return lostState !== null && (state === undefined || state === lostState)
}
