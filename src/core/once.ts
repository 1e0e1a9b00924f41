// Values that are made when they are first asked for, and then kept.

export function once<T>(make: () => T): () => T {
  const made = onceFor(make)
  return () => made()
}

/** One value for each object, as long as the object is there. */
export function oncePer<Key extends object, T>(make: (key: Key) => T): (key: Key) => T {
  const made = new WeakMap<Key, T>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}

/** One value for each list of arguments, which are told apart as JSON. */
export function onceFor<Given extends readonly unknown[], T>(make: (...given: Given) => T): (...given: Given) => T {
  const made = new Map<string, T>()
  return (...given) => {
    const key = JSON.stringify(given)
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(...given)
    made.set(key, value)
    return value
  }
}
