import { isDeepStrictEqual } from 'node:util'
import type { FeedPosition } from '../domain/history/history.ts'
import type { FeedHappening } from '../domain/watching/notice.ts'
import { errnoOf } from './feedFile.ts'
import { type FeedFiles, openIfThere } from './feedFiles.ts'
import { type FeedFile, isUntouched, openFeedName } from './files/feedName.ts'
import {
  type Fingerprint,
  fingerprintOf,
  formatFingerprint,
  isSameInode,
  parseFingerprint,
} from './files/fileIdentity.ts'
import { areUnmoved, listSiblings, printOfSibling, type Sibling } from './files/siblings.ts'
import { type FilePlace, resumeAt, type TrackedFile, trackFromStart } from './files/trackedFile.ts'
import type { Follower, FollowState, Look, Looking } from './follower.ts'
import { findBeginning } from './following/firstLook.ts'
import { createFollowedFile, type FollowedFile } from './following/followedFile.ts'
import { eventsOf, stateOf, successionOf } from './following/followState.ts'
import { deliverLines, type Outcome, type Turn } from './following/lineDelivery.ts'
import { closeQuietly, createRetiredFiles, type RetiredFiles } from './following/retiredFiles.ts'
import { filesBetween, findRest } from './following/succession.ts'
import { createUnreadable } from './following/unreadable.ts'
import { type FollowPosition, readFingerprints } from './followPosition.ts'

/** The events that tell of a state. */
const ofStates: readonly string[] = ['appeared', 'missing', 'refused']
/** So often one look begins anew because files were exchanged under it. */
const attempts = 4
const keptKnown = 1000

/** Follows a feed through every kind of rotation. `position`: where to go on; null: begins with the present file. */
export class FileFollower implements Follower {
  private readonly files: FeedFiles
  private readonly name: string
  private readonly retired: RetiredFiles
  private readonly followed: FollowedFile
  /** Older files; null before the first look of a follower without a position. */
  private known: readonly Fingerprint[] | null
  /** What a file is taken for where the recorded position's file is gone: older than that before the first look. */
  private otherwise: 'recorded' | 'new'
  /**
   * The followed file's first lines were just read. Until then it was known by its inode alone and may have been
   * copied and emptied in between: another look must follow at what lies beside it.
   */
  private isUnsure = false
  private state: FollowState = { state: 'following' }
  private beganLate = false
  private readonly unreadable = createUnreadable()
  /** The end of the file before the followed one; null where there was none, or nothing of it was read. */
  private before: FeedPosition | null

  constructor(files: FeedFiles, name: string, position: FollowPosition | null) {
    this.files = files
    this.name = name
    this.retired = createRetiredFiles(files, name, {
      places: position?.retired ?? [],
      onLetGo: (file) => this.remember([fingerprintOf(file, file.beginning)]),
    })
    this.followed = createFollowedFile(position)
    this.known = position === null ? null : readFingerprints(position.known)
    this.otherwise = position === null ? 'new' : 'recorded'
    const last = position?.retired.at(-1)
    this.before = last === undefined || last.offset === 0 ? null : endOf(last)
  }

  position(): FollowPosition | null {
    const place = this.followed.place()
    if (place === null) return null
    const { file, offset, before, after } = place
    const known = (this.known ?? []).map(formatFingerprint)
    return { version: 1, file, offset, before, after, retired: this.retired.places(), known }
  }

  feedPosition(): FeedPosition | null {
    const place = this.followed.place()
    if (place === null || place.offset > 0) return place && endOf(place)
    // An empty file has no beginning to know it by: the end of the one before it says the same.
    return this.before
  }

  async close(): Promise<void> {
    await this.retired.close()
    await this.followed.letGo()
  }

  async readToEnd(looking: Looking): Promise<Look> {
    const turn: Turn = { looking, happened: [], bytesRead: 0, thrown: null, feedOpen: null, passedRecorded: false }
    let outcome: Outcome = 'changed'
    const before = this.state
    try {
      for (let attempt = 0; attempt < attempts && outcome === 'changed'; attempt++) outcome = await this.look(turn)
      this.otherwise = 'new'
    } catch (error) {
      if (turn.thrown !== null) throw turn.thrown.error
      this.isUnsure = true
      await this.close()
      this.fail(errnoOf(error), before, turn)
    }
    const { state, beganLate } = this
    const drained = state.state === 'following' && outcome === 'end'
    return { state, happened: turn.happened, bytesRead: turn.bytesRead, drained, beganLate }
  }

  private async look(turn: Turn): Promise<Outcome> {
    await this.retired.read(turn, {
      known: this.known ?? [],
      otherwise: this.otherwise,
      followed: this.followed.held(),
    })
    const found = await openFeedName(this.files, this.name, this.followed.held()?.open ?? null)
    this.become(stateOf(found), turn.happened)
    turn.feedOpen = found.is === 'file' ? found.feed.open : null
    if (found.is !== 'file') return this.readElsewhere(turn)
    try {
      return await this.readFeed(turn, found.feed)
    } finally {
      if (this.followed.held()?.open !== found.feed.open) await closeQuietly(found.feed.open)
    }
  }

  /**
   * The feed's name is vacant or taken by something else: what was followed may still grow under another name, and
   * what could not be read at the first look may have been rotated.
   */
  private async readElsewhere(turn: Turn): Promise<Outcome> {
    return this.known === null ? this.begin(turn, null) : this.succeed(turn, null)
  }

