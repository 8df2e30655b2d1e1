import type { System } from '../../system/system.ts'
import type { Paint } from '../../views/painting/paint.ts'
import { printable } from '../../views/painting/printable.ts'
import { machinePieces, showHuman } from '../../views/show.ts'
import type { Shown } from '../../views/shown.ts'
import type { Globals } from '../declaring/command.ts'

/** Writes what a command answered: data to stdout, its note to stderr. The answer is the exit code. */
export async function printShown(
  shown: Shown,
  call: { readonly globals: Globals; readonly paint: () => Promise<Paint>; readonly system: System },
): Promise<number> {
  const { globals, system } = call
  if (globals.format === 'table') {
    const paint = await withTables(await call.paint(), shown)
    await system.stdout.write(showHuman(shown, paint, await withoutColor(paint, system)))
    if (shown.note !== undefined && !globals.quiet) {
      const lines = typeof shown.note === 'string' ? [shown.note] : shown.note
      await system.stderr.write(lines.map((line) => `${printable(line)}\n`).join(''))
    }
  } else {
    for await (const piece of machinePieces(shown, globals.format)) await system.stdout.write(piece)
  }
  return shown.exitCode ?? 0
}

/** Lists are drawn by cli-table3, which is loaded only for them: that takes as long as the rest of a command. */
async function withTables(paint: Paint, shown: Shown): Promise<Paint> {
  if (!Array.isArray(shown.value)) return paint
  const { drawTable } = await import('../../views/painting/drawTable.ts')
  return { ...paint, draw: drawTable }
}

async function withoutColor(paint: Paint, system: System): Promise<Paint> {
  return paint.chalk.level === 0 ? paint : { ...paint, chalk: await system.chalk(system.stdout, 'never') }
}
