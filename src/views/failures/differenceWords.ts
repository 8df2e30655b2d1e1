import type { Difference } from '../../domain/failure.ts'
import { unreachable } from '../../domain/result.ts'
import { toldWords } from '../history/alterationWords.ts'
import { discrepancyText } from '../reports/discrepancyText.ts'
import { type FailureWords, words } from './words.ts'

const whatToDo = 'what to do about it: opstat doctor'

/** What is not as it has to be. */
export function wordDifference(failure: Difference): FailureWords {
  switch (failure.of) {
    case 'report':
      return {
        message: 'the report contradicts itself: this is a bug, please report it with these places',
        details: failure.discrepancies.map(discrepancyText),
        hint: null,
      }
    case 'broken-history':
      return words(`the history is broken at ${failure.file}, line ${failure.line}: ${failure.reason}`, whatToDo)
    case 'altered-history': {
      const [first = '', ...details] = failure.alterations.map(toldWords)
      const message = `something other than opstat changed the end of the history: ${first}`
      return { message, details, hint: whatToDo }
    }
    default:
      return unreachable(failure)
  }
}
