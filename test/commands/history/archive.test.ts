import { test } from 'vitest'
import { transcript } from '../../support/transcript.ts'

test('history archive says what it would do, does it, and everything reads both parts', async () => {
  await transcript(`
    $ opstat init -q -o name
    | online
    | on-break
    | offline
    $ opstat history archive
    ! error: the time is missing, and there is no terminal to ask on
    ! hint: give --before TIME
    [2]
    $ opstat history archive < yesterday, 2026-11-22T12:00:00Z
    ? Archive what was written before which time?
    ? --before: "yesterday" is no time: write RFC 3339 such as 2026-11-22T10:00:00Z, or epoch milliseconds
    ! nothing was written before 2026-11-22T12:00:00.000Z; nothing to archive
    $ opstat history archive --before yesterday
    ! error: --before: "yesterday" is no time: write RFC 3339 such as 2026-11-22T10:00:00Z, or epoch milliseconds
    [3]
    $ opstat history archive --before 2027-01-01T00:00:00Z
    ! error: --before 2027-01-01T00:00:00Z lies in the future
    ! hint: give a time that has passed
    [2]
    $ opstat history archive --before 2026-11-22T12:00:00Z
    ! nothing was written before 2026-11-22T12:00:00.000Z; nothing to archive
    $ opstat history -o name
    | 1
    | 2
    | 3
    | 4
  `)
})

test('only who may change the catalogue may archive', async () => {
  const catalogue = {
    version: 1,
    statuses: [{ id: 'offline', name: 'Offline', color: '#757575', canReceive: false, countAfterClose: false }],
    settings: { access: 'roles' },
  }
  await transcript(
    `
    $ opstat history archive --before 2026-11-22T12:00:00Z
    ! error: the account tester (which belongs to no operator) may not change the catalogue
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
  `,
    { files: { 'statuses.json': catalogue } },
  )
})
