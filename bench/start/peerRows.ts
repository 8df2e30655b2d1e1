import { emptyStart, type Ground, pairsFor, programJob } from '../ground.ts'
import type { Job } from '../measuring/measurer.ts'
import { comparePair } from '../measuring/pairs.ts'
import { findProgram } from '../programPath.ts'
import { counted, msText } from '../row.ts'
import { usedStore } from '../stores.ts'

interface Peer {
  readonly line: string
  readonly what: string
  readonly howToGet: string
  readonly pairs: number
}

const peers: readonly Peer[] = [
  { line: 'gh alias list', what: 'Go', howToGet: 'apt-get install gh', pairs: 15 },
  { line: 'kubectl config view', what: 'Go', howToGet: 'apt-get install kubernetes-client', pairs: 15 },
  { line: 'npm --version', what: 'Node', howToGet: 'it comes with Node', pairs: 15 },
  {
    line: 'twilio profiles:list',
    what: 'oclif on Node',
    howToGet: 'npm install twilio-cli in a folder, whose node_modules/.bin is put on the PATH',
    pairs: 7,
  },
]

/** What others need to say as little, and what a file that a person wrote by hand needs: for comparison. */
export async function startPeerRows(ground: Ground): Promise<void> {
  const store = usedStore(ground, { statuses: 50, operators: 100 })
  await compareStart(ground, 'a hand-written file that prints the 50 statuses', 31, {
    ...programJob(ground, 'printStatuses', [`${store}/statuses.json`]),
  })
  for (const { line, what, howToGet, pairs } of peers) {
    const [name = '', ...args] = line.split(' ')
    const program = findProgram(name)
    if (program === null) ground.lacks({ group: 'start', what: `\`${line}\``, why: `not installed: ${howToGet}` })
    else await compareStart(ground, `\`${line}\` (${what})`, pairs, { words: [program, ...args], cwd: ground.folder })
  }
}

async function compareStart(ground: Ground, what: string, usual: number, job: Job): Promise<void> {
  ground.say(what)
  const pairs = pairsFor(ground, usual)
  const compared = await comparePair(ground.measurer, { ours: () => job, other: () => emptyStart(ground), pairs })
  ground.add({
    group: 'start',
    what,
    measured: msText(compared.ours.cpuMs),
    against: `\`node -e 0\`: ${msText(compared.other.cpuMs)}`,
    figure: compared.cpuRatio,
    unit: 'times',
    goal: null,
    runs: counted(pairs, 'pair'),
  })
}
