import { fstatSync, writeSync } from 'node:fs'
import { type Input, type Output, OutputFailed } from './system.ts'

const defaultColumns = 80

/** Standard input. Deliberately asks the descriptor: touching `process.stdin` would start to read. */
export function openInput(): Input {
  return {
    get isTerminal() {
      return isTerminal(0)
    },
    bytes: readBytes,
  }
}

async function* readBytes(): AsyncIterable<Uint8Array> {
  for await (const chunk of process.stdin) yield chunk as Uint8Array
}

/** What Linux calls /dev/null. */
const nullDevice = 0x103n

/** Asked only where it matters. Deliberately loads node:tty only where it may be one: that costs a tenth of a start. */
function isTerminal(fd: number): boolean {
  // In the form that the store asks for too: each has to be compiled by Node at its first use.
  const stat = fstatSync(fd, { bigint: true })
  if (!stat.isCharacterDevice() || stat.rdev === nullDevice) return false
  return process.getBuiltinModule('node:tty').isatty(fd)
}

/** Where a stream's text goes: synchronously where nothing can block, through Node's stream elsewhere. */
type Sink = (bytes: Uint8Array) => Promise<void>

/**
 * Standard output or error. Texts are written in the order of the calls. Once the reader is gone nothing is
 * written any more and `onReaderGone` has been called.
 */
export function openOutput(stream: 'stdout' | 'stderr', onReaderGone: () => void): Output {
  const fd = stream === 'stdout' ? 1 : 2
  let known: boolean | undefined
  const terminal = () => {
    known ??= isTerminal(fd)
    return known
  }
  let sink: Sink | undefined
  let readerGone = false
  let before: Promise<unknown> = Promise.resolve()

  const write = async (text: string) => {
    if (readerGone || text === '') return
    try {
      sink ??= terminal() ? streamSink(stream) : descriptorSink(fd, stream)
      await sink(Buffer.from(text, 'utf8'))
    } catch (error) {
      const errno = errnoOf(error)
      if (errno !== 'EPIPE' && errno !== 'ERR_STREAM_DESTROYED') throw new OutputFailed(stream, errno)
      readerGone = true
      onReaderGone()
    }
  }

  return {
    get isTerminal() {
      return terminal()
    },
    get columns() {
      return terminal() ? terminalColumns(stream) : defaultColumns
    },
    get rows() {
      return terminal() ? process[stream].rows : undefined
    },
    write(text) {
      const done = before.then(() => write(text))
      before = done.catch(() => undefined)
      return done
    },
  }
}

/** A terminal that says 0 columns (some pseudo-terminals do) is taken for one of 80. */
function terminalColumns(stream: 'stdout' | 'stderr'): number {
  const { columns } = process[stream]
  return columns > 0 ? columns : defaultColumns
}

/**
 * Deliberately not Node's stream for files and pipes: for files it ignores short writes, so that a disk that gets
 * full in the middle would go unnoticed, and loading it costs more than all of the writing.
 */
function descriptorSink(fd: 1 | 2, stream: 'stdout' | 'stderr'): Sink {
  const throughStream = streamSink(stream)
  let drained = false
  return async (bytes) => {
    if (drained) return throughStream(bytes)
    const left = writeWhole(fd, bytes)
    if (left.length === 0) return
    // A pipe whose other end made it non-blocking is full: Node's stream knows how to wait for it.
    drained = true
    await throughStream(left)
  }
}

/** What could not be written without waiting. */
function writeWhole(fd: number, bytes: Uint8Array): Uint8Array {
  let offset = 0
  while (offset < bytes.length) {
    try {
      offset += writeSync(fd, bytes, offset)
    } catch (error) {
      if (errnoOf(error) === 'EAGAIN') break
      if (errnoOf(error) !== 'EINTR') throw error
    }
  }
  return bytes.subarray(offset)
}

function streamSink(name: 'stdout' | 'stderr'): Sink {
  let listening = false
  return (bytes) =>
    new Promise((resolve, reject) => {
      const stream = process[name]
      if (!listening) {
        listening = true
        // The write's own callback reports the error; without a listener the same error would end the process.
        stream.on('error', () => undefined)
      }
      stream.write(bytes, (error) => (error ? reject(error) : resolve()))
    })
}

function errnoOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code
  return typeof code === 'string' ? code : 'EIO'
}
