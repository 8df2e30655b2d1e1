import { test } from 'vitest'
import { transcript } from '../../support/transcript.ts'

test('the roster grows, is shown and shrinks', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat operator list
    ! there is no operator yet; add one: opstat operator add ID
    $ opstat operator add ana
    | ID   NAME  ROLE      STATUS   SINCE
    | ana  ana   operator  Offline  2026-11-22T12:00:00.000Z
    ! added the operator ana, who starts in offline
    $ opstat operator add ben --name "Ben Ray" --role supervisor --account ben --status "on break"
    | ID   NAME     ROLE        STATUS    SINCE                     STARTS IN  ACCOUNT
    | ben  Ben Ray  supervisor  On break  2026-11-22T12:00:00.000Z  on-break   ben
    ! added the operator ben (Ben Ray), who starts in on-break
    $ opstat operator add eva --dry-run
    | ID   NAME  ROLE      STATUS   SINCE
    | eva  eva   operator  Offline  2026-11-22T12:00:00.000Z
    ! dry run: would add the operator eva, who starts in offline; nothing was changed
    $ opstat operator list
    | ID   NAME     ROLE        STATUS    SINCE                     STARTS IN  ACCOUNT
    | ana  ana      operator    Offline   2026-11-22T12:00:00.000Z  -          -
    | ben  Ben Ray  supervisor  On break  2026-11-22T12:00:00.000Z  on-break   ben
    $ opstat operator list -o csv
    | id,name,role,account,initialStatus,calendar,status,statusName,since
    | ana,ana,operator,,,,offline,Offline,2026-11-22T12:00:00.000Z
    | ben,Ben Ray,supervisor,ben,on-break,,on-break,On break,2026-11-22T12:00:00.000Z
    $ opstat operator show ben -o json
    | {
    |   "id": "ben",
    |   "name": "Ben Ray",
    |   "role": "supervisor",
    |   "account": "ben",
    |   "initialStatus": "on-break",
    |   "calendar": null,
    |   "status": "on-break",
    |   "statusName": "On break",
    |   "since": "2026-11-22T12:00:00.000Z"
    | }
    $ opstat operator edit ana --name "Ana K" --role administrator --account ana --status online
    | ID   NAME   ROLE           STATUS   SINCE                     STARTS IN  ACCOUNT
    | ana  Ana K  administrator  Offline  2026-11-22T12:00:00.000Z  online     ana
    ! changed the operator ana (Ana K)
    $ opstat operator edit ana --no-account --no-status
    | ID   NAME   ROLE           STATUS   SINCE
    | ana  Ana K  administrator  Offline  2026-11-22T12:00:00.000Z
    ! changed the operator ana (Ana K)
    $ opstat operator edit ana --name "Ana K"
    | ID   NAME   ROLE           STATUS   SINCE
    | ana  Ana K  administrator  Offline  2026-11-22T12:00:00.000Z
    ! the operator ana (Ana K) is like that already; nothing to change
    $ opstat operator remove ana
    ! error: to remove the operator ana (Ana K) needs a yes, and there is no terminal to ask on
    ! hint: add --yes
    [2]
    $ opstat operator remove ana --dry-run
    ! dry run: would remove the operator ana (Ana K); nothing was changed
    $ opstat operator remove ana ben --yes
    ! removed the operators ana (Ana K) and ben (Ben Ray); the history keeps what they did
    $ opstat operator list -o name
    $ opstat history --operator ana
    | AT                        BY      WHAT                                                                                                                        WHY
    | 2026-11-22T12:00:00.000Z  tester  operator ana added                                                                                                          -
    | 2026-11-22T12:00:00.000Z  tester  ana starts in offline                                                                                                       first recorded
    | 2026-11-22T12:00:00.000Z  tester  operator ana changed: name ana to Ana K, role operator to administrator, account none to ana, initialStatus none to online  -
    | 2026-11-22T12:00:00.000Z  tester  operator ana changed: account ana to none, initialStatus online to none                                                     -
    | 2026-11-22T12:00:00.000Z  tester  operator ana (Ana K) removed                                                                                                -
  `)
})

test('the roster refuses ids that are taken, flawed or unknown, and what does not exist', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat operator add ana -q -o name
    | ana
    $ opstat operator add ana
    ! error: the operator id "ana" is taken
    ! hint: choose another id, or see: opstat operator show ana
    [5]
    $ opstat operator add "a b"
    ! error: id: "a b" is no operator id: blanks and control characters are not allowed
    ! hint: nothing was changed
    [3]
    $ opstat operator add eva --status nowhere
    ! error: there is no status "nowhere"
    ! hint: see: opstat status list
    [4]
    $ opstat operator add eva --calendar work
    ! error: there is no calendar "work"
    ! hint: see: opstat export, under "calendars"
    [4]
    $ opstat operator add eva --role boss
    ! error: --role: "boss" is not one of operator, supervisor, administrator
    ! hint: see: opstat operator add --help
    [2]
    $ opstat operator add
    ! error: the new operator's id is missing, and there is no terminal to ask on
    ! hint: give ID: opstat operator add ID
    [2]
    $ opstat operator edit ana
    ! error: what to change is missing, and there is no terminal to ask on
    ! hint: give one of the flags: opstat operator edit --help
    [2]
    $ opstat operator edit anna --name X
    ! error: there is no operator "anna"
    ! hint: did you mean ana? see: opstat operator list
    [4]
    $ opstat operator edit ana --account ""
    ! error: account: "" is not a text or null
    ! hint: nothing was changed
    [3]
    $ opstat operator show bana
    ! error: there is no operator "bana"
    ! hint: did you mean ana? see: opstat operator list
    [4]
    $ opstat operator remove ana zoe --yes
    ! error: there is no operator "zoe"
    ! hint: see: opstat operator list
    [4]
    $ opstat operator remove
    ! error: the operator is missing, and there is no terminal to ask on
    ! hint: give OPERATOR, an id; see: opstat operator list
    [2]
  `)
})

test("on a terminal the roster's commands ask for what is missing", async () => {
  await transcript(`
    $ opstat init -q
    $ opstat operator add < a b, ana, Ana
    ? Id, as the feed calls them
    ? "a b" is no operator id: blanks and control characters are not allowed
    ? Name
    | ID   NAME  ROLE      STATUS   SINCE
    | ana  Ana   operator  Offline  2026-11-22T12:00:00.000Z
    ! added the operator ana (Ana), who starts in offline
    $ opstat operator add ben -q -o name <
    | ben
    $ opstat operator edit ana < Ana K, supervisor
    ? Name
    ? Role
    | ID   NAME   ROLE        STATUS   SINCE
    | ana  Ana K  supervisor  Offline  2026-11-22T12:00:00.000Z
    ! changed the operator ana (Ana K)
    $ opstat operator show -o name < ben
    ? Show which operator?
    | ben
    $ opstat operator remove < ana, no
    ? Remove which operator?
    ? Remove the operator ana (Ana K)?
    ! nobody was removed
    $ opstat operator remove < ana, yes
    ? Remove which operator?
    ? Remove the operator ana (Ana K)?
    ! removed the operator ana (Ana K); the history keeps what they did
  `)
})
