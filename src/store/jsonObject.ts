import { isObject, type Raw } from '../domain/catalogue/rules/fields.ts'

/** Null where the text is not JSON, or no object. */
export function parseObject(text: string): Raw | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
