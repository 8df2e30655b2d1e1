import type { Failure, FileAction, FileHint } from '../../domain/failure.ts'
import { unreachable } from '../../domain/result.ts'
import { formatDuration, formatTime } from '../../domain/time.ts'
import { nextStepAfter, wordErrno } from './errno.ts'
import { type FailureWords, words } from './words.ts'

type FileFailure = Extract<
  Failure,
  {
    code:
      | 'busy'
      | 'changed-underneath'
      | 'file'
      | 'store-missing'
      | 'address'
      | 'not-json'
      | 'newer-version'
      | 'not-a-file'
      | 'history-broken'
  }
>

/** Files and whoever else holds them. */
export function wordFile(failure: FileFailure): FailureWords {
  switch (failure.code) {
    case 'busy':
      return words(
        `${failure.file} is held by ${wordHolder(failure.holder)}, also after ${formatDuration(failure.waitedMs)} of waiting`,
        'try again; nothing was changed',
      )
    case 'changed-underneath':
      return words(
        `${failure.file} was changed by another program at the same moment`,
        'try again; nothing was changed',
      )
    case 'file':
      return words(
        `can't ${actionWords[failure.action]} ${failure.file}: ${fileErrnoWords(failure)} (${failure.errno})`,
        failure.hint === null ? fileHint(failure) : hintWords[failure.hint],
      )
    case 'address':
      return words(
        `can't listen on ${failure.host}:${failure.port}: ${wordErrno(failure.errno)} (${failure.errno})`,
        'give another with --metrics-port [HOST:]PORT',
      )
    case 'store-missing':
      return words(
        `there is no catalogue at ${failure.file}`,
        'create one with opstat init, or name another with --store FILE',
      )
    case 'not-json':
      return words(
        `${failure.file} is not JSON, from line ${failure.line}, column ${failure.column}; it was left as it is`,
        failure.backup === null
          ? `mend it in an editor, then run: opstat validate --store ${failure.file}`
          : `mend it in an editor, or take back the last good version: ${failure.backup}`,
      )
    case 'newer-version':
      return words(
        `${failure.file} has version ${failure.version}, which is newer than this opstat understands (1)`,
        'use a newer opstat; the file was left as it is',
      )
    case 'not-a-file':
      return words(`${failure.file} is a ${failure.found}, not a file`, 'name a file')
    case 'history-broken':
      return words(`${failure.file}, line ${failure.line}: ${failure.reason}`, 'what to do about it: opstat doctor')
    default:
      return unreachable(failure)
  }
}

/** What is written need not be there: what is missing is its directory. */
function fileErrnoWords({ action, errno }: Extract<FileFailure, { code: 'file' }>): string {
  return errno === 'ENOENT' && action !== 'read' ? 'its directory does not exist' : wordErrno(errno)
}

function fileHint({ action, errno }: Extract<FileFailure, { code: 'file' }>): string | null {
  if (errno === 'ENOENT') return action === 'read' ? 'check the name' : 'create the directory, or check the name'
  return nextStepAfter(errno)
}

const hintWords: Record<FileHint, string> = {
  'link-not-followed': 'a symbolic link lies in this place; it is not followed',
  'output-lost': 'what was printed is incomplete',
  'output-lost-but-done': 'what was printed is incomplete; the command itself was carried out',
}

const actionWords: Record<FileAction, string> = {
  read: 'read',
  write: 'write',
  create: 'create',
  lock: 'lock',
  append: 'append to',
}

function wordHolder(holder: { readonly pid: number; readonly since: number } | null): string {
  return holder === null ? 'another process' : `process ${holder.pid} since ${formatTime(holder.since)}`
}
