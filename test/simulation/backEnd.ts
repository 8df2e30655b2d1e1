import type { Dice } from './dice.ts'
import { type Machine, storyStart } from './machine.ts'
import type { Inode, MemoryDisk } from './memoryDisk.ts'

/** A record as it went into the feed; what the judge knows of it. */
export interface Line {
  readonly serial: number
  readonly at: number
  readonly operator: string | null
  readonly event: string
  readonly status: string | null
  readonly text: string
  /** When it was stamped, in true milliseconds since the story began. */
  readonly trueMs: number
  /** When its newline was written, as the machine counts. */
  writtenAt: number
  /** From when on nobody can read it any more; infinite for most. */
  lostAt: number
}

export const feedFile = '/site/heartbeats.jsonl'

/** The panels' back end: the one writer of the feed. */
export class BackEnd {
  readonly lines: Line[] = []
  isUp = true
  private upSince = 0
  /** How far its clock is ahead of the truth. */
  shiftMs = 0
  private readonly machine: Machine
  private readonly disk: MemoryDisk
  private readonly dice: Dice
  private file: Inode | null = null
  private due: { readonly at: number; readonly act: () => void }[] = []
  private outbox: Line[] = []
  private isHalfWritten = false

  constructor({ machine, disk, dice }: { machine: Machine; disk: MemoryDisk; dice: Dice }) {
    this.machine = machine
    this.disk = disk
    this.dice = dice
  }

  /** Something that a panel will do; it may fall between two calls of a process. */
  plan(at: number, act: () => void): void {
    const index = this.due.findLastIndex((other) => other.at <= at)
    this.due.splice(index + 1, 0, { at, act })
    this.machine.at(at, () => this.actDue())
  }

  actDue(): void {
    for (let next = this.due[0]; next !== undefined && next.at <= this.machine.now; next = this.due[0]) {
      this.due.shift()
      next.act()
    }
  }

  /** Writes a record, stamped now. What happens while the back end is down is never heard of. */
  record(fields: { operator?: string; session?: string; event: string; status?: string; dialogue?: string }): void {
    if (!this.isUp) return
    const at = storyStart + this.machine.now + this.shiftMs
    const serial = this.lines.length
    const text = `${JSON.stringify({ at: new Date(at).toISOString(), ...fields, serial })}\n`
    const { operator = null, event, status = null } = fields
    const never = Number.POSITIVE_INFINITY
    const line = {
      serial,
      at,
      operator,
      event,
      status,
      text,
      trueMs: this.machine.now,
      writtenAt: never,
      lostAt: never,
    }
    this.lines.push(line)
    this.outbox.push(line)
    this.flush()
  }

  /** Notices that the feed was rotated; an unfinished line is finished where it began. */
  reopen(): void {
    if (this.isHalfWritten) this.wantsReopening = true
    else this.letGo()
  }

  /** What was written since the copy, and what is half written, was emptied away. */
  noteEmptied(copiedAt: number): void {
    const emptiedAt = ++this.machine.order
    for (const line of this.lines) {
      if (line.writtenAt > copiedAt && line.writtenAt <= emptiedAt) line.lostAt = Math.min(line.lostAt, emptiedAt)
    }
    const half = this.isHalfWritten ? this.outbox[0] : undefined
    if (half !== undefined) half.lostAt = 0
  }

  /** It crashes, maybe in the middle of a line. */
  stop(): void {
    this.isUp = false
    this.isHalfWritten = false
    for (const line of this.outbox) line.lostAt = 0
    this.outbox = []
    this.letGo()
  }

  /** Up for so long that every panel has been heard since it started, and nothing waits to be written. */
  get isSettled(): boolean {
    return this.isUp && this.machine.now - this.upSince > 6000 && this.outbox.length === 0
  }

  /**
   * A careful one closes a torn line first and hears of every open panel before anybody can look: without ticks only
   * that tells a start after an outage from silence. A careless one writes on behind the torn line, and both are lost.
   */
  start(care: 'careful' | 'careless'): void {
    this.isUp = true
    this.upSince = this.machine.now
    const isTorn =
      this.openFile() && this.file !== null && this.file.bytes.length > 0 && this.file.bytes.at(-1) !== 0x0a
    if (isTorn && care === 'careful') this.write(Buffer.from('\n'))
    else if (isTorn) this.spoilNext = true
    this.writesWhole = care === 'careful'
    if (care === 'careful') for (const reconnect of this.panels) reconnect()
    this.writesWhole = false
  }

  /** What an open panel says when it finds the back end again. */
  readonly panels: (() => void)[] = []
  private writesWhole = false

  private spoilNext = false
  private wantsReopening = false

  private letGo(): void {
    if (this.file !== null) this.file.opens--
    this.file = null
    this.wantsReopening = false
  }

  private flush(): void {
    while (!this.isHalfWritten && this.openFile()) {
      const line = this.outbox.shift()
      if (line === undefined) return
      const bytes = Buffer.from(line.text)
      if (this.writesWhole || this.dice.chance(0.9)) this.finish(line, bytes)
      else this.writeInHalves(line, bytes)
    }
  }

  private writeInHalves(line: Line, bytes: Buffer): void {
    const cut = this.dice.between(1, bytes.length - 1)
    this.write(bytes.subarray(0, cut))
    this.isHalfWritten = true
    this.outbox.unshift(line)
    this.machine.at(this.machine.now + this.dice.between(1, 300), () => {
      if (!this.isHalfWritten || this.outbox[0] !== line) return
      this.isHalfWritten = false
      this.outbox.shift()
      this.finish(line, bytes.subarray(cut))
      this.flush()
    })
  }

  private finish(line: Line, bytes: Buffer): void {
    this.write(bytes)
    line.writtenAt = ++this.machine.order
    if (line.event === 'status') this.machine.note(`feed: ${line.text.trimEnd()}`)
    if (this.spoilNext) line.lostAt = 0
    this.spoilNext = false
    if (this.wantsReopening) this.letGo()
  }

  private write(bytes: Buffer): void {
    if (this.file !== null) this.disk.put(this.file, Buffer.concat([this.file.bytes, bytes]))
  }

  /** False while something else stands in the feed's place: what is to be said waits. */
  private openFile(): boolean {
    if (this.file !== null) return true
    if (!this.disk.names.has(feedFile)) this.disk.link(feedFile, this.disk.make('file', 0o640))
    const file = this.disk.find(feedFile)
    if (file.kind === 'directory') return false
    this.file = file
    file.opens++
    return true
  }
}
