import type { FeedPosition } from '../../src/domain/history/history.ts'
import type { FeedHappening } from '../../src/domain/watching/notice.ts'
import { FileFollower } from '../../src/feed/fileFollower.ts'
import type { Follower, Look } from '../../src/feed/follower.ts'
import { type FollowPosition, readFollowPosition } from '../../src/feed/followPosition.ts'
import { createMemoryFiles, type MemoryFiles } from './memoryFiles.ts'

/** What can happen to a feed and its watcher. Numbers choose sizes. */
export type Step =
  | { readonly step: 'append'; readonly sizes: readonly number[] }
  | { readonly step: 'append-part'; readonly size: number }
  | { readonly step: 'finish-part' }
  | { readonly step: 'append-late'; readonly size: number }
  | { readonly step: 'rotate'; readonly by: 'number' | 'date'; readonly create: boolean }
  | { readonly step: 'copytruncate'; readonly gap: readonly number[] }
  /** Copying takes a while: the copy is there before its content. */
  | { readonly step: 'begin-copy' }
  | { readonly step: 'end-copy' }
  | { readonly step: 'tick-clock' }
  | { readonly step: 'look'; readonly meanwhile: readonly { readonly after: number; readonly step: Step }[] }
  | { readonly step: 'checkpoint' }
  | { readonly step: 'commit' }
  | { readonly step: 'restart' }
  | { readonly step: 'crash' }

const feed = 'feed.jsonl'
const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/**
 * Plays a story with a follower on a file system in memory. Every line is unlike all others from its first letter
 * on; the oracle knows of each whether it may be lost, and what was applied.
 */
export class FollowerStory {
  readonly files: MemoryFiles = createMemoryFiles()
  readonly events: FeedHappening[] = []
  /** Complete lines that were written, by number. */
  readonly written: number[] = []
  /** Lines written between copying and truncating. */
  readonly inGap = new Set<number>()
  /** What the watcher applied, in order, since its state began. */
  applied: number[] = []
  /** Lines that were handed on although the history has them, or the other way round. */
  readonly misplaced: string[] = []
  /** Something was written to a file after the feed had moved on from it. */
  isLate = false
  private follower: Follower = new FileFollower(this.files, feed, null)
  private checkpoint: { position: FollowPosition | null; applied: number[] } = { position: null, applied: [] }
  private recorded: { position: FeedPosition; applied: ReadonlySet<number> } | null = null
  private lines = 0
  private rotations = 0
  private part: { readonly name: string; readonly number: number; readonly rest: Buffer } | null = null
  private readonly numberOf = new Map<string, number>()

  async play(steps: readonly Step[]): Promise<void> {
    this.files.create(feed)
    for (const step of [{ step: 'look', meanwhile: [] }, { step: 'checkpoint' }, ...steps] as const)
      await this.take(step)
    for (let count = 0; count < 3; count++) await this.look([])
    await this.follower.close()
  }

  private async take(step: Step): Promise<void> {
    switch (step.step) {
      case 'look':
        await this.look(step.meanwhile)
        return
      case 'checkpoint':
        this.checkpoint = { position: this.follower.position(), applied: [...this.applied] }
        return
      case 'commit': {
        const position = this.follower.feedPosition()
        if (position !== null) this.recorded = { position, applied: new Set(this.applied) }
        return
      }
      case 'restart':
        this.checkpoint = { position: this.follower.position(), applied: [...this.applied] }
        return this.begin()
      case 'crash':
        return this.begin()
      default:
        this.write(step)
    }
  }

  private async begin(): Promise<void> {
    await this.follower.close()
    const { position, applied } = this.checkpoint
    this.applied = [...applied]
    this.follower = new FileFollower(this.files, feed, readFollowPosition(JSON.parse(JSON.stringify(position))))
  }

