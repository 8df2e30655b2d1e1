import type { Alteration, ToldAlteration } from '../../domain/history/history.ts'

/** What somebody did to the end of a history. */
export function alterationWords({ expected, found }: Alteration): string {
  const gone = expected.seq - found.seq
  if (gone === 0) return 'its last entry was another'
  return gone === 1 ? 'its last entry was gone' : `its last ${gone} entries were gone`
}

/** The same with the entry that tells of it. */
export function toldWords(alteration: ToldAlteration): string {
  return `before entry ${alteration.seq} was written ${alterationWords(alteration)}`
}
