import { Chalk, type ColorSupportLevel } from 'chalk'
import type { Paint } from '../../src/views/painting/paint.ts'
import { noon } from './system.ts'

/** A paint for views: no colours, 80 columns, no terminal, at noon, unless the test says otherwise. */
export function createPaint(
  facts: { level?: ColorSupportLevel; columns?: number; terminal?: boolean; now?: number } = {},
): Paint {
  const { level = 0, columns = 80, terminal = false, now = noon } = facts
  return { chalk: new Chalk({ level }), columns, terminal, now }
}
