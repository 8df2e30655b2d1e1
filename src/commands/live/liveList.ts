import type { Failure } from '../../domain/failure.ts'
import { adoptCatalogue, adoptEntry } from '../../domain/presence/live.ts'
import { byWhatComesNext, changesSince, type LastShown } from '../../domain/presence/liveList.ts'
import { type PresenceRow, presenceRows } from '../../domain/presence/presence.ts'
import { operatorNamed } from '../../domain/presence/presenceState.ts'
import { lookAtClocks, startPresent } from '../../domain/presence/presentTime.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Store, StoreSnapshot } from '../../store/port.ts'
import type { System } from '../../system/system.ts'
import { wordFailure } from '../../views/failures/failure.ts'
import { feedNowNote } from '../../views/findings/feedNotes.ts'
import { printable } from '../../views/painting/printable.ts'
import { goneLine, liveLine, liveList, redraw } from '../../views/presence/liveTable.ts'
import { presenceShape } from '../../views/presence/presenceShapes.ts'
import { jsonLine, showHuman } from '../../views/show.ts'
import type { Shown } from '../../views/shown.ts'
import type { Call, OutputFormat } from '../declaring/command.ts'
import { lineFormat } from '../options/lineFormat.ts'
import { arrangeList } from '../options/listOptions.ts'
import { openStore } from '../storing/openStore.ts'
import { drainFeed, followerOf, type LivePresence, openLivePresence } from './livePresence.ts'

/** Never more often, however much happens: slow terminals and people can follow. */
const pauseMs = 1000
/** The title, the header, what did not fit in width and in height, and the line where the cursor waits. */
const linesBesides = 5
/** So long a change stays marked. */
const freshMs = 5000

/**
 * Shows the list until it is stopped: redrawn in place on a terminal, elsewhere every row once and then a line for
 * each that changes, in machine formats as JSON Lines. Ends like `kubectl get -w`, with the signal's code.
 */
export async function showLive(call: Call, system: System): Promise<Result<Shown, Failure>> {
  const format = lineFormat(call.globals.format, {
    telling: '--live',
    formats: ['table', 'json', 'jsonl', 'name'],
  })
  if (!format.ok) return format
  const store = openStore(call.globals, system)
  const watched = await openWatched(call, system, store)
  if (!watched.ok) return watched
  const redraws = format.value === 'table' && system.stdout.isTerminal && system.env.TERM !== 'dumb' && !system.isPlain
  const display = redraws ? createScreen(call, system) : createLines(call, system)
  try {
    while (!system.stop.aborted) {
      const shown = await display(await look(watched.value, system))
      if (!shown.ok) return shown
      await system.clock.sleep(pauseMs, system.stop)
    }
  } finally {
    await watched.value.live.follower.close()
    await store.close()
  }
  return ok({ value: undefined, human: () => '' })
}

interface Watched {
  readonly store: Store
  readonly live: LivePresence
  readonly present: ReturnType<typeof startPresent>
  snapshot: StoreSnapshot
}

interface Picture {
  readonly rows: readonly PresenceRow[]
  readonly now: number
  readonly notes: readonly string[]
}

type Display = (picture: Picture) => Promise<Result<null, Failure>>

async function openWatched(call: Call, system: System, store: Store): Promise<Result<Watched, Failure>> {
  const snapshot = await store.read()
  if (!snapshot.ok) return snapshot
  const { feed } = call.globals
  return ok({
    store,
    live: openLivePresence(snapshot.value, feed, followerOf(feed, system)),
    present: startPresent({ wall: system.clock.now(), steady: system.clock.steady() }),
    snapshot: snapshot.value,
  })
}

