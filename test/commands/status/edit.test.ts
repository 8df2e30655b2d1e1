import { test } from 'vitest'
import { transcript } from '../../support/transcript.ts'

test('status edit changes only what is given; the id stays', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat status edit on-break --name Pause --color teal
    | ID        NAME   COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | on-break  Pause  #008080  no       yes                  0  -
    ! changed the status on-break (Pause)
    $ opstat status edit pause --name Pause
    | ID        NAME   COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | on-break  Pause  #008080  no       yes                  0  -
    ! the status on-break (Pause) is like that already; nothing to change
    $ opstat status edit on-break --can-receive --no-count-after-close --dry-run
    | ID        NAME   COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | on-break  Pause  #008080  yes      no                   0  -
    ! dry run: would change the status on-break (Pause); nothing was changed
    $ opstat status edit on-break --can-receive --no-count-after-close -o json
    | {
    |   "id": "on-break",
    |   "name": "Pause",
    |   "color": "#008080",
    |   "canReceive": true,
    |   "countAfterClose": false,
    |   "operators": 0,
    |   "usedAs": []
    | }
    $ opstat status edit offline --position 1 -o name
    | offline
    $ opstat status list
    | ID        NAME     COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | offline   Offline  #757575  no       no                   0  default-offline
    | online    Online   #2e7d32  yes      no                   0  -
    | on-break  Pause    #008080  yes      no                   0  -
  `)
})

test('status edit never clears a flag by itself, and keeps the targets from receiving', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat status edit on-break --can-receive
    ! error: canReceive: "on-break" has both canReceive and countAfterClose: only one of them can be true
    ! hint: give only one; on a status that has the other already, switch that off: --no-can-receive or --no-count-after-close
    [3]
    $ opstat status edit online --count-after-close
    ! error: countAfterClose: "online" has both canReceive and countAfterClose: only one of them can be true
    ! hint: give only one; on a status that has the other already, switch that off: --no-can-receive or --no-count-after-close
    [3]
    $ opstat status edit offline --can-receive
    ! error: the status "Offline" (offline) can't receive: absent operators are put into it
    !   - it is the default offline status; to change that: opstat settings set default-offline STATUS (or none)
    ! hint: name another status there first, or leave can-receive off with --no-can-receive
    [5]
    $ opstat settings set auto-offline on-break -q -o name
    | auto-offline
    $ opstat status edit on-break --can-receive --no-count-after-close
    ! error: the status "On break" (on-break) can't receive: absent operators are put into it
    !   - auto-offline switches absent operators to it; to change that: opstat settings set auto-offline STATUS (or none)
    ! hint: name another status there first, or leave can-receive off with --no-can-receive
    [5]
    $ opstat status edit offline --name ONLINE
    ! error: the name "ONLINE" is taken by the status online
    ! hint: choose another name, or see: opstat status show online
    [5]
    $ opstat status edit offline
    ! error: what to change is missing, and there is no terminal to ask on
    ! hint: give one of the flags: opstat status edit --help
    [2]
    $ opstat status edit
    ! error: the status is missing, and there is no terminal to ask on
    ! hint: give STATUS, an id or a name; see: opstat status list
    [2]
    $ opstat status edit ofline --name X
    ! error: there is no status "ofline"
    ! hint: did you mean online or offline? see: opstat status list
    [4]
  `)
})

test('on a terminal status edit without flags asks for everything', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat status edit < on-break, Pause, #0072b2, no, no
    ? Change which status?
    ? Name
    ? Colour
    ? Can operators in it receive new dialogues?
    ? Does its time count only from the close of the last dialogue?
    | ID        NAME   COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | on-break  Pause  #0072b2  no       no                   0  -
    ! changed the status on-break (Pause)
    $ opstat status edit on-break < Online, Break, #0072b2, no, yes
    ? Name
    ? the name "Online" is taken by the status online
    ? Colour
    ? Can operators in it receive new dialogues?
    ? Does its time count only from the close of the last dialogue?
    | ID        NAME   COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | on-break  Break  #0072b2  no       yes                  0  -
    ! changed the status on-break (Break)
    $ opstat status edit on-break < Break, #0072b2, yes, no
    ? Name
    ? Colour
    ? Can operators in it receive new dialogues?
    ? on-break (Break) counts after the close, which a receiving status can't. Stop counting so?
    ! error: canReceive: "on-break" has both canReceive and countAfterClose: only one of them can be true
    ! hint: give only one; on a status that has the other already, switch that off: --no-can-receive or --no-count-after-close
    [3]
    $ opstat status edit on-break < Break, #0072b2, yes, yes
    ? Name
    ? Colour
    ? Can operators in it receive new dialogues?
    ? on-break (Break) counts after the close, which a receiving status can't. Stop counting so?
    | ID        NAME   COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | on-break  Break  #0072b2  yes      no                   0  -
    ! changed the status on-break (Break)
    $ opstat status edit offline -q < Away, #757575, no
    ? Name
    ? Colour
    ? Does its time count only from the close of the last dialogue?
    | ID       NAME  COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | offline  Away  #757575  no       no                   0  default-offline
    ! the status "Offline" (offline) can't receive: absent operators are put into it
    $ opstat status edit online -q < Online, #2e7d32, yes
    ? Name
    ? Colour
    ? Can operators in it receive new dialogues?
    | ID      NAME    COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | online  Online  #2e7d32  yes      no                   0  -
  `)
})
