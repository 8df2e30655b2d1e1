import type { FeedPosition } from '../domain/history.ts'
import { errnoOf } from './feedFile.ts'
import type { FeedFiles } from './feedFiles.ts'
import { type FeedFile, isAtName, openFeedName } from './feedName.ts'
import { type Fingerprint, formatFingerprint, isSameInode, parseFingerprint } from './fileIdentity.ts'
import { findBeginning } from './firstLook.ts'
import type { FollowEvent, Follower, FollowState, Look, Looking } from './follower.ts'
import { type FollowPosition, readFingerprints } from './followPosition.ts'
import { eventsOf, stateOf, successionOf } from './followState.ts'
import { deliverLines, type Outcome, type Turn } from './lineDelivery.ts'
import { closeQuietly, createRetiredFiles, type RetiredFiles } from './retiredFiles.ts'
import { areUnmoved, listSiblings, printOfSibling, type Sibling } from './rotation.ts'
import { filesBetween, findRest, openIfThere } from './succession.ts'
import { type FilePlace, placeOf, resumeAt, type TrackedFile, trackFromStart } from './trackedFile.ts'

/** What is followed: nothing yet, a place whose file has still to be found, or an open file. */
type Followed =
  | { readonly state: 'nothing' }
  | { readonly state: 'sought'; readonly place: FilePlace }
  | { readonly state: 'open'; readonly file: TrackedFile }

/** So often one look begins anew because files were exchanged under it. */
const attempts = 4
const keptKnown = 1000

/** Follows a feed through every kind of rotation. `position`: where to go on; null: begins with the present file. */
export class FileFollower implements Follower {
  private readonly files: FeedFiles
  private readonly name: string
  private readonly retired: RetiredFiles
  private followed: Followed
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

  constructor(files: FeedFiles, name: string, position: FollowPosition | null) {
    this.files = files
    this.name = name
    this.retired = createRetiredFiles(files, name, position?.retired ?? [])
    this.followed = position === null ? { state: 'nothing' } : { state: 'sought', place: position }
    this.known = position === null ? null : readFingerprints(position.known)
    this.otherwise = position === null ? 'new' : 'recorded'
  }

  position(): FollowPosition | null {
    const place = this.place()
    if (place === null) return null
    const { file, offset, before, after } = place
    const known = (this.known ?? []).map(formatFingerprint)
    return { version: 1, file, offset, before, after, retired: this.retired.places(), known }
  }

  feedPosition(): FeedPosition | null {
    const place = this.place()
    return place === null ? null : { file: place.file, offset: place.offset }
  }

  async close(): Promise<void> {
    await this.retired.close()
    await this.letGo()
  }

  async readToEnd(looking: Looking): Promise<Look> {
    const turn: Turn = { looking, happened: [], bytesRead: 0, thrown: null, feedOpen: null }
    try {
      for (let attempt = 0; attempt < attempts; attempt++) if ((await this.look(turn)) !== 'changed') break
      this.otherwise = 'new'
    } catch (error) {
      if (turn.thrown !== null) throw turn.thrown.error
      await this.close()
      this.become({ state: 'unreadable', errno: errnoOf(error) }, turn.happened)
    }
    return { state: this.state, happened: turn.happened, bytesRead: turn.bytesRead }
  }

  private async look(turn: Turn): Promise<Outcome> {
    await this.retired.read(turn, {
      known: this.known ?? [],
      otherwise: this.otherwise,
      followed: this.held(),
    })
    const found = await openFeedName(this.files, this.name, this.held()?.open ?? null)
    this.become(stateOf(found), turn.happened)
    turn.feedOpen = found.is === 'file' ? found.feed.open : null
    if (found.is !== 'file') return this.readElsewhere(turn)
    try {
      return await this.readFeed(turn, found.feed)
    } finally {
      if (this.held()?.open !== found.feed.open) await closeQuietly(found.feed.open)
    }
  }

  /** The feed's name is vacant or taken by something else: what was followed may still grow under another name. */
  private async readElsewhere(turn: Turn): Promise<Outcome> {
    if (this.place() !== null) return this.succeed(turn, null)
    this.known ??= (await findBeginning(this.files, this.name, { feed: null, recorded: null })).known
    return 'end'
  }

