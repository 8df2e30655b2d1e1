import { expect, test } from 'vitest'
import { createRecorded } from '../../../src/domain/history/recorded.ts'

test.each(['__proto__', 'constructor', 'toString'])(
  'nobody and nothing called %s is there before it is recorded',
  (id) => {
    const { stays, statuses, roster } = createRecorded()
    for (const recorded of [stays, statuses, roster])
      expect([recorded.get(id), recorded.has(id)]).toEqual([undefined, false])
  },
)
