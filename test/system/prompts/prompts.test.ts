import { describe, expect, test } from 'vitest'
import { createFolder } from '../../support/opstat.ts'
import { isInstalled } from '../../support/shells.ts'
import { keys, onTerminal } from '../../support/terminal.ts'
import { bytesIn } from '../../support/transcript.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#2e7d32', canReceive: true, countAfterClose: false },
    { id: 'lunch', name: 'Lunch', color: '#b26a00', canReceive: false, countAfterClose: true },
    { id: 'offline', name: 'Offline', color: '#757575', canReceive: false, countAfterClose: false },
  ],
  settings: { defaultOffline: 'offline' },
  operators: [{ id: 'ana', name: 'Ana', role: 'operator', account: null, initialStatus: 'lunch', calendar: null }],
}

describe.runIf(isInstalled('script', 'prompts on a pseudo-terminal'))('on a pseudo-terminal', () => {
  test('status create objects to a name at once, draws a typed colour, and asks only what can be', async () => {
    const folder = await createFolder({ 'statuses.json': catalogue })
    const terminal = onTerminal(['status', 'create'], { folder })
    await terminal.shows('Name')
    terminal.type(`Online${keys.enter}`)
    await terminal.shows('the name "Online" is taken by the status online')
    terminal.type(` tea${keys.enter}`)
    const offered = await terminal.shows('another colour')
    expect(offered).toContain('#2e7d32 green, used by Online')
    expect(offered.match(/#[0-9a-f]{6}/g)).toHaveLength(12)
    terminal.type(keys.up.repeat(4))
    await terminal.shows('❯ another colour')
    terminal.type(keys.enter)
    await terminal.shows('CSS colour name')
    terminal.type('yellow')
    await terminal.shows('#ffff00 hard to see on white')
    expect(terminal.bytes()).toContain('\x1b[48;5;226m  \x1b[49m #ffff00')
    terminal.type(keys.enter)
    await terminal.shows('receive new dialogues?')
    terminal.type(`y${keys.enter}`)
    expect(await terminal.shows('created the status online-tea (Online tea)')).not.toContain('close')
    expect(await terminal.ended).toBe(0)
    expect(JSON.parse(bytesIn(folder)['statuses.json'] ?? '').statuses[3]).toEqual({
      id: 'online-tea',
      name: 'Online tea',
      color: '#ffff00',
      canReceive: true,
      countAfterClose: false,
    })
  })

  test('status edit starts from what is there, chosen from the statuses that exist', async () => {
    const folder = await createFolder({ 'statuses.json': catalogue })
    const terminal = onTerminal(['status', 'edit'], { folder })
    await terminal.shows('Change which status?')
    terminal.type(keys.down)
    await terminal.shows('1 operator in it')
    terminal.type(keys.enter)
    await terminal.shows('(Lunch)')
    terminal.type(`Supper${keys.enter}`)
    await terminal.shows('❯    #b26a00 amber')
    terminal.type(keys.enter)
    await terminal.shows('(y/N)')
    terminal.type(keys.enter)
    await terminal.shows('(Y/n)')
    terminal.type(keys.enter)
    await terminal.shows('changed the status lunch (Supper)')
    expect(await terminal.ended).toBe(0)
  })

  test('status delete says who is in the way, offers where they go, and wants a yes', async () => {
    const folder = await createFolder({ 'statuses.json': catalogue })
    const terminal = onTerminal(['status', 'delete', 'lunch'], { folder })
    const question = await terminal.shows('offline (Offline)')
    expect(question).toContain('lunch (Lunch) has 1 operator in it (ana) and 1 operator starting there (ana)')
    expect(question).not.toContain('#b26a00')
    terminal.type(`${keys.down}${keys.enter}`)
    await terminal.shows('Delete the status lunch (Lunch) and move 1 operator and the start of 1 operator to offline?')
    terminal.type(`y${keys.enter}`)
    await terminal.shows('deleted the status lunch')
    expect(await terminal.ended).toBe(0)
  })

  test('with OPSTAT_PLAIN questions are numbered lines that are written once', async () => {
    const folder = await createFolder({ 'statuses.json': catalogue })
    const terminal = onTerminal(['status', 'create'], { folder, env: { OPSTAT_PLAIN: '1' } })
    await terminal.shows('Name: ')
    terminal.type('Online\n')
    await terminal.shows('the name "Online" is taken by the status online\nName: ')
    terminal.type('Tea\n')
    expect(await terminal.shows('from 1 to 13 (Enter for 4): ')).toContain(
      'Colour\n1. #2e7d32 green, used by Online\n2. #b26a00 amber, used by Lunch\n',
    )
    terminal.type('14\n')
    await terminal.shows('"14" is no number from 1 to 13\nA number from 1 to 13 (Enter for 4): ')
    terminal.type('13\n')
    await terminal.shows('CSS colour name): ')
    terminal.type('yellow\n')
    await terminal.shows(
      '#ffff00 hard to see on white\nCan operators in it receive new dialogues? yes or no (Enter for no): ',
    )
    terminal.type('perhaps\n')
    await terminal.shows('"perhaps" is neither yes nor no')
    terminal.type('\n')
    await terminal.shows('last dialogue? yes or no (Enter for no): ')
    terminal.type('YES\n')
    await terminal.shows('created the status tea (Tea)')
    expect(await terminal.ended).toBe(0)
    expect(terminal.bytes()).not.toContain('\x1b')
    expect(JSON.parse(bytesIn(folder)['statuses.json'] ?? '').statuses[3]).toMatchObject({
      color: '#ffff00',
      canReceive: false,
      countAfterClose: true,
    })
  })

  test('a terminal that can do nothing gets the same numbered lines, and Ctrl-C ends the line', async () => {
    const folder = await createFolder({ 'statuses.json': catalogue })
    const before = bytesIn(folder)
    const terminal = onTerminal(['status', 'edit'], { folder, env: { TERM: 'dumb' } })
    await terminal.shows('3. #757575 offline (Offline), the default offline status\nA number from 1 to 3: ')
    terminal.type(keys.ctrlC)
    expect(await terminal.ended).toBe(130)
    expect(terminal.bytes()).toMatch(/A number from 1 to 3: \^C\r\n$/)
    expect(bytesIn(folder)).toEqual(before)
  })

  test('with OPSTAT_PLAIN answers that are typed ahead are taken in turn', async () => {
    const folder = await createFolder({ 'statuses.json': catalogue })
    const terminal = onTerminal(['status', 'create'], { folder, env: { OPSTAT_PLAIN: '1' } })
    await terminal.shows('Name: ')
    terminal.type('Tea\n1\nno\nyes\n')
    await terminal.shows('created the status tea (Tea)')
    expect(await terminal.ended).toBe(0)
    expect(JSON.parse(bytesIn(folder)['statuses.json'] ?? '').statuses[3]).toMatchObject({
      color: '#2e7d32',
      canReceive: false,
      countAfterClose: true,
    })
  })

  test('with OPSTAT_PLAIN a deletion says what each status is used by, and Ctrl-D leaves everything as it was', async () => {
    const folder = await createFolder({ 'statuses.json': catalogue })
    const before = bytesIn(folder)
    const terminal = onTerminal(['status', 'delete'], { folder, env: { OPSTAT_PLAIN: '1' } })
    expect(await terminal.shows('from 1 to 3: ')).toContain(
      '2. #b26a00 lunch (Lunch), 1 operator in it\n3. #757575 offline (Offline), the default offline status\n',
    )
    terminal.type('2\n')
    await terminal.shows('from 1 to 2: ')
    terminal.type(keys.ctrlD)
    await terminal.shows('the terminal was closed before the question was answered; nothing was changed')
    expect(await terminal.ended).toBe(2)
    expect(bytesIn(folder)).toEqual(before)
  })

  test.each([
    [['status', 'create'], 'Name'],
    [['status', 'create', 'Tea'], 'Colour'],
    [['status', 'edit', 'lunch'], 'Name'],
    [['status', 'delete', 'lunch'], 'Where do they go?'],
    [['operator', 'set-status'], '?'],
  ])('Ctrl-C at a question of %j ends it with 130 and leaves everything as it was', async (args, question) => {
    for (const env of [{}, { OPSTAT_PLAIN: '1' }]) {
      const folder = await createFolder({ 'statuses.json': catalogue })
      const before = bytesIn(folder)
      const terminal = onTerminal(args, { folder, env })
      await terminal.shows(question)
      terminal.type(keys.ctrlC)
      expect(await terminal.ended).toBe(130)
      expect(bytesIn(folder)).toEqual(before)
    }
  })
})
