import type { FeedPosition } from '../domain/history/history.ts'
import { errnoOf } from './feedFile.ts'
import { closeQuietly, type FeedFiles, openIfThere } from './feedFiles.ts'
import { type FeedFile, isUntouched, openFeedName } from './files/feedName.ts'
import { openSibling, printOfSibling, type Sibling } from './files/siblings.ts'
import { type FilePlace, resumeAt, type TrackedFile, trackFromStart } from './files/trackedFile.ts'
import type { Follower, Look, Looking } from './follower.ts'
import { createFilesInHand, type FilesInHand } from './following/filesInHand.ts'
import { findBeginning } from './following/firstLook.ts'
import { createToldState, stateOf, successionOf, type ToldState } from './following/followState.ts'
import { deliverLines, type Outcome, type Turn } from './following/lineDelivery.ts'
import { findSuccession, type Succession } from './following/succession.ts'
import { createUnreadable } from './following/unreadable.ts'
import type { FollowPosition } from './followPosition.ts'

/** So often one look begins anew because files were exchanged under it. */
const attempts = 4

/** Follows a feed through every kind of rotation. `position`: where to go on; null: begins with the present file. */
export class FileFollower implements Follower {
  private readonly files: FeedFiles
  private readonly name: string
  private readonly hand: FilesInHand
  /** What a file is taken for where the recorded position's file is gone: older than that before the first look. */
  private otherwise: 'recorded' | 'new'
  /**
   * The followed file's first lines were just read. Until then it was known by its inode alone and may have been
   * copied and emptied in between: another look must follow at what lies beside it.
   */
  private isUnsure = false
  private readonly state: ToldState
  private beganLate = false
  private readonly unreadable = createUnreadable()

  constructor(files: FeedFiles, name: string, position: FollowPosition | null) {
    this.files = files
    this.name = name
    this.hand = createFilesInHand(files, name, position)
    this.state = createToldState(name)
    this.otherwise = position === null ? 'new' : 'recorded'
  }

  position(): FollowPosition | null {
    return this.hand.position()
  }

  feedPosition(): FeedPosition | null {
    return this.hand.feedPosition()
  }

  async close(): Promise<void> {
    await this.hand.close()
  }

  async readToEnd(looking: Looking): Promise<Look> {
    const turn: Turn = { looking, happened: [], bytesRead: 0, thrown: null, feedOpen: null, passedRecorded: false }
    let outcome: Outcome = 'changed'
    const before = this.state.now
    try {
      for (let attempt = 0; attempt < attempts && outcome === 'changed'; attempt++) outcome = await this.look(turn)
      this.otherwise = 'new'
    } catch (error) {
      if (turn.thrown !== null) throw turn.thrown.error
      this.isUnsure = true
      await this.close()
      this.state.fail(errnoOf(error), before, turn.happened)
    }
    const { beganLate } = this
    const state = this.state.now
    const drained = state.state === 'following' && outcome === 'end'
    return { state, happened: turn.happened, bytesRead: turn.bytesRead, drained, beganLate }
  }

  private async look(turn: Turn): Promise<Outcome> {
    await this.hand.retired.read(turn, {
      known: this.hand.known ?? [],
      otherwise: this.otherwise,
      followed: this.hand.followed.held(),
    })
    const found = await openFeedName(this.files, this.name, this.hand.followed.held()?.open ?? null)
    this.state.become(stateOf(found), turn.happened)
    turn.feedOpen = found.is === 'file' ? found.feed.open : null
    if (found.is !== 'file') return this.readElsewhere(turn)
    try {
      return await this.readFeed(turn, found.feed)
    } finally {
      if (this.hand.followed.held()?.open !== found.feed.open) await closeQuietly(found.feed.open)
    }
  }

  /**
   * The feed's name is vacant or taken by something else: what was followed may still grow under another name, and
   * what could not be read at the first look may have been rotated.
   */
  private async readElsewhere(turn: Turn): Promise<Outcome> {
    return this.hand.known === null ? this.begin(turn, null) : this.succeed(turn, null)
  }

  private async readFeed(turn: Turn, feed: FeedFile): Promise<Outcome> {
    const outcome = await this.readOn(turn, feed)
    return outcome === 'end' && this.isUnsure ? 'changed' : outcome
  }

