import { expect, test } from 'vitest'
import { createFolder, opstat, opstatProcess } from '../../support/opstat.ts'

test('twenty status creates at once leave twenty more statuses, and every exit 0 is true', async () => {
  const folder = await createFolder()
  await opstat('init', { folder })
  const numbers = Array.from({ length: 20 }, (_, index) => index + 1)
  const ended = await Promise.all(
    numbers.map((number) => opstatProcess(['status', 'create', `Team ${number}`], { folder })),
  )
  expect(ended.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(numbers.map(() => 0))
  const { stdout } = await opstat('status list -o name', { folder })
  const ids = ['online', 'on-break', 'offline', ...numbers.map((number) => `team-${number}`)]
  expect(stdout.trimEnd().split('\n').sort()).toEqual(ids.sort())
  expect(await opstat('history verify', { folder })).toMatchObject({ code: 0 })
})
