import type { Ground } from './ground.ts'
import { dayRow } from './records/dayRow.ts'
import { decidingRows } from './records/decidingRows.ts'
import { redisRow } from './records/redisRow.ts'
import { addFlatRow, heartbeatCosts, replayRows } from './records/replayRows.ts'
import { watchRows } from './records/watchRows.ts'
import type { Group } from './row.ts'
import { startPeerRows } from './start/peerRows.ts'
import { startRows } from './start/startRows.ts'
import { changeRows } from './store/changeRows.ts'
import { commitRows } from './store/commitRows.ts'
import { presenceRows } from './store/presenceRows.ts'

/** What is measured for each group of rows, in the table's order. */
export const measures: Readonly<Record<Group, (ground: Ground) => Promise<void>>> = {
  async start(ground) {
    await startRows(ground)
    await startPeerRows(ground)
  },
  async records(ground) {
    await replayRows(ground)
    addFlatRow(ground, await heartbeatCosts(ground))
    await decidingRows(ground)
    await watchRows(ground)
    await dayRow(ground)
    await redisRow(ground)
  },
  async store(ground) {
    await changeRows(ground)
    await commitRows(ground)
    await presenceRows(ground)
  },
}
