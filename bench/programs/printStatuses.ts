import { readFileSync, writeSync } from 'node:fs'

// The floor of a start that says something: `node printStatuses.js CATALOGUE` reads the file and prints its statuses.
const { statuses } = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as { statuses: object[] }
writeSync(1, `${statuses.map((status) => JSON.stringify(status)).join('\n')}\n`)
