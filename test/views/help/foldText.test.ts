import { expect, test } from 'vitest'
import { foldText } from '../../../src/views/help/foldText.ts'
import { helpTopics } from '../../../src/views/help/topics.ts'

test('paragraphs are filled anew, second columns go on below themselves, what is to be typed stays whole', () => {
  const text = `The rule: who is switched to an offline status

Silence only counts while opstat can hear: not while no watcher ran,
not while the machine slept.

  NO_COLOR   set to anything: no colours,
             unless --color always
  CI         set

  $ opstat watch --once --on-switch 'logger -t opstat'
  {"error":{"code":"status-in-use","message":"…"}}
`
  expect(foldText(text, 40)).toBe(`The rule: who is switched to an offline
status

Silence only counts while opstat can
hear: not while no watcher ran, not
while the machine slept.

  NO_COLOR   set to anything: no
             colours, unless --color
             always
  CI         set

  $ opstat watch --once --on-switch 'logger -t opstat'
  {"error":{"code":"status-in-use","message":"…"}}
`)
  expect(foldText(text, 80)).toBe(text)
})

test('where there is no room for a second column, nothing is folded', () => {
  expect(foldText('  OPSTAT_HEARTBEATS   the feed, where it is', 30)).toBe(
    '  OPSTAT_HEARTBEATS   the feed, where it is',
  )
})

test.each([...helpTopics])('folding the page about %s loses no word', (_topic, { text }) => {
  const wordsOf = (page: string) => page.split(/\s+/)
  for (const columns of [40, 60, 80, 200]) expect(wordsOf(foldText(text, columns))).toEqual(wordsOf(text))
})
