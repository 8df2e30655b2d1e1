import type { DurationFlaw } from './catalogue/rules/problem.ts'
import { ok, type Result, refuse } from './result.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: what RFC 3339 can write. */
export const earliestTime = -62_167_219_200_000
export const latestTime = 253_402_300_799_999

const timeForm = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/

/**
 * Epoch milliseconds of an RFC 3339 time (contract §1): digits beyond milliseconds are cut, second 60 and hour 24
 * are malformed. Null where the text is no such time.
 */
export function parseTime(text: string): number | null {
  const match = timeForm.exec(text)
  if (match === null) return null
  const offsetMs = match[2] === undefined ? 0 : zoneOffsetMs(match[2], Number(match[3]), Number(match[4]))
  return offsetMs === null ? null : instantOf(text, offsetMs, Number(`${match[1] ?? ''}000`.slice(0, 3)))
}

/** Of a text that begins as every time does, `YYYY-MM-DDTHH:MM:SS`. Null where there is no such instant. */
function instantOf(text: string, offsetMs: number, milliseconds: number): number | null {
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8, 10))
  const hour = Number(text.slice(11, 13))
  const minute = Number(text.slice(14, 16))
  const second = Number(text.slice(17, 19))
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  const ofDay = hour * hourMs + minute * minuteMs + second * secondMs + milliseconds
  const at = epochDay(year, month, day) * dayMs + ofDay - offsetMs
  return at < earliestTime || at > latestTime ? null : at
}

/** A record's `at`: an RFC 3339 text or epoch milliseconds as a number (fractions cut). Null where it is neither. */
export function parseTimeValue(value: unknown): number | null {
  if (typeof value === 'string') return parseTime(value)
  if (typeof value !== 'number' || !(value >= earliestTime && value <= latestTime)) return null
  // Adding zero turns the -0 of -0.5 into 0.
  return Math.floor(value) + 0
}

/**
 * UTC with milliseconds, as everything is printed. Deliberately not by `toISOString`: at its first call Node asks the
 * system for its time zone, which takes as long as reading a small catalogue.
 */
export function formatTime(at: number): string {
  const whole = Math.trunc(at)
  const minute = Math.floor(whole / minuteMs)
  const cell = minute & (keptMinutes - 1)
  if (minutes[cell] !== minute) {
    const text = minuteText(new Date(whole))
    if (text === null) return new Date(at).toISOString()
    minutes[cell] = minute
    minuteTexts[cell] = text
  }
  const past = whole - minute * minuteMs
  const second = Math.floor(past / secondMs)
  const millisecond = past - second * secondMs
  const zeros = millisecond < 10 ? '00' : millisecond < 100 ? '0' : ''
  return `${minuteTexts[cell]}${second < 10 ? '0' : ''}${second}.${zeros}${millisecond}Z`
}

/** Times come by the thousand of the same few minutes; each is only written once. A power of two of them. */
const keptMinutes = 32
const minutes = new Array<number>(keptMinutes).fill(Number.NaN)
const minuteTexts = new Array<string>(keptMinutes).fill('')

/** `2026-11-22T10:00:`; null where the year has no four digits. */
function minuteText(date: Date): string | null {
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) return null
  const day = `${padded(year, 4)}-${padded(date.getUTCMonth() + 1, 2)}-${padded(date.getUTCDate(), 2)}`
  return `${day}T${padded(date.getUTCHours(), 2)}:${padded(date.getUTCMinutes(), 2)}:`
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}

export const longestDurationMs = 366 * dayMs

const durationForm = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/

/**
 * Milliseconds of a duration such as `90s`, `10m`, `1h30m` or `2d`. Refuses a bare number, every other form, and
 * what is shorter than a second or longer than 366 days.
 */
export function parseDuration(text: string): Result<number, DurationFlaw> {
  if (/^\d+(\.\d+)?$/.test(text)) return refuse('bare-number')
  const durationMs = spanMs(text)
  if (durationMs === null) return refuse('form')
  if (durationMs < secondMs) return refuse('too-short')
  if (durationMs > longestDurationMs) return refuse('too-long')
  return ok(durationMs)
}

/** Milliseconds after a scenario's start, written `+10m` or `+0s`. Null where the text is no such offset. */
export function parseOffset(text: string): number | null {
  return text.startsWith('+') ? spanMs(text.slice(1)) : null
}

/** The shortest text that `parseDuration` reads back: `1h30m`. Whole seconds; milliseconds are cut. */
export function formatDuration(durationMs: number): string {
  const parts = [
    [dayMs, 'd'],
    [hourMs, 'h'],
    [minuteMs, 'm'],
    [secondMs, 's'],
  ] as const
  let rest = Math.floor(durationMs / secondMs) * secondMs
  let text = ''
  for (const [unitMs, letter] of parts) {
    const count = Math.floor(rest / unitMs)
    rest -= count * unitMs
    if (count > 0) text += `${count}${letter}`
  }
  return text === '' ? '0s' : text
}

function spanMs(text: string): number | null {
  const match = durationForm.exec(text)
  if (match === null || text === '') return null
  const [days, hours, minutes, seconds] = match.slice(1, 5).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ]
  return days * dayMs + hours * hourMs + minutes * minuteMs + seconds * secondMs
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Days from 1970-01-01. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
function epochDay(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function zoneOffsetMs(sign: string, hours: number, minutes: number): number | null {
  if (hours > 23 || minutes > 59) return null
  return (sign === '-' ? -1 : 1) * (hours * hourMs + minutes * minuteMs)
}

/** A time on the command line: RFC 3339, or epoch milliseconds as digits. Null where it is neither. */
export function parseTimeArgument(text: string): number | null {
  return parseTimeValue(/^-?\d+$/.test(text) ? Number(text) : text)
}

/** `HH:MM` of a minute of the day; 1440 is `24:00`. */
export function formatMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
