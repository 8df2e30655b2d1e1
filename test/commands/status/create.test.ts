import { test } from 'vitest'
import { transcript } from '../../support/transcript.ts'

test('status create adds a status, its id made from its name', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat status create Lunch --color orange --count-after-close --position 2
    | ID     NAME   COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | lunch  Lunch  #ffa500  no       yes                  0  -
    ! created the status lunch (Lunch)
    $ opstat status create "Back office" --id office --color "#ABC" --can-receive --dry-run
    | ID      NAME         COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | office  Back office  #aabbcc  yes      no                   0  -
    ! dry run: would create the status office (Back office); nothing was changed
    $ opstat status create "Back office" --id office --color "#ABC" --can-receive -o json
    | {
    |   "id": "office",
    |   "name": "Back office",
    |   "color": "#aabbcc",
    |   "canReceive": true,
    |   "countAfterClose": false,
    |   "operators": 0,
    |   "usedAs": []
    | }
    $ opstat status create Перерва
    | ID       NAME     COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | pererva  Перерва  #b26a00  no       no                   0  -
    ! created the status pererva (Перерва)
    $ opstat status create 休憩 -o name
    | status-1
    $ opstat status list -o name
    | online
    | lunch
    | on-break
    | offline
    | office
    | pererva
    | status-1
  `)
})

test("status create refuses what can't be, and changes nothing", async () => {
  await transcript(`
    $ opstat init -q
    $ opstat status create
    ! error: the new status's name is missing, and there is no terminal to ask on
    ! hint: give NAME: opstat status create NAME
    [2]
    $ opstat status create --no-input < Lunch
    ! error: the new status's name is missing, and asking was ruled out with --no-input
    ! hint: give NAME: opstat status create NAME
    [2]
    $ opstat status create ONLINE
    ! error: the name "ONLINE" is taken by the status online
    ! hint: choose another name, or see: opstat status show online
    [5]
    $ opstat status create "on-break"
    ! error: the name "on-break" is the id of another status
    ! hint: choose another name, or see: opstat status show on-break
    [5]
    $ opstat status create X --id online
    ! error: the status id "online" is taken
    ! hint: choose another with --id, or see: opstat status show online
    [5]
    $ opstat status create X --color oragne --id "A B"
    ! error: command line has 2 problems
    !   - id: "A B" is no status id: a to z, 0 to 9, _ and - are allowed, the first a letter or digit
    !   - color: "oragne" is no colour: write #rgb, #rrggbb or a CSS colour name
    ! hint: nothing was changed; mend all of them and try again
    [3]
    $ opstat status create X --position 0
    ! error: --position: "0" won't do: write a whole number from 1, the first place
    ! hint: see: opstat status create --help
    [2]
    $ opstat status create X --position two
    ! error: --position: "two" won't do: write a whole number from 1, the first place
    ! hint: see: opstat status create --help
    [2]
    $ opstat status create X --can-receive --count-after-close
    ! error: canReceive: "X" has both canReceive and countAfterClose: only one of them can be true
    ! hint: give only one; on a status that has the other already, switch that off: --no-can-receive or --no-count-after-close
    [3]
    $ opstat status create X --can-receive --count-after-close -o json
    ! {"error":{"code":"invalid","message":"canReceive: \\"X\\" has both canReceive and countAfterClose: only one of them can be true","hint":"give only one; on a status that has the other already, switch that off: --no-can-receive or --no-count-after-close","details":[],"exitCode":3}}
    [3]
  `)
})

test('on a terminal status create asks for what is missing, and only for what can be', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat status create < Online, Lunch, #0072b2, no, yes
    ? Name
    ? the name "Online" is taken by the status online
    ? Colour
    ? Can operators in it receive new dialogues?
    ? Does its time count only from the close of the last dialogue?
    | ID     NAME   COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | lunch  Lunch  #0072b2  no       yes                  0  -
    ! created the status lunch (Lunch)
    $ opstat status create < Tea, other, oragne, teal, yes
    ? Name
    ? Colour
    ? Colour (#rgb, #rrggbb or a CSS colour name)
    ? "oragne" is no colour: write #rgb, #rrggbb or a CSS colour name
    ? Can operators in it receive new dialogues?
    | ID   NAME  COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | tea  Tea   #008080  yes      no                   0  -
    ! created the status tea (Tea)
    $ opstat status create Cake --color pink --count-after-close <
    | ID    NAME  COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | cake  Cake  #ffc0cb  no       yes                  0  -
    ! created the status cake (Cake)
    ! #ffc0cb is hard to see on white (contrast 1.5:1, 3:1 is wanted); text on it should be black
    $ opstat status create Soup --color pink --no-can-receive < yes
    ? Does its time count only from the close of the last dialogue?
    | ID    NAME  COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | soup  Soup  #ffc0cb  no       yes                  0  -
    ! created the status soup (Soup)
    ! #ffc0cb is hard to see on white (contrast 1.5:1, 3:1 is wanted); text on it should be black
    $ opstat status create lunch <
    ! error: the name "lunch" is taken by the status lunch
    ! hint: choose another name, or see: opstat status show lunch
    [5]
  `)
})

test('a terminal that goes away in the middle of the questions leaves everything as it was', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat status create Rice < #0072b2
    ? Colour
    ? Can operators in it receive new dialogues?
    ! error: the terminal was closed before the question was answered; nothing was changed
    ! hint: give the answer as an argument or flag: see --help
    [2]
    $ opstat status edit on-break < Pause
    ? Name
    ? Colour
    ! error: the terminal was closed before the question was answered; nothing was changed
    ! hint: give the answer as an argument or flag: see --help
    [2]
    $ opstat status delete on-break <
    ? Delete the status on-break (On break)?
    ! error: the terminal was closed before the question was answered; nothing was changed
    ! hint: give the answer as an argument or flag: see --help
    [2]
    $ opstat init --force <
    ? Replace …/statuses.json? It is backed up first.
    ! error: the terminal was closed before the question was answered; nothing was changed
    ! hint: give the answer as an argument or flag: see --help
    [2]
  `)
})
