import packageJson from '../package.json' with { type: 'json' }
import { type ProgramWords, readCommandLine } from './commands/declaring/commandLine.ts'
import { scanFormat } from './commands/declaring/globals.ts'
import { type Tree, withoutHelpWord } from './commands/declaring/tree.ts'
import { timesOf } from './commands/options/timesOf.ts'
import { paintFor } from './commands/printing/paintFor.ts'
import { printShown } from './commands/printing/print.ts'
import type { Saying } from './commands/printing/printFailure.ts'
import type { Failure } from './domain/failure.ts'
import { ok, type Result } from './domain/result.ts'
import type { StopReason, System } from './system/system.ts'
import { about } from './views/help/about.ts'

/**
 * Every command there is, as on the command line. A leaf's file exports `declare`, `examples` and `run` (see
 * `commands/declaring/command.ts`) and is loaded only when it is named.
 */
export const tree: Tree = {
  init: { summary: 'Create a catalogue', load: () => import('./commands/init.ts') },
  status: {
    summary: 'Show and change the statuses',
    leaves: {
      list: { summary: 'List the statuses', load: () => import('./commands/status/list.ts') },
      show: { summary: 'Show one status', load: () => import('./commands/status/show.ts') },
      create: { summary: 'Add a status', load: () => import('./commands/status/create.ts') },
      edit: { summary: 'Change a status', load: () => import('./commands/status/edit.ts') },
      delete: { summary: 'Remove statuses', load: () => import('./commands/status/delete.ts') },
    },
  },
  operator: {
    summary: 'Show and change the roster',
    leaves: {
      list: { summary: 'List the operators', load: () => import('./commands/operator/list.ts') },
      show: { summary: 'Show one operator', load: () => import('./commands/operator/show.ts') },
      add: { summary: 'Add an operator', load: () => import('./commands/operator/add.ts') },
      edit: { summary: 'Change an operator', load: () => import('./commands/operator/edit.ts') },
      remove: { summary: 'Remove an operator', load: () => import('./commands/operator/remove.ts') },
      'set-status': {
        summary: 'Put an operator into a status',
        load: () => import('./commands/operator/setStatus.ts'),
      },
    },
  },
  settings: {
    summary: 'Show and change the settings',
    leaves: {
      show: { summary: 'Show the settings', load: () => import('./commands/settings/show.ts') },
      set: { summary: 'Change a setting', load: () => import('./commands/settings/set.ts') },
    },
  },
  apply: { summary: 'Make the catalogue like a file', load: () => import('./commands/apply.ts') },
  diff: { summary: 'Show what apply would change', load: () => import('./commands/diff.ts') },
  export: { summary: 'Print the catalogue as a manifest', load: () => import('./commands/export.ts') },
  validate: { summary: 'Name every problem of a file', load: () => import('./commands/validate.ts') },
  schema: { summary: "Print the catalogue's JSON Schema", load: () => import('./commands/schema.ts') },
  import: {
    summary: "Turn another system's statuses into a manifest to look over",
    leaves: {
      twilio: { summary: 'Activities of Twilio TaskRouter', load: () => import('./commands/import/twilio.ts') },
      'amazon-connect': {
        summary: 'Agent statuses of Amazon Connect',
        load: () => import('./commands/import/amazonConnect.ts'),
      },
      genesys: { summary: 'Presence definitions of Genesys Cloud', load: () => import('./commands/import/genesys.ts') },
      zendesk: { summary: 'Agent statuses of Zendesk', load: () => import('./commands/import/zendesk.ts') },
    },
  },
  presence: {
    summary: 'Show who is present, and play feeds and scenarios',
    leaves: {
      list: { summary: 'Show who is present now', load: () => import('./commands/presence/list.ts') },
      show: { summary: 'Show one operator', load: () => import('./commands/presence/show.ts') },
      explain: {
        summary: 'Say why an operator is where they are',
        load: () => import('./commands/presence/explain.ts'),
      },
      record: { summary: 'Append a record to the feed', load: () => import('./commands/presence/record.ts') },
      simulate: {
        summary: 'Play a scenario or a feed in virtual time',
        load: () => import('./commands/presence/simulate.ts'),
      },
    },
  },
  feed: {
    summary: 'Check what the panel writes',
    leaves: {
      check: {
        summary: 'Say what in a feed would mislead the rule',
        load: () => import('./commands/feed/check.ts'),
      },
    },
  },
  report: {
    summary: 'Account for the time',
    leaves: {
      time: { summary: 'Time in each status', load: () => import('./commands/report/time.ts') },
      compliance: { summary: 'Time against the calendars', load: () => import('./commands/report/compliance.ts') },
      absence: {
        summary: 'Automatic switches and what other settings would have done',
        load: () => import('./commands/report/absence.ts'),
      },
    },
  },
  history: {
    summary: 'Show what changed, when, why and by whom',
    load: () => import('./commands/history/list.ts'),
    leaves: {
      verify: {
        summary: 'Check that no line was edited, removed or moved',
        load: () => import('./commands/history/verify.ts'),
      },
      archive: {
        summary: 'Put the older part into a file of its own',
        load: () => import('./commands/history/archive.ts'),
      },
    },
  },
  watch: { summary: 'Apply the rule to the feed until stopped', load: () => import('./commands/watch.ts') },
  doctor: { summary: 'Check everything and say what to do', load: () => import('./commands/doctor.ts') },
  completion: { summary: 'Print a completion script for a shell', load: () => import('./commands/completion.ts') },
}

