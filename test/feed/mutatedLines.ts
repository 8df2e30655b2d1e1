import fc from 'fast-check'

const lines = [
  '{"at":"2026-11-22T10:00:00.000Z","operator":"ana","session":"tab-1","event":"beat"}',
  '{"at":"2026-11-22T10:00:01Z","operator":"bo","session":"tab-2","event":"open"}',
  '{"event":"close","session":"s","operator":"ana","at":"2026-11-22T10:59:59.999Z"}',
  '{"at":"2026-11-22T10:00:00.000Z","operator":"ana","event":"status","status":"On Break"}',
  '{"at":"2026-11-22T10:00:00.000Z","operator":"ana","status":"online","event":"status"}',
  '{"at":"2026-11-22T23:59:59.999Z","operator":"bo","event":"dialogue-open","dialogue":"d-1"}',
  '{"at":"2026-11-23T00:00:00.000Z","operator":"bo","event":"dialogue-close","dialogue":"d-1"}',
  '{"at":"2026-02-28T10:00:00.000Z","event":"tick"}',
  '{"at":"2024-02-29T10:00:00.000Z","event":"inquiry","inquiry":"q"}',
  '{"at":1795341602000,"operator":"ana","session":"tab-1","event":"beat"}',
  '{"at":-1.5e3,"event":"tick"}',
  '{ "at" : "2026-11-22t12:00:00.123456+02:00" ,\t"event":"tick", "v": [1, {"a": null}, -0.5e-3, true, false] }\r',
  '{"operator":"Олена","session":"вкладка","at":"2026-11-22T10:00:00.000Z","event":"beat","note":"\\u00e9\\n\\"\\/"}',
  '{"operator":"\\u041e\\u043b\\u0435\\u043d\\u0430","session":"\\ud83d\\ude00","at":"2026-11-22T10:00:00.000Z","event":"beat"}',
  '{"__proto__":{"at":1},"at":"2026-11-22T10:00:00.000Z","constructor":1,"event":"tick"}',
  '{"at":"2026-11-22T10:00:00.000Z","operator":"zoe","session":"tab-1","event":"beat"}',
  '{"at":"2026-11-22T10:00:00.000Z","operator":"ana","event":"status","status":"nope"}',
  '{"at":"2026-11-22T10:00:00.000Z","operator":"ana","session":"tab-1","event":"nap"}',
  '',
].map((line) => Buffer.from(`${line}\n`))

/** Bytes that decide something in a line, more often than any others. */
const byte = fc.oneof(
  fc.constantFrom(...Buffer.from('"\\{}[],: \t\r\n0159-+.eEZTtu/bfnrl')),
  fc.constantFrom(0x00, 0x1f, 0x7f, 0x80, 0xbf, 0xc3, 0xef, 0xbb, 0xf4, 0xff),
  fc.nat(255),
)
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

/** Fields to put in front of the others or, better, behind them, where the last one wins. */
const field = fc.constantFrom(
  '"session":""',
  '"dialogue":""',
  '"status":""',
  '"operator":""',
  '"operator":"b\u0001"',
  '"session":"tab\u001f-4"',
  '"session":"tab\t4"',
  '"session":"вк\\u043b"',
  '"status":5',
  '"event":5',
  '"event":"tick"',
  '"event":""',
  '"at":1e400',
  '"at":"2026-11-22T10:00:\u000000.000Z"',
  '"at":"2026-11-22T10:00:0\\u0030.000Z"',
  '"at":"2026-11-22","x":"00:00.0Z"',
  '"at":"2026-11-22T10:00:60Z"',
  '"at":"2026-11-22T10:00:65.000Z"',
  '"at":"2026-11-31T10:00:00.000Z"',
  '"at":"2026-11-22T10:00:00.0000Z"',
  '"at":253402300799999',
  '"at":253402300800000',
  '"at":01',
  '"at":-0',
  '"v":01',
  '"v":-',
  '"v":1.',
  '"v":1e+5',
  '"v":"\\u12g4"',
  '"v":"\\q"',
  '"v":"\\\\\\""',
  '"v":[1,]',
  '"v":{"a":{"b":[[]]}}',
  '"v":nul',
  '"v":TRUE',
)
const pieces = ['1e400', '\ufeff', 'null', '{}', '"', '\\u0061', '[', ']', ',']

type Mutation = (line: Buffer) => Buffer
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  field.map(
    (text): Mutation =>
      (line) =>
        Buffer.from(line.toString('latin1').replace('{', `{${latin1(text)},`), 'latin1'),
  ),
  field.map(
    (text): Mutation =>
      (line) =>
        Buffer.from(line.toString('latin1').replace(/}\s*$/, `,${latin1(text)}}\n`), 'latin1'),
  ),
  fc.tuple(fraction, byte).map(
    ([where, value]): Mutation =>
      (line) =>
        splice(line, where, 1, Buffer.of(value)),
  ),
  fc.tuple(fraction, byte).map(
    ([where, value]): Mutation =>
      (line) =>
        splice(line, where, 0, Buffer.of(value)),
  ),
  fc.tuple(fraction, fc.nat(6)).map(
    ([where, count]): Mutation =>
      (line) =>
        splice(line, where, count, Buffer.alloc(0)),
  ),
  fc.tuple(fraction, fc.constantFrom(...pieces)).map(
    ([where, piece]): Mutation =>
      (line) =>
        splice(line, where, 0, Buffer.from(piece)),
  ),
  fc.tuple(fraction, fraction).map(
    ([from, to]): Mutation =>
      (line) =>
        splice(line, from, 0, line.subarray(Math.floor(to * line.length))),
  ),
)

/** A few lines of a feed, each with some damage, as bytes. */
export const mutatedLines: fc.Arbitrary<Buffer> = fc
  .array(
    fc
      .tuple(
        fc.constantFrom(...lines),
        fc.oneof(
          { weight: 1, arbitrary: fc.constant<Mutation[]>([]) },
          { weight: 3, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 3 }) },
        ),
      )
      .map(([line, mutations]) => mutations.reduce((bytes: Buffer, mutate) => mutate(bytes), line)),
    { minLength: 1, maxLength: 12 },
  )
  .map((damaged) => Buffer.concat(damaged))

function splice(line: Buffer, where: number, removed: number, added: Buffer): Buffer {
  const start = Math.floor(where * line.length)
  return Buffer.concat([line.subarray(0, start), added, line.subarray(start + removed)])
}

/** The text's UTF-8 bytes as characters, so that bytes that are no UTF-8 survive beside them. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}
