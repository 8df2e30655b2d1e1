/**
 * The system's name for why a call failed, such as `ENOSPC`, from what Node throws; null: it is no such error. Node
 * knows some by their number alone: a used-up quota is then called `UNKNOWN`, or `Unknown system error -122`.
 */
export function errnoName(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return null
  const number = 'errno' in error && typeof error.errno === 'number' ? error.errno : 0
  return (/^E[A-Z]/.test(error.code) ? null : linuxNames.get(-number)) ?? error.code
}

const linuxNames: ReadonlyMap<number, string> = new Map([
  [116, 'ESTALE'],
  [117, 'EUCLEAN'],
  [121, 'EREMOTEIO'],
  [122, 'EDQUOT'],
])
