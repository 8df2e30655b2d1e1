import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A program to be run from its start to its end, in a folder. */
export interface Job {
  /** The program's absolute name and its arguments. */
  readonly words: readonly string[]
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** The exit code that it is to end with; 0 where absent. */
  readonly code?: number
}

/** What one run cost, everything that the process did included. */
export interface Spent {
  readonly wallMs: number
  /** User and system time together. */
  readonly cpuMs: number
  /** The most memory that was resident at a time. */
  readonly peakBytes: number
}

export interface Measurer {
  run(job: Job): Promise<Spent>
  /** What the last run printed on standard output. */
  printed(): string
  /** Ends what is running, if anything is. */
  close(): void
}

/** Surroundings without a developer's own settings; NODE_EXTRA_CA_CERTS alone would double Node's own start. */
export function plainEnv(home: string): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8' }
}

/** Runs one program at a time. Output goes into a file of `folder`. Throws where a run ends in another way than it should. */
export function openMeasurer(root: string, folder: string): Measurer {
  const python = spawn('python3', [join(root, 'bench/measuring/measure.py')], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lost = new Promise<never>((_resolve, reject) => {
    python.on('error', () => reject(new Error('python3 is needed to ask the kernel what a program has cost')))
    python.on('close', () => reject(new Error('the measuring process ended')))
  })
  lost.catch(() => undefined)
  const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]()
  const output = join(folder, 'printed')
  const complaints = join(folder, 'complaints')
  return {
    async run({ words, cwd, env = {}, code = 0 }) {
      const job = { words, cwd, env: { ...plainEnv(folder), ...env }, input: '/dev/null', output, complaints }
      python.stdin.write(`${JSON.stringify(job)}\n`)
      const answer = await Promise.race([answers.next(), lost])
      const spent = JSON.parse(answer.value as string) as Spent & { readonly code: number }
      if (spent.code === code) return spent
      throw new Error(`${words.join(' ')} ended with ${spent.code}:\n${readFileSync(complaints, 'utf8')}`)
    },
    printed: () => readFileSync(output, 'utf8'),
    close: () => {
      python.kill('SIGTERM')
    },
  }
}
