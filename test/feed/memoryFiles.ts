import { basename } from 'node:path'
import type { FeedFiles, FileFacts, OpenFile } from '../../src/feed/feedFiles.ts'

/** A directory in memory that frees and reuses inode numbers as ext4 does. */
export interface MemoryFiles extends FeedFiles {
  /** Called before every access of the follower: whatever else happens on the machine meanwhile. */
  meanwhile: () => void
  append(name: string, bytes: Buffer): void
  /** Creates an empty file where there is none. */
  create(name: string): void
  rename(from: string, to: string): void
  remove(name: string): void
  copy(from: string, to: string): void
  truncate(name: string): void
  has(name: string): boolean
  content(name: string): Buffer
  names(): string[]
  /** Puts something there that is no file. */
  place(name: string, kind: Exclude<FileFacts['kind'], 'file'>): void
  /** The time of the last writes from now on. */
  now: number
  readonly openCount: number
}

interface Node {
  kind: FileFacts['kind']
  inode: number
  bytes: Buffer
  links: number
  opened: number
  modifiedAt: number
}

export function createMemoryFiles(): MemoryFiles {
  const names = new Map<string, Node>()
  const free: number[] = []
  let lastInode = 10
  let openCount = 0

  function make(kind: FileFacts['kind']): Node {
    return {
      kind,
      inode: free.pop() ?? ++lastInode,
      bytes: Buffer.alloc(0),
      links: 1,
      opened: 0,
      modifiedAt: files.now,
    }
  }

  function drop(node: Node | undefined): void {
    if (node !== undefined && node.links === 0 && node.opened === 0) free.push(node.inode)
  }

  function unlink(name: string): void {
    const node = names.get(name)
    names.delete(name)
    if (node !== undefined) node.links = 0
    drop(node)
  }

  function factsOf({ kind, inode, bytes, links, modifiedAt }: Node): FileFacts {
    return { kind, device: '1', inode: String(inode), size: bytes.length, links, modifiedAt }
  }

  async function find(file: string): Promise<Node> {
    files.meanwhile()
    const node = names.get(basename(file))
    if (node === undefined) throw Object.assign(new Error(`no ${file}`), { code: 'ENOENT' })
    return node
  }

  async function open(file: string): Promise<OpenFile> {
    const node = await find(file)
    node.opened++
    openCount++
    return {
      facts: async () => {
        files.meanwhile()
        return factsOf(node)
      },
      read: async (into, position) => {
        files.meanwhile()
        return position >= node.bytes.length ? 0 : node.bytes.copy(into, 0, position)
      },
      close: async () => {
        node.opened--
        openCount--
        drop(node)
      },
    }
  }

  const files: MemoryFiles = {
    now: 1,
    meanwhile: () => undefined,
    get openCount() {
      return openCount
    },
    facts: async (file) => factsOf(await find(file)),
    open,
    list: async () => {
      files.meanwhile()
      return [...names.keys()]
    },
    resolve: async (file) => {
      await find(file)
      return file
    },
    append: (name, bytes) => {
      files.create(name)
      const node = names.get(name) as Node
      node.bytes = Buffer.concat([node.bytes, bytes])
      node.modifiedAt = files.now
    },
    create: (name) => {
      if (!names.has(name)) names.set(name, make('file'))
    },
    rename: (from, to) => {
      const node = names.get(from)
      if (node === undefined) return
      unlink(to)
      names.delete(from)
      names.set(to, node)
    },
    remove: unlink,
    copy: (from, to) => {
      files.truncate(to)
      files.append(to, names.get(from)?.bytes ?? Buffer.alloc(0))
    },
    truncate: (name) => {
      const node = names.get(name)
      if (node === undefined) return
      node.bytes = Buffer.alloc(0)
      node.modifiedAt = files.now
    },
    has: (name) => names.has(name),
    content: (name) => names.get(name)?.bytes ?? Buffer.alloc(0),
    names: () => [...names.keys()],
    place: (name, kind) => {
      unlink(name)
      names.set(name, make(kind))
    },
  }
  return files
}
