import { opstat } from '../../src/cli.ts'
import { createFakeSystem, createTestClock, ownUid } from './system.ts'

/** One command of a document's console block and what the document says it prints. */
export interface ConsoleStep {
  readonly line: number
  readonly command: string
  readonly printed: string
  /** Minutes that a comment before the command lets pass. */
  readonly minutesBefore: number
}

/** The steps of all ```console blocks, in order. A comment `# 12 minutes later` moves the clock. */
export function consoleSteps(markdown: string): ConsoleStep[] {
  const steps: { line: number; command: string; printed: string; minutesBefore: number }[] = []
  let inside = false
  let minutesBefore = 0
  for (const [index, text] of markdown.split('\n').entries()) {
    if (text.startsWith('```')) {
      inside = text === '```console'
      continue
    }
    if (!inside) continue
    const later = /^# (\d+) minutes later$/.exec(text)
    const last = steps.at(-1)
    if (later !== null) minutesBefore += Number(later[1])
    else if (text.startsWith('$ ')) {
      steps.push({ line: index + 1, command: text.slice(2), printed: '', minutesBefore })
      minutesBefore = 0
    } else if (last !== undefined && !text.startsWith('#')) last.printed += `${text}\n`
  }
  return steps
}

/** What the console shows for each step when they are typed one after the other in `folder`, shown as `/srv/opstat`. */
export async function typeIn(steps: readonly ConsoleStep[], folder: string): Promise<string[]> {
  const clock = createTestClock(Date.UTC(2026, 10, 22, 9))
  const shown: string[] = []
  for (const { command, minutesBefore } of steps) {
    clock.advance(minutesBefore * 60_000)
    const [program, ...argv] = wordsOf(command)
    if (program !== 'opstat') throw new Error(`the console block types ${command}, which is not opstat`)
    let text = ''
    const system = createFakeSystem({ cwd: folder, clock, account: { name: 'maria', uid: ownUid } })
    const stream = {
      isTerminal: false,
      columns: 100,
      async write(written: string) {
        text += written
      },
    }
    await opstat(argv, { ...system, stdout: stream, stderr: stream })
    shown.push(text.replaceAll(folder, '/srv/opstat'))
  }
  return shown
}

/** Splits a command line as a shell does, as far as the documents need it: quotes, no expansion. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  )
}
