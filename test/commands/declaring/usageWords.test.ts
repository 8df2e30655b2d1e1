import { expect, test } from 'vitest'
import { opstat } from '../../support/opstat.ts'

test.each<[string, string, string]>([
  ['completion', 'the shell is missing', 'give SHELL; see: opstat completion --help'],
  ['completion tcsh', 'shell: "tcsh" is not one of bash, zsh, fish', 'see: opstat completion --help'],
  ['apply', '--file is missing', 'give --file FILE; see: opstat apply --help'],
  ['apply -f', '--file stands without its value', 'give --file FILE; see: opstat apply --help'],
  ['status list --limit 0', '--limit: "0" won\'t do: write a whole number from 1', 'see: opstat status list --help'],
  ['status list x y', 'too many arguments for list: it takes none, not 2', 'see: opstat status list --help'],
  [
    'status create a b',
    'too many arguments for create: it takes 1, not 2',
    'put what has blanks in it into quotes; see: opstat status create --help',
  ],
  ['watch --onec', "unknown option '--onec'", 'did you mean --once? see: opstat watch --help'],
])('what commander says of %s is said as everything else is', async (line, message, hint) => {
  const { code, stderr } = await opstat(line)
  expect([code, stderr]).toEqual([2, `error: ${message}\nhint: ${hint}\n`])
})
