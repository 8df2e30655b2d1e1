import type { ChalkInstance } from 'chalk'
import type { Column, Drawn } from './table.ts'
import type { TimeStyle } from './timeText.ts'

export type DrawTable = (columns: readonly Column[], lines: readonly (readonly Drawn[])[]) => string

/** What a view may know about where its text will be read. */
export interface Paint {
  /** Colours nothing at level 0. Made by `system/color.ts` from one decision for the stream written to. */
  readonly chalk: ChalkInstance
  /** The terminal's width in columns; 80 where there is none. */
  readonly columns: number
  /** Is it read on a terminal? Elsewhere nothing is shortened to fit. */
  readonly terminal: boolean
  /** Is it read aloud? Then words stand in place of marks. */
  readonly plain?: boolean
  /** Epoch milliseconds, for "3 min ago"; the clock was read once for the command. */
  readonly now: number
  /** How times are shown; absent: as the view usually does, in UTC. */
  readonly times?: TimeStyle
  /** Draws a table with cli-table3, where that is loaded; elsewhere its columns are padded, with the same output. */
  readonly draw?: DrawTable
}
