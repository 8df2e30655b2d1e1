import { expect, test } from 'vitest'
import { createRecorded } from '../../../src/domain/history/recorded.ts'
import { type PanelFact, stillUnwritten } from '../../../src/domain/presence/unwritten.ts'

/* `9 online > chat`: at second 9 the operator ana went from online to chat. */

test('what others wrote before a choice only changes where it leaves from', () => {
  check({ found: ['9 online > chat'], written: ['5 lunch'] }, ['9 lunch > chat'])
})

test('what others wrote after a choice makes it void', () => {
  check({ found: ['4 online > chat'], written: ['5 lunch'] }, [])
})

test('of several choices those before the last change by others are void, the others follow each other', () => {
  check({ found: ['4 online > chat', '6 chat > lunch', '9 lunch > online'], written: ['2 lunch', '5 chat'] }, [
    '6 chat > lunch',
    '9 lunch > online',
  ])
})

test('a choice of the present status counts where others moved the operator before it, else it is forgotten', () => {
  check({ found: ['9 online > online'], written: ['5 lunch'] }, ['9 lunch > online'])
  check({ found: ['9 online > online'], written: [] }, [])
  check({ found: ['4 online > online'], written: ['5 lunch'] }, [])
})

test('a choice of where others have put the operator already changes nothing', () => {
  check({ found: ['9 online > lunch'], written: ['5 lunch'] }, [])
  check({ found: ['9 online > lunch'], written: ['3 lunch', '5 chat'] }, ['9 chat > lunch'])
})

test('a choice of a status that is gone is void, the next one leaves from where the operator still is', () => {
  check({ found: ['4 online > gone', '9 gone > chat', '10 chat > online'], written: [] }, [
    '9 online > chat',
    '10 chat > online',
  ])
  check({ found: ['4 online > gone', '9 gone > online'], written: [] }, [])
})

test('dialogues stand whatever others wrote', () => {
  const dialogues: PanelFact = { type: 'dialogues', at: 4, operator: 'ana', open: 1, by: 'ana' }
  const waiting = { fact: dialogues, at: 4 }
  expect(stillUnwritten([waiting], written(['5 lunch']))).toEqual([waiting])
})

function check(
  story: { readonly found: readonly string[]; readonly written: readonly string[] },
  left: string[],
): void {
  const found = story.found.map((text) => {
    const [at, from, , to] = text.split(' ') as [string, string, string, string]
    return { fact: entered({ at: Number(at), from, to }), at: Number(at) }
  })
  const texts = stillUnwritten(found, written(story.written)).map(
    ({ fact, at }) => fact.type === 'status-entered' && `${at} ${fact.from} > ${fact.to}`,
  )
  expect(texts).toEqual(left)
}

function written(texts: readonly string[]): Parameters<typeof stillUnwritten>[1] {
  const recorded = createRecorded()
  recorded.stays.set('ana', { status: 'online', since: 0, cause: 'admin', due: null })
  const entries = texts.map((text, index) => {
    const [at, to] = text.split(' ') as [string, string]
    recorded.stays.set('ana', { status: to, since: Number(at), cause: 'admin', due: null })
    return { ...entered({ at: Number(at), from: 'online', to }), seq: index + 1, recordedAt: 0, prev: '' }
  })
  return { entries, recorded, exists: (status) => status !== 'gone' }
}

function entered({ at, from, to }: { at: number; from: string; to: string }) {
  const nothing = { due: null, lastSeen: null } as const
  return { type: 'status-entered', at, operator: 'ana', from, to, cause: 'panel', ...nothing, by: 'ana' } as const
}
