import { test } from 'vitest'
import { transcript } from '../../support/transcript.ts'

test('set-status dates the stay at the commit; the status they are in already changes nothing', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat operator add ana -q -o name
    | ana
    $ opstat operator set-status ana ONLINE
    | ID   NAME  ROLE      STATUS  SINCE
    | ana  ana   operator  Online  2026-11-22T12:00:00.000Z
    ! put ana into online, from offline
    $ opstat operator set-status ana online
    | ID   NAME  ROLE      STATUS  SINCE
    | ana  ana   operator  Online  2026-11-22T12:00:00.000Z
    ! ana is in online already; nothing to change
    $ opstat operator set-status ana on-break --dry-run
    | ID   NAME  ROLE      STATUS    SINCE
    | ana  ana   operator  On break  2026-11-22T12:00:00.000Z
    ! dry run: would put ana into on-break, from online; nothing was changed
    $ opstat operator set-status ana "On break" -o json
    | {
    |   "id": "ana",
    |   "name": "ana",
    |   "role": "operator",
    |   "account": null,
    |   "initialStatus": null,
    |   "calendar": null,
    |   "status": "on-break",
    |   "statusName": "On break",
    |   "since": "2026-11-22T12:00:00.000Z"
    | }
    $ opstat operator set-status -q < ana, offline
    ? Which operator?
    ? Put ana into which status?
    | ID   NAME  ROLE      STATUS   SINCE
    | ana  ana   operator  Offline  2026-11-22T12:00:00.000Z
    $ opstat operator set-status ana
    ! error: the status is missing, and there is no terminal to ask on
    ! hint: give STATUS, an id or a name; see: opstat status list
    [2]
    $ opstat operator set-status ana onlin
    ! error: there is no status "onlin"
    ! hint: did you mean online? see: opstat status list
    [4]
    $ opstat operator set-status zoe online
    ! error: there is no operator "zoe"
    ! hint: see: opstat operator list
    [4]
    $ opstat history --operator ana
    | AT                        BY      WHAT                          WHY
    | 2026-11-22T12:00:00.000Z  tester  operator ana added            -
    | 2026-11-22T12:00:00.000Z  tester  ana starts in offline         first recorded
    | 2026-11-22T12:00:00.000Z  tester  ana from offline to online    set by an administrator
    | 2026-11-22T12:00:00.000Z  tester  ana from online to on-break   set by an administrator
    | 2026-11-22T12:00:00.000Z  tester  ana from on-break to offline  set by an administrator
  `)
})
