import { importCommand } from './importing.ts'

export const { declare, examples, run } = importCommand('amazon-connect', [
  'opstat import amazon-connect examples/import/amazon-connect-agent-statuses.json --format yaml',
  'opstat import amazon-connect examples/import/amazon-connect-agent-statuses.json --map CUSTOM=after-close --keep-disabled',
])
