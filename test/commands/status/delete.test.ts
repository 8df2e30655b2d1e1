import { test } from 'vitest'
import { transcript } from '../../support/transcript.ts'

test("a status that settings name can't be deleted, and the command that ends it is said", async () => {
  await transcript(`
    $ opstat init -q
    $ opstat status delete offline --yes
    ! error: the status "Offline" (offline) is in use
    !   - it is the default offline status; to change that: opstat settings set default-offline STATUS (or none)
    ! hint: nothing was deleted; settle each of these first
    [5]
    $ opstat settings set auto-offline on-break -q -o name
    | auto-offline
    $ opstat status delete on-break --yes
    ! error: the status "On break" (on-break) is in use
    !   - auto-offline switches absent operators to it; to change that: opstat settings set auto-offline STATUS (or none)
    ! hint: nothing was deleted; settle each of these first
    [5]
    $ opstat settings set auto-offline off -q -o name
    | auto-offline
    $ opstat status delete on-break --yes -o json
    ! {"error":{"code":"status-in-use","message":"the status \\"On break\\" (on-break) is in use","hint":"nothing was deleted; settle each of these first","details":["auto-offline, switched off, remembers it; to change that: opstat settings set auto-offline none"],"exitCode":5}}
    [5]
    $ opstat settings set auto-offline none -q -o name
    | auto-offline
    $ opstat status delete on-break --no-input < yes
    ! error: to delete the status on-break (On break) needs a yes, and asking was ruled out with --no-input
    ! hint: add --yes
    [2]
    $ opstat status delete on-break
    ! error: to delete the status on-break (On break) needs a yes, and there is no terminal to ask on
    ! hint: add --yes
    [2]
    $ opstat status delete on-break --yes
    ! deleted the status on-break (On break)
  `)
})

test('several statuses are deleted all or none, and their operators moved', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat status create Lunch -q -o name
    | lunch
    $ opstat operator add ana --status lunch -q -o name
    | ana
    $ opstat operator add ben -q -o name
    | ben
    $ opstat operator set-status ben on-break -q -o name
    | ben
    $ opstat status delete
    ! error: the status is missing, and there is no terminal to ask on
    ! hint: give STATUS, an id or a name; see: opstat status list
    [2]
    $ opstat status delete lunch nothing --yes
    ! error: there is no status "nothing"
    ! hint: see: opstat status list
    [4]
    $ opstat status delete lunch on-break --yes
    ! error: the statuses "Lunch" (lunch), "On break" (on-break) are in use
    !   - lunch: ana is in it; to move them: opstat status delete lunch --move-to STATUS
    !   - lunch: ana is to start in it; to move them: opstat status delete lunch --move-to STATUS
    !   - on-break: ben is in it; to move them: opstat status delete on-break --move-to STATUS
    ! hint: nothing was deleted; settle each of these first
    [5]
    $ opstat status delete lunch on-break --move-to lunch --yes
    ! error: the status "Lunch" (lunch) is in use
    !   - it is deleted too, so nobody can be moved there; name another status with --move-to STATUS
    ! hint: nothing was deleted; settle each of these first
    [5]
    $ opstat status delete lunch on-break --move-to gone --yes
    ! error: there is no status "gone"
    ! hint: see: opstat status list
    [4]
    $ opstat status delete lunch on-break --move-to offline
    ! error: to delete the statuses lunch (Lunch) and on-break (On break) and move 2 operators and the start of 1 operator to offline needs a yes, and there is no terminal to ask on
    ! hint: add --yes
    [2]
    $ opstat status delete lunch on-break --move-to offline --dry-run
    ! dry run: would delete the statuses lunch (Lunch) and on-break (On break) and move 2 operators and the start of 1 operator to offline; nothing was changed
    $ opstat status delete lunch on-break --move-to offline --yes -o json
    | {
    |   "deleted": [
    |     {
    |       "id": "lunch",
    |       "name": "Lunch",
    |       "color": "#b26a00",
    |       "canReceive": false,
    |       "countAfterClose": false
    |     },
    |     {
    |       "id": "on-break",
    |       "name": "On break",
    |       "color": "#f9a825",
    |       "canReceive": false,
    |       "countAfterClose": true
    |     }
    |   ],
    |   "moved": [
    |     {
    |       "operator": "ana",
    |       "from": "lunch",
    |       "to": "offline"
    |     },
    |     {
    |       "operator": "ben",
    |       "from": "on-break",
    |       "to": "offline"
    |     }
    |   ],
    |   "restarted": [
    |     {
    |       "operator": "ana",
    |       "from": "lunch",
    |       "to": "offline"
    |     }
    |   ]
    | }
    $ opstat operator list
    | ID   NAME  ROLE      STATUS   SINCE                     STARTS IN
    | ana  ana   operator  Offline  2026-11-22T12:00:00.000Z  offline
    | ben  ben   operator  Offline  2026-11-22T12:00:00.000Z  -
    $ opstat history --limit 5
    | AT                        BY      WHAT                                                  WHY
    | 2026-11-22T12:00:00.000Z  tester  ana from lunch to offline                             lunch was deleted
    | 2026-11-22T12:00:00.000Z  tester  ben from on-break to offline                          on-break was deleted
    | 2026-11-22T12:00:00.000Z  tester  status on-break (On break) deleted                    -
    | 2026-11-22T12:00:00.000Z  tester  status lunch (Lunch) deleted                          -
    | 2026-11-22T12:00:00.000Z  tester  operator ana changed: initialStatus lunch to offline  -
  `)
})

test('on a terminal status delete asks where operators go and whether it is meant', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat operator add ana --status on-break -q -o name
    | ana
    $ opstat status delete on-break < online, no
    ? on-break (On break) has 1 operator in it (ana) and 1 operator starting there (ana). Where do they go?
    ? Delete the status on-break (On break) and move 1 operator and the start of 1 operator to online?
    ! nothing was deleted
    $ opstat status delete on-break --yes < online
    ! error: the status "On break" (on-break) is in use
    !   - ana is in it; to move them: opstat status delete on-break --move-to STATUS
    !   - ana is to start in it; to move them: opstat status delete on-break --move-to STATUS
    ! hint: nothing was deleted; settle each of these first
    [5]
    $ opstat status delete < on-break, offline, yes
    ? Delete which status?
    ? on-break (On break) has 1 operator in it (ana) and 1 operator starting there (ana). Where do they go?
    ? Delete the status on-break (On break) and move 1 operator and the start of 1 operator to offline?
    ! deleted the status on-break (On break); moved 1 operator and the start of 1 operator to offline
    $ opstat status delete offline < yes
    ! error: the status "Offline" (offline) is in use
    !   - it is the default offline status; to change that: opstat settings set default-offline STATUS (or none)
    !   - ana is in it; to move them: opstat status delete offline --move-to STATUS
    !   - ana is to start in it; to move them: opstat status delete offline --move-to STATUS
    ! hint: nothing was deleted; settle each of these first
    [5]
    $ opstat operator show ana
    | ID   NAME  ROLE      STATUS   SINCE                     STARTS IN
    | ana  ana   operator  Offline  2026-11-22T12:00:00.000Z  offline
  `)
})