/** Everybody as they are now; what can't be read at this moment is a note, and what was known stays. */
async function look(watched: Watched, system: System): Promise<Picture> {
  const { live, present, store } = watched
  const notes: string[] = []
  lookAtClocks(present, { wall: system.clock.now(), steady: system.clock.steady() })
  const snapshot = await store.read()
  if (snapshot.ok) adopt(watched, snapshot.value)
  else notes.push(wordFailure(snapshot.failure).message)
  const { state: feed } = await drainFeed(live, {
    present,
    clock: system.clock,
    recorded: watched.snapshot.recorded,
    events: [],
  })
  const feedNote = feedNowNote(feed)
  if (feedNote !== null) notes.push(feedNote)
  const now = present.steady + present.offsetMs
  return { rows: byWhatComesNext(presenceRows(live.state, watched.snapshot.catalogue, now)), now, notes }
}

/** What others wrote meanwhile; an entry older than what the feed has told since is passed over. */
function adopt(watched: Watched, snapshot: StoreSnapshot): void {
  const { state } = watched.live
  if (snapshot.catalogue !== watched.snapshot.catalogue) adoptCatalogue(state, snapshot.catalogue, snapshot.recorded)
  for (const entry of snapshot.newEntries) {
    if (entry.type !== 'status-entered') continue
    const operator = operatorNamed(state, entry.operator)
    if (operator === -1 || entry.at < (state.columns.since[operator] as number)) continue
    adoptEntry(state, entry, snapshot.recorded)
  }
  watched.snapshot = snapshot
}

/** Draws each picture over the one before; what changed in the last seconds is marked. */
function createScreen(call: Call, system: System): Display {
  const { stdout } = system
  const changedAt = new Map<string, number>()
  let before: LastShown | null = null
  let drawn = ''
  return async ({ rows, now, notes }) => {
    const { changed, now: last } = changesSince(before, rows)
    if (before !== null) for (const { operator } of changed) changedAt.set(operator, now)
    before = last
    const fresh = new Set([...changedAt].filter(([, at]) => now - at < freshMs).map(([operator]) => operator))
    const room = Math.max(1, (stdout.rows ?? Number.POSITIVE_INFINITY) - linesBesides - notes.length)
    const shown = arrangeList(liveList({ rows, fresh, now, room, notes }), call.options)
    if (!shown.ok) return shown
    const paint = await call.paint()
    const plain = { ...paint, chalk: await system.chalk(stdout, 'never') }
    const text = showHuman(shown.value, paint, plain).trimEnd()
    if (text !== drawn) await stdout.write(redraw(text, drawn === '' ? 0 : drawn.split('\n').length))
    drawn = text
    return ok(null)
  }
}

/** Every row once, then a line for each that changes. */
function createLines(call: Call, system: System): Display {
  const { format, quiet } = call.globals
  let before: LastShown | null = null
  let noted = ''
  return async ({ rows, now, notes }) => {
    const { changed, gone, now: last } = changesSince(before, rows)
    before = last
    const news = { value: changed.map(presenceShape), human: () => '', names: changed.map(({ operator }) => operator) }
    const picked = arrangeList(news, call.options)
    if (!picked.ok) return picked
    const lines = linesOf(picked.value, { changed, gone, now, format })
    await system.stdout.write(lines.map((line) => `${line}\n`).join(''))
    const note = notes.join(' ')
    if (note !== noted && note !== '' && !quiet) await system.stderr.write(`${note}\n`)
    noted = note
    return ok(null)
  }
}

function linesOf(
  { value, names = [] }: Shown,
  news: { changed: readonly PresenceRow[]; gone: readonly string[]; now: number; format: OutputFormat },
): string[] {
  const { changed, gone, now, format } = news
  if (format === 'name') return names.map(printable)
  if (format !== 'table') {
    return [...(value as readonly unknown[]), ...gone.map((operator) => ({ operator, removed: true }))].map(jsonLine)
  }
  const rows = new Map(changed.map((row) => [row.operator, row]))
  const lines = names.map((operator) => liveLine(rows.get(operator) as PresenceRow, now))
  return [...lines, ...gone.map((operator) => goneLine(operator, now))]
}
