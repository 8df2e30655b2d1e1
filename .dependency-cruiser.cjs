const { readFileSync } = require('node:fs')
const { join } = require('node:path')

/** Which room may import what. Everything that a room's line does not name is forbidden to it. */

const own = (...rooms) => `^src/(${rooms.join('|')})/`
const library = (...names) => `^node_modules/(${names.join('|')})/`

/** The leaf commands are the files that `cli.ts` loads. */
const leaves = [...readFileSync(join(__dirname, 'src/cli.ts'), 'utf8').matchAll(/import\('\.\/(commands\/[^']+)'\)/g)]
const leafFiles = leaves.map(([, file]) => `^src/${file.replaceAll('.', '\\.')}$`)

/** A room may import what `allowed` lists; whatever else its files import breaks the rule. */
function room(name, why, allowed) {
  return {
    name: `${name} imports only: ${why}`,
    severity: 'error',
    from: { path: own(name) },
    to: { pathNot: allowed, ...(allowed.includes('NODE') ? { dependencyTypesNot: ['core'] } : {}) },
  }
}

module.exports = {
  forbidden: [
    room('domain', 'domain', [own('domain')]),
    room('feed', 'domain and node', [own('domain', 'feed'), 'NODE']),
    room('store', 'domain, node, lowdb and the kernel locks', [
      own('domain', 'store'),
      library('lowdb', 'fs-native-extensions', 'jsonc-parser'),
      'NODE',
    ]),
    room('formats', 'domain, node and the parsers of its formats', [
      own('domain', 'formats'),
      library('yaml', 'jsonc-parser'),
      'NODE',
    ]),
    // YAML is a form of showing, loaded by whoever asks for it.
    room('views', "domain, cli-table3, yaml and chalk's type", [
      own('domain', 'views'),
      library('cli-table3', 'yaml', 'chalk'),
    ]),
    room('system', "node, inquirer, chalk and the domain's clock", [
      own('system'),
      '^src/domain/clock\\.ts$',
      library('inquirer', 'chalk'),
      'NODE',
    ]),
    room('metrics', 'domain, node and prom-client', [own('domain', 'metrics'), library('prom-client'), 'NODE']),
    // The system's port: its types, the choices of its options and the errors that its streams and prompts throw.
    room('commands', 'domain, feed, store, formats, metrics, views, the system as handed in, commander', [
      own('commands', 'domain', 'feed', 'store', 'formats', 'metrics', 'views'),
      '^src/system/system\\.ts$',
      library('commander'),
    ]),
    {
      name: "views and commands know chalk's type alone",
      severity: 'error',
      from: { path: own('views', 'commands') },
      to: { path: library('chalk'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'a command never imports another command',
      severity: 'error',
      from: { path: '^src/commands/' },
      to: { path: leafFiles.length === 0 ? '^never$' : leafFiles },
    },
    {
      name: 'nothing imports the top',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'no circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'every import is found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
