import { test } from 'vitest'
import { transcript } from '../../support/transcript.ts'

test("a fresh catalogue's statuses in every format", async () => {
  await transcript(`
    $ opstat init -q
    $ opstat status list
    | ID        NAME      COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | online    Online    #2e7d32  yes      no                   0  -
    | on-break  On break  #f9a825  no       yes                  0  -
    | offline   Offline   #757575  no       no                   0  default-offline
    $ opstat status list -o name
    | online
    | on-break
    | offline
    $ opstat status list -o csv
    | id,name,color,canReceive,countAfterClose,operators,usedAs
    | online,Online,#2e7d32,true,false,0,
    | on-break,On break,#f9a825,false,true,0,
    | offline,Offline,#757575,false,false,0,default-offline
    $ opstat status list -o jsonl
    | {"id":"online","name":"Online","color":"#2e7d32","canReceive":true,"countAfterClose":false,"operators":0,"usedAs":[]}
    | {"id":"on-break","name":"On break","color":"#f9a825","canReceive":false,"countAfterClose":true,"operators":0,"usedAs":[]}
    | {"id":"offline","name":"Offline","color":"#757575","canReceive":false,"countAfterClose":false,"operators":0,"usedAs":["default-offline"]}
  `)
})

test('status show finds by id and by name in any case, and asks where it can', async () => {
  await transcript(`
    $ opstat init -q
    $ opstat status show ON-BREAK
    | ID        NAME      COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | on-break  On break  #f9a825  no       yes                  0  -
    $ opstat status show "on Break" -o json
    | {
    |   "id": "on-break",
    |   "name": "On break",
    |   "color": "#f9a825",
    |   "canReceive": false,
    |   "countAfterClose": true,
    |   "operators": 0,
    |   "usedAs": []
    | }
    $ opstat status show onlin
    ! error: there is no status "onlin"
    ! hint: did you mean online? see: opstat status list
    [4]
    $ opstat status show
    ! error: the status is missing, and there is no terminal to ask on
    ! hint: give STATUS, an id or a name; see: opstat status list
    [2]
    $ opstat status show -o json
    ! {"error":{"code":"missing-answer","message":"the status is missing, and there is no terminal to ask on","hint":"give STATUS, an id or a name; see: opstat status list","details":[],"exitCode":2}}
    [2]
    $ opstat status show -q < on-break
    ? Show which status?
    | ID        NAME      COLOR    RECEIVE  AFTER CLOSE  OPERATORS  USED AS
    | on-break  On break  #f9a825  no       yes                  0  -
  `)
})
