import { expect, test } from 'vitest'
import { columnsOf } from '../src/views/painting/width.ts'
import { createFolder, opstat } from './support/opstat.ts'

/** Real status lists: receiving, two breaks, offline. */
const lists: readonly (readonly [string, readonly [string, string, string, string], string])[] = [
  ['Japanese', ['受付中', '休憩', '後処理', 'オフライン'], '小休憩'],
  ['Arabic', ['متاح', 'استراحة', 'إنهاء المكالمة', 'غير متصل'], 'استراحة قصيرة'],
  ['Hebrew', ['זמין', 'הפסקה', 'סיכום שיחה', 'לא מחובר'], 'הפסקה קצרה'],
  ['Thai', ['พร้อมให้บริการ', 'พักเที่ยง', 'ปิดงานหลังสาย', 'ออฟไลน์'], 'พักสั้น'],
  ['Chinese', ['在线', '休息', '话后处理', '离线'], '小休'],
  ['Hindi', ['उपलब्ध', 'विराम', 'कॉल के बाद', 'ऑफ़लाइन'], 'छोटा विराम'],
  ['emoji', ['🟢 Ready', '☕ Break', '👩‍💻 After call', '😴 Off'], '🍵 Tea'],
  ['Vietnamese', ['Sẵn sàng', 'Nghỉ giải lao', 'Xử lý sau cuộc gọi', 'Ngoại tuyến'], 'Nghỉ ngắn'],
]

test.each(lists)('a status list in %s goes through every command unharmed', async (_, names, newName) => {
  const [receiving, first, second, offline] = names
  const folder = await createFolder({ 'statuses.json': { version: 1, statuses: [] } })
  const run = async (args: readonly string[], stdin?: string) => {
    const ended = await opstat(args, { folder, ...(stdin === undefined ? {} : { stdin }) })
    expect({ args, code: ended.code, stderr: ended.code === 0 ? '' : ended.stderr }).toEqual({
      args,
      code: 0,
      stderr: '',
    })
    return ended.stdout
  }
  await run(['status', 'create', receiving, '--can-receive'])
  for (const name of [first, second, offline]) await run(['status', 'create', name, '--count-after-close'])
  await run(['settings', 'set', 'default-offline', offline])
  await run(['operator', 'add', 'ana', '--name', receiving, '--status', first])

  const listed: readonly { readonly id: string; readonly name: string }[] = JSON.parse(
    await run(['status', 'list', '--json']),
  )
  expect(listed.map(({ name }) => name)).toEqual(names)
  expect(new Set(listed.map(({ id }) => id)).size).toBe(4)

  const table = (await run(['status', 'list'])).trimEnd().split('\n')
  const before = table.map((line) => columnsOf(line.slice(0, line.search(/#[0-9a-f]{6}|COLOR/))))
  expect(new Set(before).size).toBe(1)

  for (const format of ['json', 'yaml']) {
    const manifest = await run(['export', '--format', format])
    for (const name of names) expect(manifest).toContain(name)
    expect(await run(['apply', '-f', '-', '--prune', '--yes'], manifest)).toBe('')
  }

  await run(['status', 'edit', first, '--name', newName])
  const renamed = {
    version: 1,
    statuses: [
      { id: listed[2]?.id, name: `${second} 2` },
      { name: newName, color: 'teal' },
    ],
  }
  expect(await run(['apply', '-f', '-'], JSON.stringify(renamed))).toContain(`"${second}" → "${second} 2"`)
  const after = JSON.parse(await run(['status', 'list', '--json']))
  expect(after.map(({ id, name }: { id: string; name: string }) => [id, name]).sort()).toEqual(
    listed.map(({ id }, index) => [id, [receiving, newName, `${second} 2`, offline][index]]).sort(),
  )

  await run(['operator', 'set-status', 'ana', receiving])
  expect(await run(['presence', 'list', '-o', 'csv'])).toContain(receiving)
  expect(await run(['history'])).toContain(newName)
  await run(['status', 'delete', newName, '--move-to', offline, '--yes'])
  expect(await run(['status', 'list', '-o', 'csv'])).not.toContain(newName)
  expect(await run(['export'])).not.toContain(newName)
})
