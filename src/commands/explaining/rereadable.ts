import type { System } from '../../system/system.ts'
import type { Globals } from '../declaring/command.ts'

/** Where the feed is standard input: a system whose input can be read again, kept in memory as it is read first. */
export function rereadable(globals: Globals, system: System): System {
  if (globals.feed.file !== '-') return system
  let kept: Promise<Uint8Array[]> | null = null
  const keep = async () => {
    const pieces: Uint8Array[] = []
    for await (const piece of system.stdin.bytes()) pieces.push(Uint8Array.from(piece))
    return pieces
  }
  return {
    ...system,
    stdin: {
      isTerminal: system.stdin.isTerminal,
      async *bytes() {
        kept ??= keep()
        yield* await kept
      },
    },
  }
}