  private async readFeed(turn: Turn, feed: FeedFile): Promise<Outcome> {
    const outcome = await this.readOn(turn, feed)
    return outcome === 'end' && this.isUnsure ? 'changed' : outcome
  }

  private async readOn(turn: Turn, feed: FeedFile): Promise<Outcome> {
    const place = this.followed.place()
    if (place === null && this.known === null) return this.begin(turn, feed)
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
    this.known = known
    this.beganLate = isLate
    if (open === null) return feed === null ? 'end' : this.readFrom(turn, trackFromStart(feed.open, feed.facts), [])
    await this.followed.follow(trackFromStart(open, await open.facts()), turn.feedOpen)
    return this.succeed(turn, feed)
  }

  /**
   * The feed's name has, or may have, another file: first the rest of the old one, then what came between, then the
   * new one. `feed` null: there is none at present.
   */
  private async succeed(turn: Turn, feed: FeedFile | null): Promise<Outcome> {
    const place = this.followed.place()
    const same = place === null || feed === null ? null : await resumeAt(place, feed.open)
    // Listed only now: what was copied before the feed was emptied lies there.
    const siblings = await listSiblings(this.files, this.name)
    if (feed !== null && !(await isUntouched(this.files, this.name, feed))) return 'changed'
    if (same === null && this.unreadable.waitFor(siblings.unreadable) === 'given-up') this.beganLate = true
    const rest =
      same ??
      (place === null ? null : await findRest(this.files, siblings.found, { place, held: this.followed.held() }))
    // Before the rest is given up for lost: it may have been renamed just now.
    if (place !== null && rest === null && !(await areUnmoved(this.files, this.name, siblings))) return 'changed'
    const isSure = this.isSureOf(place)
    this.isUnsure = false
    const { between, older } = filesBetween({
      siblings: siblings.found,
      place,
      rest,
      feed,
      known: this.known ?? [],
      retired: this.retired.files,
      trustNames: isSure,
    })
    this.remember(older.map(printOfSibling))
    for (const { file, errno } of this.unreadable.news(siblings.unreadable))
      turn.happened.push({ event: 'unreadable', file, errno })
    if (between.length > 0 || (same === null && feed !== null))
      turn.happened.push(...successionOf(place, { feed, rest, between }))
    if (
      rest !== null &&
      same === null &&
      (await this.readFrom(turn, rest, [...between, ...listed(feed)])) === 'stopped'
    )
      return 'stopped'
    for (const [index, sibling] of between.entries()) {
      const next = await this.openSibling(sibling)
      if (next === null) {
        this.isUnsure = true
        return 'changed'
      }
      await this.moveOn(turn, next)
      const later = [...between.slice(index + 1), ...listed(feed)]
      if ((await this.readFrom(turn, next, later)) === 'stopped') return 'stopped'
    }
    if (feed === null) return 'end'
    const next = same ?? trackFromStart(feed.open, feed.facts)
    if (same === null || between.length > 0) await this.moveOn(turn, next)
    return this.readFrom(turn, next, [])
  }

  /** Follows a file from its place on; `later` are the files that will be read after it. */
  private async readFrom(turn: Turn, file: TrackedFile, later: readonly (Sibling | FeedFile)[]): Promise<Outcome> {
    await this.followed.follow(file, turn.feedOpen)
    const otherwise = later.length > 0 ? this.otherwise : 'new'
    const isNew = file.offset === 0
    const outcome = await deliverLines(turn, file, { later, known: this.known ?? [], otherwise })
    if (isNew && file.offset > 0) this.isUnsure = true
    return outcome
  }

  /** What was followed becomes an older file. */
  private async moveOn(turn: Turn, next: TrackedFile): Promise<void> {
    const place = this.followed.place()
    this.before = this.feedPosition()
    const left = this.followed.replace(next)
    const print = place === null ? null : parseFingerprint(place.file)
    if (print !== null) this.remember([print])
    if (left !== null && left.open !== turn.feedOpen) await this.retired.add(left)
  }

  private remember(older: readonly Fingerprint[]): void {
    this.known = [...(this.known ?? []), ...older].slice(-keptKnown)
  }

  /** Null where it was renamed or removed since it was listed. */
  private async openSibling({ file, facts }: Sibling): Promise<TrackedFile | null> {
    const open = await openIfThere(this.files, file)
    if (open === null) return null
    const opened = await open.facts()
    if (isSameInode(opened, facts)) return trackFromStart(open, opened)
    await closeQuietly(open)
    return null
  }

  /** What the name seemed to be until the reading failed is no news where it was unreadable before as well. */
  private fail(errno: string, before: FollowState, turn: Turn): void {
    const failed: FollowState = { state: 'unreadable', errno }
    if (isDeepStrictEqual(before, failed)) {
      turn.happened.splice(0, turn.happened.length, ...turn.happened.filter(({ event }) => !ofStates.includes(event)))
      this.state = failed
    } else this.become(failed, turn.happened)
  }

  private become(next: FollowState, happened: FeedHappening[]): void {
    if (!isDeepStrictEqual(next, this.state)) happened.push(...eventsOf(next, this.name))
    this.state = next
  }
}

function endOf({ file, offset, before }: FilePlace): FeedPosition {
  return { file, offset, before }
}

function listed<Value>(value: Value | null): Value[] {
  return value === null ? [] : [value]
}
