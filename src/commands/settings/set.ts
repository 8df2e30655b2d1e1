import type { Command } from 'commander'
import { accessModes, type Catalogue } from '../../domain/catalogue/catalogue.ts'
import { type SettingKey, setSetting, settingKeys } from '../../domain/edits/settingsEdits.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import type { Store } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import { accessWords, settingText, showSettingSet } from '../../views/catalogue/settingsTable.ts'
import { wordFailure } from '../../views/failures/failure.ts'
import type { Shown } from '../../views/shown.ts'
import { type Asking, missing, readCatalogue } from '../asking/ask.ts'
import { promptsOf } from '../asking/promptsOf.ts'
import type { Call } from '../declaring/command.ts'
import { dryRunOption } from '../declaring/globals.ts'
import { type ChangeOptions, change } from '../storing/change.ts'
import { changeOf } from '../storing/changeOf.ts'
import { withStore } from '../storing/openStore.ts'

export function declare(command: Command): void {
  command
    .argument('[key]', `one of ${settingKeys.join(', ')}`)
    .argument('[value]', 'a status, a duration such as 10m, or none, off, never where the key knows them')
    .addHelpText('after', help)
  dryRunOption(command)
}

const help = `
Values:
  default-offline  a status that can't receive, or none
  auto-offline     a status that can't receive (enables it); off (keeps the choice); none (forgets it)
  offline-after    1s to 24h, or never
  session-timeout  a duration
  feed-timeout     a duration, or never
  mass-guard       a share such as 30%, {"share": 0.3, "atLeast": 3, "hold": "2m"}, or off
  access           open, or roles`

export const examples = [
  'opstat settings set auto-offline on-break',
  'opstat settings set auto-offline off',
  'opstat settings set offline-after 15m',
  'opstat settings set mass-guard 30%',
]

export function run(call: Call<ChangeOptions>, system: System): Promise<Result<Shown, Failure>> {
  return withStore(call.globals, system, async (store) => {
    const wanted = await readWanted(call, { globals: call.globals, system }, store)
    if (!wanted.ok) return wanted
    const { key, value } = wanted.value
    const outcome = await change(
      store,
      { call, system },
      {
        deed: { kind: 'change', what: 'settings' },
        decide({ catalogue: before }, stamp) {
          const edit = setSetting(before, key, value)
          if (!edit.ok) return edit
          return ok(changeOf({ before, after: edit.value.catalogue, stamp }, edit.value))
        },
      },
    )
    return outcome.ok ? ok(showSettingSet(outcome.value.value, outcome.value.effect)) : outcome
  })
}

/** Key and value as given, else asked for. */
async function readWanted(
  { args }: Pick<Call, 'args'>,
  asking: Asking,
  store: Store,
): Promise<Result<{ readonly key: string; readonly value: string }, Failure>> {
  const [key, value] = args as [string | undefined, string | undefined]
  if (key !== undefined && value !== undefined) return ok({ key, value })
  const { asks } = asking.globals
  if (asks !== 'yes') {
    if (key === undefined) return missing(asks, { what: 'the setting', flag: `KEY, one of ${settingKeys.join(', ')}` })
    return missing(asks, { what: 'the value', flag: `VALUE: opstat settings set ${key} VALUE` })
  }
  const catalogue = await readCatalogue(store)
  if (!catalogue.ok) return catalogue
  const known = key === undefined ? await askKey(asking, catalogue.value) : settingKeys.find((one) => one === key)
  if (known === undefined) return refuse({ code: 'setting-not-found', reference: key ?? '', known: settingKeys })
  return ok({ key: known, value: await askValue(asking, known, catalogue.value) })
}

function askKey({ system }: Asking, { settings }: Catalogue): Promise<SettingKey> {
  return promptsOf(system).choose({
    message: 'Set what?',
    choices: settingKeys.map((key) => ({ value: key, label: `${key} (now ${settingText(key, settings)})` })),
  })
}

function askValue({ system }: Asking, key: SettingKey, catalogue: Catalogue): Promise<string> {
  if (key === 'access') {
    const choices = accessModes.map((mode) => ({ value: mode, label: `${mode}: ${accessWords[mode]}` }))
    return promptsOf(system).choose({ message: 'Value of access', choices, initial: catalogue.settings.access })
  }
  return promptsOf(system).text({
    message: `Value of ${key}`,
    initial: settingText(key, catalogue.settings),
    check(answer) {
      const edit = setSetting(catalogue, key, answer)
      return edit.ok ? null : wordFailure(edit.failure).message
    },
  })
}
