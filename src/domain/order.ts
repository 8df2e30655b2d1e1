/** Code point order, as contract §6 wants it: UTF-16 order differs where surrogates meet U+E000 to U+FFFF. */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0
  let index = 0
  while (index < a.length && a.charCodeAt(index) === b.charCodeAt(index)) index++
  return (a.codePointAt(index) ?? -1) - (b.codePointAt(index) ?? -1)
}
