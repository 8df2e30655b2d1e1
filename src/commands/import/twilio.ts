import { importCommand } from './importing.ts'

export const { declare, examples, run } = importCommand('twilio', [
  'opstat import twilio examples/import/twilio-activities.json --format yaml',
  'opstat import twilio examples/import/twilio-activities.json --map WA000000000000000000000000000000a4=after-close | opstat validate -',
])
