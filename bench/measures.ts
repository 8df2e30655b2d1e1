import type { Ground } from './ground.ts'
import { dayRow } from './records/dayRow.ts'
import { decidingRows } from './records/decidingRows.ts'
import { redisRow } from './records/redisRow.ts'
import { addFlatRow, type HeartbeatCost, heartbeatCosts, replayRows } from './records/replayRows.ts'
import { watchRows } from './records/watchRows.ts'
import type { Group } from './row.ts'
import { startPeerRows } from './start/peerRows.ts'
import { startRows } from './start/startRows.ts'
import { changeRows } from './store/changeRows.ts'
import { commitRows } from './store/commitRows.ts'
import { presenceRows } from './store/presenceRows.ts'

/** Measures these groups in the table's order. Answers what heartbeats cost by operators, where that was measured. */
export async function measureRows(ground: Ground, only: readonly Group[]): Promise<readonly HeartbeatCost[] | null> {
  let costs: readonly HeartbeatCost[] | null = null
  if (only.includes('start')) {
    await startRows(ground)
    await startPeerRows(ground)
  }
  if (only.includes('records')) {
    await replayRows(ground)
    costs = await heartbeatCosts(ground)
    addFlatRow(ground, costs)
    await decidingRows(ground)
    await watchRows(ground)
    await dayRow(ground)
    await redisRow(ground)
  }
  if (only.includes('store')) {
    await changeRows(ground)
    await commitRows(ground)
    await presenceRows(ground)
  }
  return costs
}
