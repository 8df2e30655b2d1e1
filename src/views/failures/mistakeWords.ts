import type { Mistake } from '../../domain/mistake.ts'
import { unreachable } from '../../domain/result.ts'
import { type FailureWords, meant, words } from './words.ts'

/** Command lines that can't be meant as they stand. */
export function wordMistake(failure: Mistake): FailureWords {
  switch (failure.mistake) {
    case 'not-parsed':
      return words(failure.message, failure.hint)
    case 'contradiction':
      return words(`${failure.one} and ${failure.other} contradict each other`, 'give one of them')
    case 'no-manifest-format':
      return words(`a manifest is JSON or YAML, not ${failure.output}`, 'give --format json or --format yaml')
    case 'no-line-format':
      return words(
        `${failure.telling} tells line by line what happens, and -o ${failure.output} has no such lines`,
        lineFormatHints[failure.telling],
      )
    case 'standard-input-twice':
      return words('- is given twice, and there is one standard input', null)
    case 'not-of-standard-input':
      return words(fileAloneWords[failure.command], 'give --heartbeats FILE')
    case 'future-time':
      return wordFutureTime(failure)
    case 'from-after-to':
      return words('--from lies after --to', 'give --from the earlier time')
    case 'too-many-days':
      return words(
        'these are too many days for a row each',
        'give --from and --to at most a hundred years apart, or leave out --by day',
      )
    case 'no-pair':
      return words(
        `${failure.flag} takes NAME=VALUE, not '${failure.value}'`,
        `for example ${failure.flag} ${pairExamples[failure.flag]}`,
      )
    case 'nothing-to-compare':
      return words(
        '--compare needs a setting to compare with the present ones',
        `add for example --set ${pairExamples['--set']}`,
      )
    case 'scenario-with-feed':
      return words(
        'a scenario brings its own records: --heartbeats does not go with it',
        'give either a scenario or --heartbeats FILE',
      )
    case 'bad-hook':
      return wordBadHook(failure)
    case 'no-programs-here':
      return words('programs can not be started here', 'leave out --on-switch')
    default:
      return wordUnknown(failure)
  }
}

type Unknown = Extract<Mistake, { readonly known: readonly string[] } | { readonly kinds: readonly string[] }>

/** A word that is none of those that there are. */
function wordUnknown(failure: Unknown): FailureWords {
  const value = JSON.stringify(failure.value)
  switch (failure.mistake) {
    case 'unknown-choice':
      return failure.of === 'role'
        ? words(`${value} is no role`, `roles are ${failure.known.join(', ')}`)
        : words(`${value} is no access mode`, `write ${failure.known.join(' or ')}`)
    case 'unknown-field':
      return words(
        `${value} is no field of this list`,
        `${meant(failure.similar)}the fields are ${failure.known.join(', ')}`,
      )
    case 'unknown-topic':
      return words(
        `${value} is no command and no topic`,
        `${meant(failure.similar)}the topics are ${failure.known.join(', ')}`,
      )
    case 'unknown-import':
      return words(
        `${value} is no id and no kind in ${failure.files.join(', ')}`,
        failure.kinds.length === 0
          ? 'give the id of a status in it'
          : `the kinds in it are ${failure.kinds.join(', ')}`,
      )
    default:
      return unreachable(failure)
  }
}

function wordFutureTime({ flag, value }: Extract<Mistake, { mistake: 'future-time' }>): FailureWords {
  switch (flag) {
    case '--at':
      return words('--at lies in the future', 'leave it out to see what will happen')
    case '--before':
      return words(`--before ${value} lies in the future`, 'give a time that has passed')
    case '--from':
      return words('--from lies in the future', 'give a time that has passed')
    default:
      return unreachable(flag)
  }
}

function wordBadHook({ flaw, value }: Extract<Mistake, { mistake: 'bad-hook' }>): FailureWords {
  const message = flaw === 'empty' ? '--on-switch names no program' : `--on-switch leaves a quote open: ${value}`
  return words(message, "for example --on-switch '/usr/local/bin/told-of-switch --room ops'")
}

const lineFormatHints = {
  watch: 'use -o json (a line of JSON for each event)',
  '--live': 'use -o json (a line for each operator who changes) or -o name',
}

const fileAloneWords = {
  doctor: 'doctor looks at a file, not at standard input',
  'presence record': 'a record is appended to a file, not to standard input',
}

const pairExamples = { '--set': 'offline-after=5m', '--initial': 'ana=online' }
