const knownZones = new Map<string, boolean>()

/** Does the runtime know the IANA time zone? An offset such as `+02:00` is none. Asked once for each zone. */
export function isTimeZone(text: string): boolean {
  const known = knownZones.get(text)
  if (known !== undefined) return known
  const valid = /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(text) && canFormatIn(text)
  knownZones.set(text, valid)
  return valid
}

function canFormatIn(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    // Intl has no other way to ask: an unknown zone is a RangeError.
    return false
  }
}
