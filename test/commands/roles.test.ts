import { expect, test } from 'vitest'
import { bytesIn, transcript } from '../support/transcript.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, countAfterClose: false },
    { id: 'offline', name: 'Offline', color: '#757575', canReceive: false, countAfterClose: false },
  ],
  settings: { access: 'roles' },
  operators: [
    { id: 'ana', name: 'Ana', account: 'ana' },
    { id: 'ben', name: 'Ben', account: 'ben' },
    { id: 'sam', name: 'Sam', role: 'supervisor', account: 'sam' },
  ],
}

test('under roles an operator sets their own status and nothing else', async () => {
  const folder = await transcript(
    `
    $ opstat status list -o name
    | online
    | offline
    $ opstat operator set-status ana online -o name
    | ana
    $ opstat operator set-status ben online
    ! error: the account ana (the operator ana) may not set the status of ben
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
    $ opstat operator set-status ben online --dry-run
    ! error: the account ana (the operator ana) may not set the status of ben
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
    $ opstat settings set access open
    ! error: the account ana (the operator ana) may not change the settings
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
    $ opstat operator edit ana --role administrator -o json
    ! {"error":{"code":"not-permitted","message":"the account ana (the operator ana) may not change the roster","hint":"ask a supervisor or administrator; whose account is whose stands in: opstat operator list","details":[],"exitCode":8}}
    [8]
    $ opstat operator add eva
    ! error: the account ana (the operator ana) may not change the roster
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
    $ opstat operator remove ben --yes
    ! error: the account ana (the operator ana) may not change the roster
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
    $ opstat status create Lunch
    ! error: the account ana (the operator ana) may not change the statuses
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
    $ opstat status edit online --color red
    ! error: the account ana (the operator ana) may not change the statuses
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
    $ opstat status delete online --move-to offline --yes
    ! error: the account ana (the operator ana) may not change the statuses
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
    $ opstat init --force
    ! error: the account ana (the operator ana) may not change the catalogue
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
  `,
    { files: { 'statuses.json': catalogue }, account: { name: 'ana', uid: 1001 } },
  )
  await transcript(
    `
    $ opstat operator set-status ben online -o name
    | ben
    $ opstat status create Lunch -o name
    | lunch
  `,
    { folder, account: { name: 'sam', uid: 1002 } },
  )
  await transcript(
    `
    $ opstat settings set access open -o name
    | access
  `,
    { folder, account: { name: 'root', uid: 0 } },
  )
})

test('accounts come from the operating system alone', async () => {
  const folder = await transcript(
    `
    $ opstat operator set-status ana online
    ! error: the account eve (which belongs to no operator) may not set the status of ana
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
  `,
    { files: { 'statuses.json': catalogue }, account: { name: 'eve', uid: 1003 } },
  )
  expect(Object.keys(bytesIn(folder))).toEqual(['statuses.json'])
})

test('under roles whoever may not is told so before anything else about a deletion, and is not asked', async () => {
  const settings = { access: 'roles', defaultOffline: 'offline' }
  const files = { 'statuses.json': { ...catalogue, settings }, 'one.yaml': 'version: 1\nstatuses: [{id: offline}]\n' }
  await transcript(
    `
    $ opstat status delete offline
    ! error: the account ana (the operator ana) may not change the statuses
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
    $ opstat operator remove ben
    ! error: the account ana (the operator ana) may not change the roster
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
    $ opstat apply -f one.yaml --prune
    ! error: the account ana (the operator ana) may not change the catalogue
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
    $ opstat operator remove nobody --yes
    ! error: the account ana (the operator ana) may not change the roster
    ! hint: ask a supervisor or administrator; whose account is whose stands in: opstat operator list
    [8]
  `,
    { files, account: { name: 'ana', uid: 1001 } },
  )
})