  private async look(meanwhile: readonly { readonly after: number; readonly step: Step }[]): Promise<Look> {
    let calls = 0
    let left = [...meanwhile]
    this.files.meanwhile = () => {
      calls++
      const due = left.filter(({ after }) => after <= calls)
      left = left.filter(({ after }) => after > calls)
      for (const { step } of due) this.write(step)
    }
    const look = await this.follower.readToEnd({
      recorded: this.recorded?.position ?? null,
      onChunk: ({ bytes, place }) => {
        for (const line of Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1)) this.apply(line, place)
      },
    })
    this.files.meanwhile = () => undefined
    for (const { step } of left) this.write(step)
    this.events.push(...look.happened)
    return look
  }

  private apply(line: string, place: 'recorded' | 'new'): void {
    const number = this.numberOf.get(line.slice(0, 60_000))
    if (number === undefined) return
    this.applied.push(number)
    const isRecorded = this.recorded?.applied.has(number) ?? false
    if (isRecorded !== (place === 'recorded')) this.misplaced.push(`${number} ${place}`)
  }

  private write(step: Step): void {
    const { files } = this
    switch (step.step) {
      case 'append': {
        const torn = this.part?.name === feed ? '\n' : ''
        if (torn !== '') this.part = null
        files.append(feed, Buffer.concat([Buffer.from(torn), ...step.sizes.map((size) => this.newLine(size))]))
        return
      }
      case 'append-part': {
        if (this.part?.name === feed) return
        const line = this.newLine(step.size)
        const number = this.written.pop() as number
        const cut = 1 + (step.size % Math.min(500, line.length - 1))
        files.append(feed, line.subarray(0, cut))
        this.part = { name: feed, number, rest: line.subarray(cut) }
        return
      }
      case 'finish-part':
        if (this.part === null) return
        if (this.part.name !== feed) this.isLate = true
        files.append(this.part.name, this.part.rest)
        this.written.push(this.part.number)
        this.part = null
        return
      case 'append-late':
        if (this.latest === null || files.content(this.latest).at(-1) !== 0x0a) return
        this.isLate = true
        files.append(this.latest, this.newLine(step.size))
        return
      case 'rotate':
        this.rotate(step)
        return
      case 'copytruncate':
        this.copyTruncate(step.gap)
        return
      case 'begin-copy':
        files.create(this.freeName('number'))
        return
      case 'end-copy':
        files.copy(feed, `${feed}.1`)
        files.truncate(feed)
        return
      case 'tick-clock':
        files.now++
        return
      default:
    }
  }

  /** The file rotated away last, if it is still there. */
  private latest: string | null = null

  private rotate({ by, create }: { readonly by: 'number' | 'date'; readonly create: boolean }): void {
    if (!this.files.has(feed)) return
    this.latest = this.freeName(by)
    this.files.rename(feed, this.latest)
    if (this.part !== null) this.part = this.part.name === feed ? { ...this.part, name: this.latest } : null
    if (create) this.files.create(feed)
  }

  private copyTruncate(gap: readonly number[]): void {
    if (!this.files.has(feed)) return
    this.files.copy(feed, this.freeName('number'))
    this.latest = null
    this.part = null
    for (const size of gap) {
      this.files.append(feed, this.newLine(size))
      this.inGap.add(this.written.at(-1) as number)
    }
    this.files.truncate(feed)
  }

  private freeName(by: 'number' | 'date'): string {
    this.rotations++
    if (by === 'date') return `${feed}-${20_261_000 + this.rotations}`
    const numbers = this.files.names().flatMap((name) => /\.(\d+)$/.exec(name)?.[1] ?? [])
    for (const number of numbers.map(Number).sort((one, other) => other - one)) {
      this.files.rename(`${feed}.${number}`, `${feed}.${number + 1}`)
      if (this.part?.name === `${feed}.${number}`) this.part = { ...this.part, name: `${feed}.${number + 1}` }
    }
    return `${feed}.1`
  }

  private newLine(size: number): Buffer {
    const number = this.lines++
    const text = `${alphabet[number % alphabet.length]}${number}:${'x'.repeat(size)}`
    this.numberOf.set(text.slice(0, 60_000), number)
    this.written.push(number)
    return Buffer.from(`${text}\n`)
  }
}
