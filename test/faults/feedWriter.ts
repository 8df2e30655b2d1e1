import { closeSync, fstatSync, openSync, statSync, writeSync } from 'node:fs'
import { onTestFinished } from 'vitest'

export interface FeedWriter {
  /** Lines written so far. */
  written(): number
  stop(): void
}

/** So many lines a back end writes before it looks whether its file was rotated away. */
const linesBetweenLooks = 50

/**
 * Writes so many lines a second to a feed as a back end does: in append mode, one `write` a line, into the file that it
 * has open until it notices that another one bears the name. `lineOf` makes the n-th line, from 0.
 */
export function startFeedWriter(
  file: string,
  { linesPerSecond, lineOf }: { readonly linesPerSecond: number; lineOf(n: number): string },
): FeedWriter {
  let fd = openSync(file, 'a')
  let written = 0
  const startedAt = performance.now()
  const timer = setInterval(() => {
    const wanted = ((performance.now() - startedAt) / 1000) * linesPerSecond
    while (written < wanted) {
      if (written % linesBetweenLooks === 0) reopen()
      writeSync(fd, `${lineOf(written)}\n`)
      written += 1
    }
  }, 5)
  const reopen = () => {
    const named = statSync(file, { throwIfNoEntry: false })
    if (named === undefined || named.ino === fstatSync(fd).ino) return
    closeSync(fd)
    fd = openSync(file, 'a')
  }
  let running = true
  const stop = () => {
    clearInterval(timer)
    if (running) closeSync(fd)
    running = false
  }
  onTestFinished(stop)
  return { written: () => written, stop }
}
