import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'

/** What the figures were measured on. Names nobody's paths or hosts. */
export interface Machine {
  readonly cores: number
  readonly processor: string
  readonly memoryGiB: number
  readonly node: string
  readonly system: string
}

export function thisMachine(): Machine {
  const [major, minor] = release().split('.')
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    system: `${type()} ${major}.${minor}`,
  }
}

/** How many programs wanted a core in the last minute, on average. */
export function loadNow(): number {
  return loadavg()[0] ?? 0
}