  private async readOn(turn: Turn, feed: FeedFile): Promise<Outcome> {
    const place = this.hand.followed.place()
    if (place === null && this.hand.known === null) return this.begin(turn, feed)
    const resumed = this.isSureOf(place) ? await resumeAt(place, feed.open) : null
    return resumed === null ? this.succeed(turn, feed) : this.readFrom(turn, resumed, [])
  }

  private isSureOf(place: FilePlace | null): place is FilePlace {
    return place !== null && place.offset > 0 && !this.isUnsure
  }

  /** `feed` null: there is none at present; what the history ends in may lie beside its name. */
  private async begin(turn: Turn, feed: FeedFile | null): Promise<Outcome> {
    const { recorded } = turn.looking
    const { known, start, isLate, unreadable } = await findBeginning(this.files, this.name, { feed, recorded })
    if (isLate && recorded !== null && start === null) this.unreadable.waitFor(unreadable)
    if (feed !== null && !(await isUntouched(this.files, this.name, feed))) return 'changed'
    const open = start === null ? null : await openIfThere(this.files, start.file)
    this.hand.begin(known)
    this.beganLate = isLate
    if (open === null) return feed === null ? 'end' : this.readFrom(turn, trackFromStart(feed.open, feed.facts), [])
    await this.hand.followed.follow(trackFromStart(open, await open.facts()), turn.feedOpen)
    return this.succeed(turn, feed)
  }

  /** The feed's name has, or may have, another file. `feed` null: there is none at present. */
  private async succeed(turn: Turn, feed: FeedFile | null): Promise<Outcome> {
    const place = this.hand.followed.place()
    const found = await findSuccession(this.files, this.name, {
      place,
      held: this.hand.followed.held(),
      feed,
      known: this.hand.known ?? [],
      retired: this.hand.retired.files,
      beginning: this.isSureOf(place) ? 'sure' : 'unsure',
      unreadable: this.unreadable,
    })
    if (found === 'changed') return 'changed'
    if (found.waiting === 'given-up') this.beganLate = true
    this.isUnsure = false
    this.hand.remember(found.older.map(printOfSibling))
    for (const { file, errno } of this.unreadable.news(found.unreadable))
      turn.happened.push({ event: 'unreadable', file, errno })
    if (found.between.length > 0 || (found.same === null && feed !== null))
      turn.happened.push(...successionOf(place, { feed, ...found }))
    return this.readInTurn(turn, feed, found)
  }

  /** First the rest of the old file, then what came between, then the new one. */
  private async readInTurn(turn: Turn, feed: FeedFile | null, { same, rest, between }: Succession): Promise<Outcome> {
    if (
      rest !== null &&
      same === null &&
      (await this.readFrom(turn, rest, [...between, ...listed(feed)])) === 'stopped'
    )
      return 'stopped'
    for (const [index, sibling] of between.entries()) {
      const open = await openSibling(this.files, sibling)
      if (open === null) {
        this.isUnsure = true
        return 'changed'
      }
      const next = trackFromStart(open, await open.facts())
      await this.hand.moveOn(next, turn.feedOpen)
      const later = [...between.slice(index + 1), ...listed(feed)]
      if ((await this.readFrom(turn, next, later)) === 'stopped') return 'stopped'
    }
    if (feed === null) return 'end'
    const next = same ?? trackFromStart(feed.open, feed.facts)
    if (same === null || between.length > 0) await this.hand.moveOn(next, turn.feedOpen)
    return this.readFrom(turn, next, [])
  }

  /** Follows a file from its place on; `later` are the files that will be read after it. */
  private async readFrom(turn: Turn, file: TrackedFile, later: readonly (Sibling | FeedFile)[]): Promise<Outcome> {
    await this.hand.followed.follow(file, turn.feedOpen)
    const otherwise = later.length > 0 ? this.otherwise : 'new'
    const isNew = file.offset === 0
    const outcome = await deliverLines(turn, file, { later, known: this.hand.known ?? [], otherwise })
    if (isNew && file.offset > 0) this.isUnsure = true
    return outcome
  }
}

function listed<Value>(value: Value | null): Value[] {
  return value === null ? [] : [value]
}
