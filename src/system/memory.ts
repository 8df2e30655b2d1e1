/**
 * Keeps what lives for a moment in little room. V8 gives young objects up to 32 MiB once many of them have lived on, as
 * those of a large catalogue do, and never takes them back; a command that makes hardly any afterwards carries that
 * for nothing. Found out by measuring: a replay of 100,000 operators needs 30 MiB less and no more time.
 */
export function spareMemory(): void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1')
}
