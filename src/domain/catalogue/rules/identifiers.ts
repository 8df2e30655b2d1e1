import { foldCase } from '../catalogue.ts'
import type { IdFlaw } from './problem.ts'
import { countCharacters } from './text.ts'

export const longestStatusId = 63
export const longestOperatorId = 64

export const statusIdForm = /^[a-z0-9][a-z0-9_-]{0,62}$/
const plainOperatorId = /^[\x21-\x7e]{1,64}$/

/** What breaks the rule for a status id (contract §1), or null. */
export function statusIdFlaw(text: string): IdFlaw | null {
  if (statusIdForm.test(text)) return null
  if (text === '') return 'empty'
  return text.length > longestStatusId && /^[a-z0-9_-]*$/.test(text) ? 'too-long' : 'characters'
}

/** What breaks the rule for an operator's id (contract §1; calendars follow it too), or null. */
export function operatorIdFlaw(text: string): IdFlaw | null {
  if (plainOperatorId.test(text)) return null
  if (text === '') return 'empty'
  // A lone surrogate can't be written as UTF-8 and would come back as another id.
  if (/[\s\p{Cc}\p{Cs}]/u.test(text)) return 'characters'
  return countCharacters(text) > longestOperatorId ? 'too-long' : null
}

/**
 * A status id made from a name: `On break` → `on-break`, `Перерва` → `pererva`. Scripts that are not transliterated
 * give `status-1`, `status-2` … Never one of `taken`: a number is put behind it, from `-2` on. At most 63 characters.
 */
export function makeStatusId(name: string, taken: { has(id: string): boolean }): string {
  const readable = transliterate(name)
  if (readable === '') return firstFree((number) => `status-${number}`, 1, taken)
  return taken.has(readable) ? firstFree((number) => withNumber(readable, number), 2, taken) : readable
}

/** The ids and names of statuses, while ids are made for those that have none. */
export class StatusIds {
  private readonly uses = new Map<string, number>()

  constructor(statuses: Iterable<{ readonly id?: string; readonly name?: string }>) {
    for (const { id, name } of statuses) {
      if (id !== undefined) this.use(id)
      if (name !== undefined) this.use(foldCase(name))
    }
  }

  /** An id for a status with this name, which is among the names given: no other status's id or name. */
  make(name: string): string {
    const own = foldCase(name)
    const id = makeStatusId(name, { has: (id) => (this.uses.get(id) ?? 0) > (id === own ? 1 : 0) })
    this.use(id)
    return id
  }

  private use(text: string): void {
    this.uses.set(text, (this.uses.get(text) ?? 0) + 1)
  }
}

function firstFree(form: (number: number) => string, first: number, taken: { has(id: string): boolean }): string {
  let number = first
  while (taken.has(form(number))) number++
  return form(number)
}

function withNumber(id: string, number: number): string {
  const ending = `-${number}`
  return id.slice(0, longestStatusId - ending.length).replace(/-+$/, '') + ending
}

function transliterate(name: string): string {
  const lower = name.normalize('NFC').toLowerCase()
  let latin = ''
  for (const letter of lower) latin += latinOf().get(letter) ?? letter
  return latin
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’ʼ]/gu, '')
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, longestStatusId)
    .replace(/^[-_]+|-+$/g, '')
}

/** Ukrainian as in the resolution of its government no. 55 of 2010, without the special forms at a word's start. */
const cyrillic = () => ({
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'h',
    ґ: 'g',
    д: 'd',
    е: 'e',
    є: 'ie',
    ж: 'zh',
    з: 'z',
    и: 'y',
    і: 'i',
    ї: 'i',
    й: 'i',
  },
  ...{
    к: 'k',
    л: 'l',
    м: 'm',
    н: 'n',
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    у: 'u',
    ф: 'f',
    х: 'kh',
    ц: 'ts',
    ч: 'ch',
  },
  ...{ ш: 'sh', щ: 'shch', ь: '', ю: 'iu', я: 'ia', ё: 'io', ъ: '', ы: 'y', э: 'e', ў: 'u', ђ: 'dj', ј: 'j', љ: 'lj' },
  ...{ њ: 'nj', ћ: 'c', џ: 'dz', ѓ: 'gj', ќ: 'kj', ѕ: 'dz' },
})

/** Modern Greek as in ISO 843, accents stripped. */
const greek = () => ({
  ...{
    α: 'a',
    ά: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    έ: 'e',
    ζ: 'z',
    η: 'i',
    ή: 'i',
    θ: 'th',
    ι: 'i',
    ί: 'i',
    ϊ: 'i',
  },
  ...{ ΐ: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', ό: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y' },
  ...{ ύ: 'y', ϋ: 'y', ΰ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o', ώ: 'o' },
})

/** Latin letters that don't decompose into a base letter and a mark. */
const latin = () => ({
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'ng',
  ŧ: 't',
})

let letters: ReadonlyMap<string, string> | undefined

/** Made at the first call: most commands never ask. */
function latinOf(): ReadonlyMap<string, string> {
  letters ??= new Map(Object.entries({ ...cyrillic(), ...greek(), ...latin() }))
  return letters
}
