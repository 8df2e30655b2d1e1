import { test } from 'vitest'
import { transcript } from '../../support/transcript.ts'

test('the settings are shown with what they come to', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat settings show
    | SETTING          VALUE    MEANING
    | default-offline  offline  where operators start, and go where auto-offline is off
    | auto-offline     none     no status of its own for absent operators
    | offline-after    10m      silence after which an operator is switched
    | session-timeout  2m       silence after which a session counts as gone
    | feed-timeout     1m       silence of the feed that counts as blindness
    | mass-guard       off      holds switches of many at once
    | access           open     whoever can write the files may change them
    | Operators without a sign of life for 10m are switched to offline (Offline): auto-offline is off, and default-offline names it.
    $ opstat settings show -o json
    | {
    |   "defaultOffline": "offline",
    |   "autoOffline": {
    |     "enabled": false,
    |     "status": null
    |   },
    |   "offlineAfter": "10m",
    |   "sessionTimeout": "2m",
    |   "feedTimeout": "1m",
    |   "massGuard": null,
    |   "access": "open"
    | }
    $ opstat settings show -o csv
    | key,value
    | default-offline,offline
    | auto-offline,none
    | offline-after,10m
    | session-timeout,2m
    | feed-timeout,1m
    | mass-guard,off
    | access,open
  `)
})

test('settings set says what absent operators now do', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat settings set auto-offline on-break
    | SETTING       VALUE     MEANING
    | auto-offline  on-break  where absent operators go
    ! set auto-offline to on-break
    ! Operators without a sign of life for 10m are switched to on-break (On break): auto-offline names it.
    $ opstat settings set auto-offline off
    | SETTING       VALUE  MEANING
    | auto-offline  off    disabled; remembers on-break
    ! set auto-offline to off
    ! Operators without a sign of life for 10m are switched to offline (Offline): auto-offline is off, and default-offline names it.
    $ opstat settings set auto-offline none
    | SETTING       VALUE  MEANING
    | auto-offline  none   no status of its own for absent operators
    ! set auto-offline to none
    ! Operators without a sign of life for 10m are switched to offline (Offline): auto-offline is off, and default-offline names it.
    $ opstat settings set default-offline none
    | SETTING          VALUE  MEANING
    | default-offline  none   where operators start, and go where auto-offline is off
    ! set default-offline to none
    ! Operators without a sign of life for 10m are switched to offline (Offline): no setting names a status, and it is the first with neither flag.
    $ opstat settings set offline-after never
    | SETTING        VALUE  MEANING
    | offline-after  never  silence after which an operator is switched
    ! set offline-after to never
    ! The rule is off: nobody is switched, however long they are away.
    $ opstat settings set offline-after 90s -o json
    | {
    |   "defaultOffline": null,
    |   "autoOffline": {
    |     "enabled": false,
    |     "status": null
    |   },
    |   "offlineAfter": "1m30s",
    |   "sessionTimeout": "2m",
    |   "feedTimeout": "1m",
    |   "massGuard": null,
    |   "access": "open"
    | }
    $ opstat settings set offline-after 90s
    | SETTING        VALUE  MEANING
    | offline-after  1m30s  silence after which an operator is switched
    ! offline-after is 1m30s already; nothing to change
    ! Operators without a sign of life for 1m30s are switched to offline (Offline): no setting names a status, and it is the first with neither flag.
    $ opstat settings set mass-guard 30%
    | SETTING     VALUE  MEANING
    | mass-guard  30%    holds switches of many at once
    ! set mass-guard to 30%
    $ opstat settings set feed-timeout never
    | SETTING       VALUE  MEANING
    | feed-timeout  never  silence of the feed that counts as blindness
    ! set feed-timeout to never
    $ opstat settings set access roles --dry-run
    | SETTING  VALUE  MEANING
    | access   roles  supervisors and administrators may change things
    ! dry run: would set access to roles; nothing was changed
    ! No supervisor or administrator has an account, so only root can change anything under roles.
  `)
})

test('settings set refuses unknown keys, receiving targets and malformed values', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat settings set offline-after 10
    ! error: offline-after: "10" is no duration: say the unit, as in 90s or 10m
    ! hint: nothing was changed
    [3]
    $ opstat settings set offline-after 25h
    ! error: offline-after: "25h" is too long: offline-after takes up to 24h, everything else up to 366d
    ! hint: nothing was changed
    [3]
    $ opstat settings set session-timeout never
    ! error: session-timeout: "never" is no duration: here one is needed
    ! hint: nothing was changed
    [3]
    $ opstat settings set mass-guard 0%
    ! error: mass-guard: "0%" is no guard: write a percentage such as 30%, {"share": 0.3, "atLeast": 3, "hold": "2m"}, or off
    ! hint: nothing was changed
    [3]
    $ opstat settings set default-offline online
    ! error: default-offline: "online" can receive, so default-offline can't name it: absent operators would stay in the routing
    ! hint: nothing was changed
    [3]
    $ opstat settings set default-offline lunch
    ! error: there is no status "lunch"
    ! hint: see: opstat status list
    [4]
    $ opstat settings set colour red
    ! error: there is no setting "colour"
    ! hint: the settings are default-offline, auto-offline, offline-after, session-timeout, feed-timeout, mass-guard, access
    [4]
    $ opstat settings set access closed
    ! error: "closed" is no access mode
    ! hint: write open or roles
    [2]
    $ opstat settings set
    ! error: the setting is missing, and there is no terminal to ask on
    ! hint: give KEY, one of default-offline, auto-offline, offline-after, session-timeout, feed-timeout, mass-guard, access
    [2]
    $ opstat settings set access
    ! error: the value is missing, and there is no terminal to ask on
    ! hint: give VALUE: opstat settings set access VALUE
    [2]
  `)
})

test('on a terminal settings set asks for key and value', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat settings set -q < offline-after, 10, 5m
    ? Set what?
    ? Value of offline-after
    ? offline-after: "10" is no duration: say the unit, as in 90s or 10m
    | SETTING        VALUE  MEANING
    | offline-after  5m     silence after which an operator is switched
    $ opstat settings set access -q < roles
    ? Value of access
    | SETTING  VALUE  MEANING
    | access   roles  supervisors and administrators may change things
  `)
})
