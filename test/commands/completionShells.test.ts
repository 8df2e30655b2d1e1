import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder } from '../support/opstat.ts'
import { isInstalled, opstatOnPath, typeInto } from '../support/shells.ts'

const catalogue = {
  version: 1,
  statuses: [
    { id: 'online', name: 'Online', color: '#008000', canReceive: true },
    { id: 'offline', name: 'Offline', color: '#808080' },
  ],
  settings: { defaultOffline: 'offline' },
  operators: [{ id: 'ana', name: 'Ana' }, { id: 'we:ird@x' }, { id: "o'b$1" }],
}

/** What is typed, with tabs, and what the command then prints. */
const stories: readonly (readonly [string, string])[] = [
  ['opstat stat\tsh\tonl\t-o name', 'online'],
  ['opstat operator show we\t-o name', 'we:ird@x'],
  ['opstat operator show o\t-o name', "o'b$1"],
  ['opstat status list --fields=na\t -o cs\t--limit 1', 'Online'],
  ['opstat status list --fields=\tna\t --limit 1', 'Online'],
  ['opstat operator show we:\t-o name', 'we:ird@x'],
  ['opstat operator show we:ird@\t-o name', 'we:ird@x'],
  ['opstat presence simulate --initial ana=\tn\t-o name && echo done', 'done'],
  ['opstat --store=other.j\t status show onl\t-o name', 'online'],
  ['opstat presence simulate --set default-off\toff\t-o name && echo done', 'done'],
]

async function prepare() {
  const folder = await createFolder({ 'statuses.json': catalogue, 'other.json': catalogue })
  return { folder, env: await opstatOnPath() }
}

test('bash completes commands, options, ids and files', async () => {
  const { folder, env } = await prepare()
  if (!isInstalled('bash', 'completion in bash') || !isInstalled('script', 'completion in bash')) return
  writeFileSync(
    join(folder, 'rc'),
    "PS1='READY\\#> '\nbind 'set enable-bracketed-paste off'\nsource <(opstat completion bash)\n",
  )
  const shown = await typeInto(
    'bash --noprofile --rcfile rc -i',
    stories.map(([typed]) => typed),
    { folder, env },
  )
  expect(shown.map(answerIn)).toEqual(stories.map(([, answer]) => answer))
})

test('zsh completes commands, options, ids and files', async () => {
  const { folder, env } = await prepare()
  if (!isInstalled('zsh', 'completion in zsh') || !isInstalled('script', 'completion in zsh')) return
  const rc =
    "PS1='READY%!> '\nPROMPT_EOL_MARK=\nunsetopt zle_bracketed_paste prompt_cr prompt_sp\nautoload -Uz compinit; compinit -u -d dump\nsource <(opstat completion zsh)\n"
  writeFileSync(join(folder, '.zshrc'), rc)
  const shown = await typeInto(
    'zsh -i',
    stories.map(([typed]) => typed),
    { folder, env: { ...env, ZDOTDIR: folder } },
  )
  expect(shown.map(answerIn)).toEqual(stories.map(([, answer]) => answer))
})

test('fish completes commands, options, ids and files', async () => {
  const { folder, env } = await prepare()
  if (!isInstalled('fish', 'completion in fish')) return
  const offered = (line: string) => {
    const script = `opstat completion fish | source; complete -C ${JSON.stringify(line)}`
    const { stdout } = spawnSync('fish', ['--no-config', '-c', script], { cwd: folder, env, encoding: 'utf8' })
    return stdout.trimEnd().split('\n')
  }
  expect(offered('opstat status sh')).toEqual(['show\tShow one status'])
  expect(offered('opstat status show ').sort()).toEqual(['offline\tOffline', 'online\tOnline'])
  expect(offered('opstat operator show we')).toEqual(['we:ird@x'])
  expect(offered('opstat status list --output=cs')).toEqual(['--output=csv'])
  expect(offered('opstat --store=other')).toEqual(['--store=other.json'])
  expect(offered('opstat apply -f oth')).toEqual(['other.json'])
  expect(offered('opstat status show zzz')).toEqual([''])
})

/** The last line that a command printed. */
function answerIn(shown: string): string {
  return shown.trimEnd().split('\n').at(-1) ?? ''
}
