import type { Siblings } from '../files/siblings.ts'

/** Rotated files that can't be read: what is to be read next may be among them. */
export interface Unreadable {
  /** Throws what keeps them from being read, so that the next look tries again; after some looks it gives them up. */
  waitFor(unreadable: Siblings['unreadable']): 'all-read' | 'given-up'
  /** Those that were not told of yet. */
  news(unreadable: Siblings['unreadable']): Siblings['unreadable']
}

/** So many looks something unreadable is waited for: permissions are mended, descriptors come free. */
const mostLooks = 60

export function createUnreadable(): Unreadable {
  let looks = 0
  let told: ReadonlySet<string> = new Set()
  return {
    waitFor: ([first]) => {
      looks = first === undefined ? 0 : looks + 1
      if (first === undefined) return 'all-read'
      if (looks <= mostLooks) throw Object.assign(new Error(first.file), { code: first.errno })
      return 'given-up'
    },
    news: (unreadable) => {
      const news = unreadable.filter(({ file, errno }) => !told.has(`${errno} ${file}`))
      told = new Set(unreadable.map(({ file, errno }) => `${errno} ${file}`))
      return news
    },
  }
}
