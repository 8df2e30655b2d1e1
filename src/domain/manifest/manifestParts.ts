import { catalogueVersion } from '../catalogue/catalogue.ts'
import { isObject } from '../catalogue/rules/fields.ts'
import type { Problem } from '../catalogue/rules/problem.ts'
import { isSameJson } from '../sameJson.ts'

/** Several manifests as one document, and where in them each of its places is. */
export interface JoinedManifest {
  readonly document: unknown
  /** What two of them say differently of one setting. Paths are those of the joined document. */
  readonly contradictions: readonly Problem[]
  placeOf(path: string): PartPlace
}

export interface PartPlace {
  /** Index of the part. */
  readonly part: number
  /** JSON path in it. */
  readonly path: string
}

const lists = ['statuses', 'calendars', 'operators'] as const

/**
 * The lists one after the other, the settings key by key. Each part must be a valid manifest by itself. The part
 * alone where there is only one.
 */
export function joinManifests(parts: readonly unknown[]): JoinedManifest {
  if (parts.length === 1) {
    return { document: parts[0], contradictions: [], placeOf: (path) => ({ part: 0, path }) }
  }
  const document: Record<string, unknown> = { version: catalogueVersion }
  const origins = new Map<string, PartPlace>()
  for (const list of lists) {
    const joined = parts.flatMap((part, index) => {
      const entries = isObject(part) && Array.isArray(part[list]) ? part[list] : null
      return (entries ?? []).map((entry: unknown, place) => ({ entry, part: index, path: `$.${list}[${place}]` }))
    })
    joined.forEach(({ part, path }, index) => {
      origins.set(`$.${list}[${index}]`, { part, path })
    })
    // An empty list says that there are none: with prune that is something else than no list at all.
    const isSaid = parts.some((part) => isObject(part) && Array.isArray(part[list]))
    if (isSaid) document[list] = joined.map(({ entry }) => entry)
  }
  const { settings, contradictions } = joinSettings(parts, origins)
  if (settings !== null) document.settings = settings
  return { document, contradictions, placeOf: (path) => placeIn(origins, path) }
}

function joinSettings(parts: readonly unknown[], origins: Map<string, PartPlace>) {
  const settings = new Map<string, unknown>()
  const contradictions: Problem[] = []
  let isSaid = false
  parts.forEach((part, index) => {
    const raw = isObject(part) ? part.settings : undefined
    if (!isObject(raw)) return
    isSaid = true
    for (const [key, value] of Object.entries(raw)) {
      const path = `$.settings.${key}`
      if (settings.has(key) && !isSameJson(settings.get(key), value)) {
        const otherPath = path
        contradictions.push({
          kind: 'contradiction',
          value,
          other: settings.get(key),
          otherPath,
          path: `${path}@${index}`,
        })
        origins.set(`${path}@${index}`, { part: index, path })
        continue
      }
      if (!settings.has(key)) origins.set(path, { part: index, path })
      settings.set(key, value)
    }
  })
  return { settings: isSaid ? Object.fromEntries(settings) : null, contradictions }
}

function placeIn(origins: ReadonlyMap<string, PartPlace>, path: string): PartPlace {
  const start = /^\$\.(?:\w+\[\d+\]|settings\.[^.[]+)/.exec(path)?.[0] ?? path
  const origin = origins.get(start)
  return origin === undefined ? { part: 0, path } : { part: origin.part, path: origin.path + path.slice(start.length) }
}
