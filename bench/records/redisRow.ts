import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { dropFeed, feedFile, type Ground, pairsFor, programJob, sized } from '../ground.ts'
import { comparePair } from '../measuring/pairs.ts'
import { findProgram } from '../programPath.ts'
import { counted, figureText, msText } from '../row.ts'
import { storeFolder } from '../stores.ts'
import { simulateJob } from './replayRows.ts'

const what = 'heartbeats per second of `presence simulate`, against Redis used as Chatwoot does'
const tickMs = 10

/** A replay against Redis, on the same feed, reading and parsing included. */
export async function redisRow(ground: Ground): Promise<void> {
  const program = findProgram('redis-server')
  if (program === null) {
    ground.lacks({ group: 'records', what, why: 'redis-server is not installed: apt-get install redis-server' })
    return
  }
  ground.say(what)
  const port = await freePort()
  const server = await startServer(ground, program, port)
  const end = () => {
    server.kill()
  }
  ground.running.add(end)
  try {
    await compareWithRedis(ground, port, server)
  } finally {
    end()
    ground.running.delete(end)
  }
}

async function compareWithRedis(ground: Ground, port: number, server: ChildProcess): Promise<void> {
  const operators = sized(ground, 100_000)
  const records = sized(ground, 10_000_000)
  const feed = feedFile(ground, { operators, records, variant: 'canonical' })
  const folder = storeFolder(ground, 'beside-redis', { statuses: 10, operators })
  const pairs = pairsFor(ground, 3)
  const before = cpuOf(server)
  let runs = 0
  const compared = await comparePair(ground.measurer, {
    ours: () => simulateJob(ground, folder, feed),
    other: () => {
      runs++
      return programJob(ground, 'redisBeats', [String(port), feed])
    },
    pairs,
  })
  dropFeed(feed)
  const { ours, other } = compared
  const serverMs = (cpuOf(server) - before) / runs
  const perSecond = (ms: number) => `${figureText(records / ms / 1000)} million/s`
  const row = { group: 'records', unit: 'times', runs: counted(pairs, 'pair') } as const
  // As fast as they could be with a core each: the wall clock of a busy machine would say less.
  const busiest = Math.max(serverMs, other.cpuMs)
  ground.add({
    ...row,
    what: `${what}, each as fast as its busiest process can be`,
    measured: perSecond(ours.cpuMs),
    against: `Redis ${msText(serverMs)}, its client ${msText(other.cpuMs)}: ${perSecond(busiest)}`,
    figure: busiest / ours.cpuMs,
    goal: { bound: 'at least', figure: 6 },
  })
  ground.add({
    ...row,
    what: 'the same by the clock, whatever else is running',
    measured: perSecond(ours.wallMs),
    against: `Redis and its client: ${perSecond(other.wallMs)}`,
    figure: 1 / compared.wallRatio,
    goal: null,
  })
}

/** On loopback, with nothing kept on disk, in a folder of its own. */
async function startServer(ground: Ground, program: string, port: number): Promise<ChildProcess> {
  const folder = join(ground.folder, 'redis')
  mkdirSync(folder)
  const settings = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no']
  const server = spawn(program, settings.map(String), { stdio: 'ignore' })
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await answers(port)) return server
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  server.kill()
  throw new Error('Redis does not answer')
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** User and system time of a running process so far. Linux alone tells it. */
function cpuOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}
