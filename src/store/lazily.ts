/** A property that is worked out when it is first looked at; until then it may be overwritten like any other. */
export function defineLazily<Of extends object, Key extends keyof Of>(of: Of, key: Key, make: () => Of[Key]): void {
  const settle = (value: Of[Key]) =>
    Object.defineProperty(of, key, { value, writable: true, enumerable: true, configurable: true })
  Object.defineProperty(of, key, {
    get: () => {
      const value = make()
      settle(value)
      return value
    },
    set: settle,
    enumerable: true,
    configurable: true,
  })
}
