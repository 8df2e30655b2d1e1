import type { Exposure } from '../../domain/inspection/findings.ts'
import { formatDuration } from '../../domain/time.ts'
import { counted, listed } from '../catalogue/outcome.ts'
import { shellWord } from '../failures/conflictWords.ts'
import { nextStepAfter, wordErrno } from '../failures/errno.ts'
import { wordFailure } from '../failures/failure.ts'
import { toldWords } from '../history/alterationWords.ts'
import { type FindingWords, processWords, type WordingOf } from './wording.ts'

/** History, cache, lock and whatever else lies beside the catalogue. */
export const fileFindingWords: WordingOf<
  | 'no-history'
  | 'history'
  | 'history-away'
  | 'altered-history'
  | 'unfinished-history'
  | 'broken-history'
  | 'no-state'
  | 'bad-state'
  | 'unreadable-state'
  | 'staged-files'
  | 'backups'
  | 'lock-held'
  | 'lock-stuck'
  | 'lock-unknown'
  | 'others-may-write'
> = {
  'no-history': ({ file }) => ({
    detail: `there is no history at ${file} yet: nobody's status is recorded`,
    next: 'nothing: the next change, or opstat watch, begins it',
  }),
  history: ({ entries }) => ({
    detail: `${counted(entries, 'entry')} in unbroken order`,
    next: 'opstat history',
  }),
  'history-away': ({ entries, file }) => ({
    detail: `the first ${counted(entries, 'entry')} are in ${file}, which is not here`,
    next: 'nothing, where it is kept elsewhere; else bring it back from a backup: reports begin after it',
  }),
  'altered-history': ({ alteration }) => ({
    detail: `something other than opstat changed its end: ${toldWords(alteration)}`,
    next: `compare what stands before entry ${alteration.seq} with a backup; the history goes on telling of it`,
  }),
  'unfinished-history': ({ file, entries }) => ({
    detail: `a crash left something unfinished at the end of ${file}, after line ${entries}`,
    next: 'nothing: the next change cuts it off; to have it done now: opstat watch --once',
  }),
  'broken-history': ({ failure }) => ({
    detail: wordFailure(failure).message,
    next:
      failure.code === 'history-broken'
        ? 'bring back the lines from a backup, then: opstat history verify'
        : (wordFailure(failure).hint ?? 'make the file readable for this account'),
  }),
  'no-state': ({ file }) => ({
    detail: `there is no cache at ${file}`,
    next: 'nothing: the next change makes it anew',
  }),
  'bad-state': ({ file }) => ({
    detail: `the cache ${file} can't be used, so every command reads the whole history`,
    next: `rm ${shellWord(file)}; it is made anew`,
  }),
  'unreadable-state': ({ file, errno }) => ({
    detail: `the cache ${file} can't be read: ${wordErrno(errno)} (${errno}); every command then reads the whole history, and the watcher does not start`,
    next: nextStepAfter(errno) ?? 'look again as the account that runs opstat',
  }),
  'staged-files': ({ files }) => ({
    detail: `just being written, or left by a change that a crash cut off: ${listed(files)}`,
    next: 'nothing: the next change removes what was left',
  }),
  backups: ({ files }) => ({
    detail: `${counted(files.length, 'backup')} of replaced catalogues, the latest ${files.at(-1) as string}`,
    next: 'remove those that nobody needs any more',
  }),
  'lock-held': ({ holder }) => ({
    detail: `${processWords(holder)} is changing the store at this moment`,
    next: 'nothing: it lets go when it is done',
  }),
  'lock-stuck': ({ holder, forMs }) => ({
    detail: `process ${holder.pid} has held the store for ${formatDuration(forMs)}, so nobody else can change it`,
    next: stuckWords(holder.pid),
  }),
  'lock-unknown': ({ errno }) => ({
    detail: `the system can't say whether somebody holds the store: ${wordErrno(errno)} (${errno})`,
    next: 'keep the store on a local disk, its files readable and writable for this account',
  }),
  'others-may-write': ({ exposure }) => exposureWords(exposure),
}

/** Of a directory such as /tmp, which other programs need as it is. */
const sticky = 0o1000

/** A place that others may change, and how to mend that. */
export function exposureWords({ file, what, why }: Exposure): FindingWords {
  if (why.kind === 'mode') {
    return {
      detail: `everybody on this machine may write the ${what} ${file} (mode ${why.mode.toString(8).padStart(4, '0')})`,
      next:
        what === 'directory' && (why.mode & sticky) !== 0
          ? 'move the catalogue, with what lies beside it, or the feed into a directory of their own: this one is meant for everybody'
          : `chmod o-w ${shellWord(file)}`,
    }
  }
  return {
    detail: `the ${what} ${file} belongs to another account, number ${why.uid}, who may change it`,
    next: 'if that is not meant, give it to the account that runs opstat: chown',
  }
}

/** What to do about a process that holds a lock and does not go on. */
export function stuckWords(pid: number): string {
  return `see whether it was stopped: ps -o pid,stat,args -p ${pid}; then kill -CONT ${pid}, or end it`
}
