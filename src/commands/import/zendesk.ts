import { importCommand } from './importing.ts'

export const { declare, examples, run } = importCommand('zendesk', [
  'opstat import zendesk examples/import/zendesk-agent-statuses.json --map 3=receive --format yaml',
])
