import { once } from 'node:events'
import { openSync, readSync } from 'node:fs'
import { connect } from 'node:net'

/*
 * `node redisBeats.js PORT FILE`: what Chatwoot does with Redis, done as cheaply as can be. Each heartbeat is a ZADD of
 * the operator with its time, a thousand to a pipeline over a bare socket, some pipelines on the way at a time; once a
 * minute of the feed ZRANGEBYSCORE asks who was silent for ten, and ZREM takes them out. Fields are taken from the
 * bytes at their usual places, of lines as the generator writes them. Prints how many operators are present.
 */
const [port, file] = process.argv.slice(2) as [string, string]
const commandsPerPipeline = 1000
const pipelinesOnTheWay = 8
const askEveryMs = 60_000
const silentAfterMs = 600_000
const key = 'presence'
const timeAt = '{"at":"'.length
const operatorAt = '{"at":"2026-01-05T08:00:00.000Z","operator":"'.length
const [quote, newline] = [34, 10]
const longestCommand = 256

const head = Buffer.from(`*4\r\n$4\r\nZADD\r\n$${key.length}\r\n${key}\r\n$13\r\n`)
const socket = connect(Number(port), '127.0.0.1')
let pipeline = Buffer.allocUnsafe(commandsPerPipeline * longestCommand)
let length = 0
let commands = 0
let unanswered = 0
let lastAskAt = Number.NaN
const day = { digits: '', startAt: 0 }

void play()

async function play(): Promise<void> {
  await once(socket, 'connect')
  const fd = openSync(file, 'r')
  const block = Buffer.allocUnsafeSlow(1 << 18)
  let kept = 0
  for (;;) {
    const count = readSync(fd, block, kept, block.length - kept, null)
    if (count === 0) break
    let start = 0
    for (let end = block.indexOf(newline); end !== -1 && end < kept + count; end = block.indexOf(newline, start)) {
      const sent = beat(block, start)
      if (sent !== undefined) await sent
      start = end + 1
    }
    block.copy(block, 0, start, kept + count)
    kept += count - start
  }
  await send()
  await answered(0)
  const [present] = await ask(`ZCARD ${key}`)
  console.log(present)
  socket.end()
}

/** Answers a promise only where there is something to wait for. */
function beat(line: Buffer, start: number): Promise<void> | undefined {
  const at = timeOf(line, start + timeAt)
  const end = line.indexOf(quote, start + operatorAt)
  length += head.copy(pipeline, length)
  length += pipeline.write(`${at}\r\n$${end - start - operatorAt}\r\n`, length, 'latin1')
  length += line.copy(pipeline, length, start + operatorAt, end)
  pipeline[length++] = 13
  pipeline[length++] = newline
  commands++
  if (at >= lastAskAt + askEveryMs || Number.isNaN(lastAskAt)) return expire(at)
  return commands < commandsPerPipeline ? undefined : send()
}

/** Epoch milliseconds of `2026-01-05T08:00:00.000Z`; the date is only worked out where it changes. */
function timeOf(line: Buffer, at: number): number {
  const digits = line.toString('latin1', at, at + 10)
  if (digits !== day.digits) Object.assign(day, { digits, startAt: Date.parse(digits) })
  const two = (place: number) => (line[at + place] as number) * 10 + (line[at + place + 1] as number) - 528
  const thousandths = (line[at + 20] as number) * 100 + two(21) - 4800
  return day.startAt + two(11) * 3_600_000 + two(14) * 60_000 + two(17) * 1000 + thousandths
}

async function send(): Promise<void> {
  if (commands === 0) return
  socket.write(pipeline.subarray(0, length))
  unanswered += commands
  pipeline = Buffer.allocUnsafe(commandsPerPipeline * longestCommand)
  length = 0
  commands = 0
  await answered((pipelinesOnTheWay - 1) * commandsPerPipeline)
}

/** Waits until no more than `left` commands are without their answer, which is a line each. */
async function answered(left: number): Promise<void> {
  while (unanswered > left) {
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    for (let place = chunk.indexOf(newline); place !== -1; place = chunk.indexOf(newline, place + 1)) unanswered--
  }
}

async function expire(at: number): Promise<void> {
  lastAskAt = at
  await send()
  await answered(0)
  const [, ...silent] = await ask(`ZRANGEBYSCORE ${key} -inf (${at - silentAfterMs}`)
  if (silent.length > 0) await ask(`ZREM ${key} ${silent.filter((line) => !line.startsWith('$')).join(' ')}`)
}

/** The lines of the answer to a command that stands alone. */
async function ask(command: string): Promise<string[]> {
  socket.write(`${command}\r\n`)
  let text = ''
  while (!isWhole(text)) text += String(((await once(socket, 'data')) as [Buffer])[0])
  return text.split('\r\n').slice(0, -1)
}

function isWhole(text: string): boolean {
  const lines = text.split('\r\n')
  const [first = ''] = lines
  if (lines.length < 2) return false
  return !first.startsWith('*') || lines.length >= 2 + 2 * Number(first.slice(1))
}
