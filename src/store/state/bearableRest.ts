/**
 * So many bytes of history behind a state of so many bytes are folded again by every command, rather than that the
 * state is written anew.
 */
export function bearableRest(stateBytes: number): number {
  return Math.min(Math.max(stateBytes / 16, fewest), most)
}

const fewest = 4096
const most = 256 * 1024
