import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'rolldown'

const root = fileURLToPath(new URL('.', import.meta.url))
const commander = (file) => join(root, 'node_modules/commander/lib', file)

/**
 * Commander loads node:child_process for subcommands that are programs of their own. There are none here, and
 * loading it takes as long as all the rest of a start.
 */
const commanderAlone = {
  name: 'commander-alone',
  transform: {
    filter: { id: /node_modules[\\/]commander[\\/]lib[\\/]command\.js$/ },
    handler(code) {
      const slim = code.replace("require('node:child_process')", '{}')
      if (slim === code) this.error('commander no longer loads node:child_process here')
      return slim
    },
  },
}

const measure = '\0measure'
const untold = '\0untold-colors'
const commanderPart = '\0commander-part '

/**
 * Most command lines are read without commander: a leaf that declares itself gets only the parts that it names. Of
 * commander's InvalidArgumentError nothing but the code is ever looked at.
 */
const commanderInParts = {
  name: 'commander-in-parts',
  transform: {
    filter: { id: /[\\/]src[\\/]/, code: /from 'commander'/ },
    handler(code, id) {
      if (id.endsWith('/src/commands/declaring/program.ts')) return null
      return code.replace(/import \{([^}]*)\} from 'commander'/g, (_, names) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '' && !name.startsWith('type '))
          .map((name) => `import { ${name} } from ${JSON.stringify(commanderPart + name)}`)
          .join('\n'),
      )
    },
  },
  resolveId: {
    filter: { id: new RegExp(commanderPart) },
    handler: (id) => id,
  },
  load: {
    filter: { id: new RegExp(commanderPart) },
    handler: (id) => ({ code: partsOfCommander[id.slice(commanderPart.length)], moduleSideEffects: false }),
  },
}

const partsOfCommander = {
  Option: `import module from ${JSON.stringify(commander('option.js'))}\nexport const { Option } = module`,
  Argument: `import module from ${JSON.stringify(commander('argument.js'))}\nexport const { Argument } = module`,
  InvalidArgumentError: `export class InvalidArgumentError extends Error {
    code = 'commander.invalidArgument'
    exitCode = 1
  }`,
}

/**
 * cli-table3 gets only text that it measures as opstat does (src/views/painting/table.ts), so it may as well measure
 * with the same function: its own one makes a pattern of all emoji, which takes as long as drawing fifty rows.
 */
const measuredOnce = {
  name: 'measured-once',
  resolveId: {
    filter: { id: /^string-width$/ },
    handler: (_id, importer = '') => (/node_modules[\\/]cli-table3[\\/]/.test(importer) ? measure : null),
  },
  load: {
    filter: { id: new RegExp(measure) },
    handler: () => `module.exports = require(${JSON.stringify(join(root, 'src/views/painting/width.ts'))}).columnsOf`,
  },
}

/** What colours a stream takes is decided by opstat (src/system/color.ts); chalk would load node:tty to ask it too. */
const chalkAsTold = {
  name: 'chalk-as-told',
  resolveId: {
    filter: { id: /^#supports-color$/ },
    handler: (_id, importer = '') => (/node_modules[\\/]chalk[\\/]/.test(importer) ? untold : null),
  },
  load: {
    filter: { id: new RegExp(untold) },
    handler: () => 'export default { stdout: false, stderr: false }',
  },
}

const locks = '\0kernel-locks'

/**
 * The kernel locks are a native addon: the one thing that can't be bundled. The build puts it beside the chunks for
 * every system that Node runs on (tools/addon.js), so that the package needs no other one.
 */
const addonBeside = {
  name: 'addon-beside',
  resolveId: {
    filter: { id: /^\.\/binding(\.js)?$/ },
    handler: (_id, importer = '') => (/node_modules[\\/]fs-native-extensions[\\/]/.test(importer) ? locks : null),
  },
  load: {
    filter: { id: new RegExp(locks) },
    handler: () => "module.exports = require('./addon/' + process.platform + '-' + process.arch + '.node')",
  },
}

/** What is loaded together stands together, so that a start reads few files. The first group that wants it has it. */
const groups = [
  // What every start needs, and what the most frequent commands do.
  {
    name: 'main',
    test: /rolldown[\\/]runtime|src[\\/](main|cli|commands[\\/](declaring[\\/]commandLine|printing[\\/]print)|views[\\/](painting[\\/]table|catalogue[\\/]outcome))\.ts$/,
  },
  {
    name: 'reading',
    test: /src[\\/](commands[\\/](storing[\\/]openStore|status[\\/](list|show)|operator[\\/]setStatus)|store[\\/](writing[\\/]transactOn|disk[\\/]lock)|domain[\\/]catalogue[\\/]timeZone)\.ts$|node_modules[\\/](fs-native-extensions|which-runtime)[\\/]/,
  },
  { name: 'changing', test: /src[\\/](commands[\\/]status[\\/]create|store[\\/]writing[\\/]transacting)\.ts$/ },
  { name: 'listing', test: /src[\\/]commands[\\/](operator[\\/](list|show)|options[\\/]timeOptions)\.ts$/ },
  // Libraries that few commands need.
  { name: 'commander', test: /src[\\/]commands[\\/]declaring[\\/]program\.ts$/ },
  { name: 'table', test: /src[\\/]views[\\/]painting[\\/]drawTable/ },
  { name: 'chalk', test: /node_modules[\\/]chalk[\\/]/ },
  { name: 'yaml', test: /node_modules[\\/]yaml[\\/]/ },
  { name: 'jsonc', test: /node_modules[\\/]jsonc-parser[\\/]/ },
  {
    name: 'inquirer',
    test: /node_modules[\\/](@inquirer|inquirer|mute-stream|run-async|rxjs|signal-exit|iconv-lite|chardet|safer-buffer|cli-width|fast-)/,
  },
  // What else commands share.
  { name: 'writing', test: /src[\\/]store[\\/]/ },
  { name: 'failure', test: /src[\\/]commands[\\/]printing[\\/]printFailure\.ts$/ },
  { name: 'editing', test: /src[\\/]commands[\\/](status|operator|settings)[\\/]/ },
  { name: 'presence', test: /src[\\/]commands[\\/](presence[\\/](list|show)|live[\\/]unreadChoices)\.ts$/ },
  { name: 'watching', test: /src[\\/]commands[\\/](presence|watch|live)/ },
]

/** Its CommonJS build requires its parts in a way that can't be bundled. */
export const resolve = { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } }

/** One entry that starts fast; what only some commands need is a chunk of its own, required when it is used. */
export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  // Else the entry's chunk would stand in a file of its own before what it shares with others.
  preserveEntrySignatures: 'allow-extension',
  plugins: [commanderAlone, commanderInParts, measuredOnce, chalkAsTold, addonBeside],
  resolve,
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    dynamicImportInCjs: false,
    // Functions keep their names, for whoever reads a stack trace; the rest would only be read at every start.
    minify: { compress: false, mangle: { toplevel: false }, codegen: { removeWhitespace: true } },
    codeSplitting: {
      groups: groups.map((group, index) => ({ ...group, priority: groups.length - index })),
    },
  },
})
