import { formatDuration } from '../../domain/time.ts'
import { counted } from '../catalogue/outcome.ts'
import { sourceWords } from '../catalogue/settingsTable.ts'
import { shellWord } from '../failures/conflictWords.ts'
import { wordFailure } from '../failures/failure.ts'
import { named, type WordingOf } from './wording.ts'

/** The program, the catalogue and the settings. */
export const catalogueFindingWords: WordingOf<
  | 'old-node'
  | 'no-catalogue'
  | 'bad-catalogue'
  | 'catalogue'
  | 'vanished-status'
  | 'unrecorded-edits'
  | 'no-target'
  | 'rule-off'
  | 'switching-all-the-same'
  | 'session-outlasts-rule'
  | 'nobody-leads'
> = {
  'old-node': ({ version, wanted }) => ({
    detail: `Node ${version} runs opstat, which is made for ${wanted}`,
    next: 'install a Node that is supported, for example the latest of 22',
  }),
  'no-catalogue': ({ file }) => ({
    detail: `there is no catalogue at ${file}`,
    next: 'opstat init, or name another with --store FILE',
  }),
  'bad-catalogue': ({ failure }) => {
    const { message, details, hint } = wordFailure(failure)
    const isContent = failure.code === 'invalid'
    return {
      detail: [message, ...details].join('; '),
      next: isContent || hint === null ? 'mend it in an editor, then: opstat doctor' : hint,
    }
  },
  catalogue: ({ file, statuses, operators }) => ({
    detail: `${file} has ${counted(statuses, 'status')} and ${counted(operators, 'operator')}`,
    next: operators === 0 ? 'opstat operator add ID' : 'opstat status list',
  }),
  'vanished-status': ({ status, name, operators }) => ({
    detail: `the status ${name === status ? status : `${name} (${status})`} was removed by hand while ${named(operators, ['is', 'are'])} in it; it counts as one that can't receive`,
    next: `opstat operator set-status ${shellWord(operators[0] as string)} STATUS, or put the status back`,
  }),
  'unrecorded-edits': ({ facts, file }) => ({
    detail: `${counted(facts, 'change')} made by hand in ${file} ${facts === 1 ? 'is' : 'are'} not in the history yet`,
    next: 'nothing: the next change, or the next turn of opstat watch, writes that down',
  }),
  'no-target': () => ({
    detail: 'every status can receive, so nobody can be switched, however long they are away',
    next: 'opstat status create Offline',
  }),
  'rule-off': () => ({
    detail: 'offline-after is never: nobody is switched, however long they are away',
    next: 'if that is not meant: opstat settings set offline-after 10m',
  }),
  'switching-all-the-same': ({ target, source, offlineAfterMs }) => ({
    detail: `operators without a sign of life for ${formatDuration(offlineAfterMs)} are switched to ${target} all the same: ${sourceWords[source]}`,
    next: 'for another target: opstat settings set auto-offline STATUS; to switch nobody: opstat settings set offline-after never',
  }),
  'session-outlasts-rule': ({ sessionTimeoutMs, offlineAfterMs }) => ({
    detail: `session-timeout (${formatDuration(sessionTimeoutMs)}) is not shorter than offline-after (${formatDuration(offlineAfterMs)}), which then counts for both: nobody is shown as waiting before they are switched`,
    next: 'opstat settings set session-timeout with a shorter time, or offline-after with a longer one',
  }),
  'nobody-leads': () => ({
    detail: 'access is roles, but no supervisor or administrator has an account: only root can change anything',
    next: 'as root: opstat operator edit ID --role administrator --account ACCOUNT',
  }),
}