/** Runs one command line; the answer is the exit code. Everything it says goes through `system`. */
export async function opstat(argv: readonly string[], system: System, commands: Tree = tree): Promise<number> {
  const words = withoutHelpWord(argv)
  const format = scanFormat(words)
  let isStopped = false
  const stopped = system.stopped.then((reason) => {
    isStopped = true
    return stopCodes[reason]
  })
  const program = { tree: commands, version: packageJson.version, about }
  const detail = words.includes('--verbose') ? 'full' : 'brief'
  let saying: Saying = { format, color: 'auto', detail, progress: 'under-way', system }
  try {
    const besides = await textBesides(argv, program, system)
    if (!besides.ok) return await (await failurePrinter()).printFailure(besides.failure, saying)
    if (besides.value !== null) {
      await system.stdout.write(besides.value)
      return 0
    }
    const parsed = await readCommandLine(program, words, system)
    if (!parsed.ok) return await (await failurePrinter()).printFailure(parsed.failure, saying)
    if (parsed.value.kind === 'text') {
      await system.stdout.write(parsed.value.text)
      return 0
    }
    const { module, args, options, globals } = parsed.value
    const paint = async () => ({ ...(await paintFor(system.stdout, globals.color, system)), ...timesOf(options) })
    const call = { args, options: options as never, globals, paint }
    const running = module.run(call, system).then(async (result) => {
      // Who interrupted a command does not want its answer any more.
      if (isStopped && module.stopsItself !== true) return stopped
      saying = { ...saying, progress: 'done' }
      if (result.ok) return printShown(result.value, { globals, paint, system })
      const { printFailure } = await failurePrinter()
      return printFailure(result.failure, { ...saying, format: globals.format, color: globals.color })
    })
    // What a stopped command still stumbles over while it ends is no news: the race has been decided.
    return await (module.stopsItself === true ? running : Promise.race([running, stopped]))
  } catch (error) {
    return await (await failurePrinter()).printUnexpected(error, saying)
  }
}

/** The text of `opstat help TOPIC`, and what scripts and the build ask for; null where a command is meant. */
async function textBesides(
  argv: readonly string[],
  program: ProgramWords,
  system: System,
): Promise<Result<string | null, Failure>> {
  const [first, topic = '-'] = argv
  if (first?.startsWith('__')) {
    return ok(await (await import('./commands/printing/backstage.ts')).backstageText(argv, program, system))
  }
  if (first !== 'help' || argv.length !== 2 || topic.startsWith('-')) return ok(null)
  const { readHelpTopic } = await import('./commands/manual/helpTopic.ts')
  return readHelpTopic(topic, { tree: program.tree, columns: system.stdout.columns })
}

/** All words of all refusals: loaded when something was refused. */
function failurePrinter() {
  return import('./commands/printing/printFailure.ts')
}

const stopCodes: Record<StopReason, number> = { SIGINT: 130, SIGTERM: 143, 'reader-gone': 0 }
