/**
 * Where to look for names by their hashes: open addressing with linear probing over a power of two of cells. A cell
 * holds an entry's place and, above it, those bits of its hash that do not say where the cell is; 0: vacant.
 */
export type NameCells = Int32Array

const placeBits = 27
const placeMask = (1 << placeBits) - 1
const fewest = 16

/** Entries beyond this place have no room in a cell: a hundred million words of names. */
export const lastPlace = placeMask

export function createCells(names: number): NameCells {
  let count = fewest
  while (isFull(names, count)) count *= 2
  return new Int32Array(count)
}

/** Above two thirds probing takes too long. */
export function isFull(names: number, cells: number): boolean {
  return names * 3 > cells * 2
}

/** The place of the first entry that may have this hash; 0: none has. */
export function firstCandidate(cells: NameCells, hash: number): number {
  const mask = cells.length - 1
  let cell = hash & mask
  while (cells[cell] !== 0 && !mayLead(cells[cell] as number, hash)) cell = (cell + 1) & mask
  return placeIn(cells[cell] as number)
}

/** May a cell with this content lead to an entry with this hash? */
export function mayLead(content: number, hash: number): boolean {
  return (content ^ hash) >>> placeBits === 0
}

export function placeIn(content: number): number {
  return content & placeMask
}

/** The cell that leads to the entry at `place`, which has this hash. */
export function cellOf(cells: NameCells, hash: number, place: number): number {
  const mask = cells.length - 1
  let cell = hash & mask
  while (((cells[cell] as number) & placeMask) !== place) cell = (cell + 1) & mask
  return cell
}

/** Puts an entry into the first vacant cell from where its hash says. */
export function settle(cells: NameCells, hash: number, place: number): void {
  const mask = cells.length - 1
  let cell = hash & mask
  while (cells[cell] !== 0) cell = (cell + 1) & mask
  cells[cell] = contentOf(hash, place)
}

/** The entry of a cell stands at another place now. */
export function redirect(cells: NameCells, cell: number, { hash, to }: { hash: number; to: number }): void {
  cells[cell] = contentOf(hash, to)
}

/** Empties a cell and moves up what stands behind it only because it was taken (Knuth, volume 3, algorithm 6.4 R). */
export function vacate(cells: NameCells, taken: number, hashAt: (place: number) => number): void {
  const mask = cells.length - 1
  let vacant = taken
  for (let cell = (taken + 1) & mask; cells[cell] !== 0; cell = (cell + 1) & mask) {
    const content = cells[cell] as number
    const wanted = hashAt(content & placeMask) & mask
    if (((cell - wanted) & mask) < ((cell - vacant) & mask)) continue
    cells[vacant] = content
    vacant = cell
  }
  cells[vacant] = 0
}

function contentOf(hash: number, place: number): number {
  return (hash & ~placeMask) | place
}
