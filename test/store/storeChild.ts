import { createInterface } from 'node:readline'
import { ok } from '../../src/domain/result.ts'
import { realDisk } from '../../src/store/disk/disk.ts'
import { createFileStore } from '../../src/store/fileStore.ts'
import { machineClock } from '../../src/system/clock.ts'
import { breakableDisk } from './brokenDisk.ts'
import { addStatus, enter } from './decisions.ts'

/*
 * A process that works on a store until its standard input says so, bundled by `processes.ts`. A line on standard
 * output is an acknowledgement.
 */
const [file = '', task = '', first = '', second = ''] = process.argv.slice(2)
const killed = breakableDisk(({ number }) => {
  if (number === Number(first)) process.kill(process.pid, 'SIGKILL')
  return 'go on'
})
const disk = task === 'die' ? killed.disk : realDisk
const store = createFileStore({ file, clock: machineClock, by: task, disk, lockWaitMs: 60_000 })
const say = (line: string) => new Promise<void>((resolve) => process.stdout.write(`${line}\n`, () => resolve()))

async function insist(result: Promise<{ readonly ok: boolean }>): Promise<void> {
  const answer = await result
  if (!answer.ok) throw new Error(JSON.stringify(answer))
}

async function work(): Promise<void> {
  switch (task) {
    case 'create': {
      await insist(store.transact(addStatus(first)))
      return say(first)
    }
    case 'move': {
      for (let count = 0; count < Number(second); count += 1) {
        await insist(store.transact(enter(first, count % 2 === 0 ? 'online' : 'offline')))
        await say(`${first} ${count}`)
      }
      return
    }
    case 'die':
      return insist(store.transact(addStatus(second)))
    case 'hold':
      return insist(
        store.transact(async () => {
          await say('held')
          for await (const _ of createInterface({ input: process.stdin })) break
          return ok({ facts: [], value: null })
        }),
      )
    default:
      throw new Error(`no such task: ${task}`)
  }
}

void work()
