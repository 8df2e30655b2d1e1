import type { FeedSource } from '../../feed/reading/wholeFeed.ts'
import type { System } from '../../system/system.ts'

/** The feed in a file, absolute; `-` is standard input. */
export function feedSource(file: string, system: System): FeedSource {
  return file === '-' ? { bytes: system.stdin.bytes() } : { file }
}