  private async readFeed(turn: Turn, feed: FeedFile): Promise<Outcome> {
    const place = this.place()
    if (place === null && this.known === null) return this.begin(turn, feed)
    const isSure = place !== null && place.offset > 0 && !this.isUnsure
    this.isUnsure = false
    const resumed = isSure ? await resumeAt(place, feed.open) : null
    const outcome = resumed === null ? await this.succeed(turn, feed) : await this.readFrom(turn, resumed, [])
    return outcome === 'end' && this.isUnsure ? 'changed' : outcome
  }

  private async begin(turn: Turn, feed: FeedFile): Promise<Outcome> {
    const { recorded } = turn.looking
    const { known, start } = await findBeginning(this.files, this.name, { feed, recorded })
    if (!(await isAtName(this.files, this.name, feed.facts))) return 'changed'
    const open = start === null ? null : await openIfThere(this.files, start.file)
    this.known = known
    if (open === null) return this.readFrom(turn, trackFromStart(feed.open, feed.facts), [])
    await this.follow(turn, trackFromStart(open, await open.facts()))
    return this.succeed(turn, feed)
  }

  /**
   * The feed's name has, or may have, another file: first the rest of the old one, then what came between, then the
   * new one. `feed` null: there is none at present.
   */
  private async succeed(turn: Turn, feed: FeedFile | null): Promise<Outcome> {
    const place = this.place()
    const same = place === null || feed === null ? null : await resumeAt(place, feed.open)
    // Listed only now: what was copied before the feed was emptied lies there.
    const siblings = await listSiblings(this.files, this.name)
    if (feed !== null && !(await isAtName(this.files, this.name, feed.facts))) return 'changed'
    const rest =
      same ?? (place === null ? null : await findRest(this.files, siblings.found, { place, held: this.held() }))
    // Before the rest is given up for lost: it may have been renamed just now.
    if (place !== null && rest === null && !(await areUnmoved(this.files, this.name, siblings))) return 'changed'
    const { between, older } = filesBetween({
      siblings: siblings.found,
      place,
      rest,
      feed,
      known: this.known ?? [],
      retired: this.retired.files,
    })
    this.known = [...(this.known ?? []), ...older.map(printOfSibling)]
    for (const { file, errno } of siblings.unreadable) turn.happened.push({ event: 'unreadable', file, errno })
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
      if (next === null) return 'changed'
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
    await this.follow(turn, file)
    const otherwise = later.length > 0 ? this.otherwise : 'new'
    const isNew = file.offset === 0
    const outcome = await deliverLines(turn, file, { later, known: this.known ?? [], otherwise })
    if (isNew && file.offset > 0) this.isUnsure = true
    return outcome
  }

  private async follow(turn: Turn, file: TrackedFile): Promise<void> {
    const held = this.held()
    this.followed = { state: 'open', file }
    if (held === null) return
    if (held.open === file.open && held.offset === file.offset) file.scannedTo = held.scannedTo
    if (held.open !== file.open && held.open !== turn.feedOpen) await closeQuietly(held.open)
  }

  /** What was followed becomes an older file, in one step with the next one: there is a position at any moment. */
  private async moveOn(turn: Turn, next: TrackedFile): Promise<void> {
    const place = this.place()
    const held = this.held()
    this.followed = { state: 'open', file: next }
    const print = place === null ? null : parseFingerprint(place.file)
    if (print !== null) this.known = [...(this.known ?? []), print].slice(-keptKnown)
    if (held !== null && held.open !== turn.feedOpen) await this.retired.add(held)
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

  private held(): TrackedFile | null {
    return this.followed.state === 'open' ? this.followed.file : null
  }

  private place(): FilePlace | null {
    if (this.followed.state === 'nothing') return null
    return this.followed.state === 'open' ? placeOf(this.followed.file) : this.followed.place
  }

  private async letGo(): Promise<void> {
    const held = this.held()
    if (held === null) return
    this.followed = { state: 'sought', place: placeOf(held) }
    await closeQuietly(held.open)
  }

  private become(next: FollowState, happened: FollowEvent[]): void {
    if (JSON.stringify(next) !== JSON.stringify(this.state)) happened.push(...eventsOf(next, this.name))
    this.state = next
  }
}

function listed<Value>(value: Value | null): Value[] {
  return value === null ? [] : [value]
}
