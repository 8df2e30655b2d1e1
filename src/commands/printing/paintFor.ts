import type { ColorChoice, Output, System } from '../../system/system.ts'
import type { Paint } from '../../views/painting/paint.ts'

/** How text for people may be painted on one of the streams. The clock is read once for it. */
export async function paintFor(output: Output, color: ColorChoice, system: System): Promise<Paint> {
  return {
    chalk: await system.chalk(output, color),
    columns: output.columns,
    terminal: output.isTerminal,
    plain: system.isPlain,
    now: system.clock.now(),
  }
}
