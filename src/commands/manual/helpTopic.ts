import { similarTo } from '../../domain/catalogue/rules/text.ts'
import type { Failure } from '../../domain/failure.ts'
import { ok, type Result, refuse } from '../../domain/result.ts'
import { foldText } from '../../views/help/foldText.ts'
import { helpTopics } from '../../views/help/topics.ts'
import type { Tree } from '../declaring/tree.ts'

/** The text of `opstat help TOPIC` for a terminal of so many columns; null where that is a command and no topic. */
export function readHelpTopic(
  topic: string,
  { tree, columns }: { readonly tree: Tree; readonly columns: number },
): Result<string | null, Failure> {
  const found = helpTopics.get(topic)
  if (found !== undefined) return ok(foldText(found.text, columns))
  if (Object.hasOwn(tree, topic)) return ok(null)
  const topics = [...helpTopics.keys()]
  const similar = similarTo(topic, [...topics, ...Object.keys(tree)])
  return refuse({ code: 'usage', mistake: 'unknown-topic', value: topic, known: topics, similar })
}
