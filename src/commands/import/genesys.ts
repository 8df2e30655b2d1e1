import { importCommand } from './importing.ts'

export const { declare, examples, run } = importCommand('genesys', [
  'opstat import genesys examples/import/genesys-presence-definitions.json --rename "00000000-0000-4000-8000-000000000014=Second meal"',
  'opstat import genesys examples/import/genesys-presence-definitions.json --map 00000000-0000-4000-8000-000000000014=skip,Available=receive',
])
