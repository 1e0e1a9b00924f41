// What a pickle describes, as plain data. Where Python would call something, there is only a note of it: which class or
// function, with which arguments. Nothing is ever called.

import { oncePer } from '../../../core/once.ts'

export type PickleValue =
  | null | boolean | number | bigint | string | Uint8Array
  | PickleValue[] | Tuple | Dictionary | Reference | Instance | Persistent

export type Dictionary = Map<PickleValue, PickleValue>

export class Tuple {
  readonly items: readonly PickleValue[]

  constructor(items: readonly PickleValue[]) {
    this.items = items
  }
}

/** A class or a function by its name, as in `collections.OrderedDict`. */
export class Reference {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** What a class or a function would have made. */
export class Instance {
  readonly of: string
  readonly given: readonly PickleValue[]
  /** its attributes, where they are pickled */
  state: PickleValue = null
  /** what was put into it as into a dictionary */
  readonly entries: Dictionary = new Map()

  constructor(of: string, given: readonly PickleValue[]) {
    this.of = of
    this.given = given
  }
}

/** Something that is kept outside of the pickle, by its name there. */
export class Persistent {
  readonly id: PickleValue

  constructor(id: PickleValue) {
    this.id = id
  }
}

/**
 * The entries of a dictionary or of an OrderedDict with texts as keys; null for anything else. Made once for each, when the
 * pickle is complete: a hostile one refers to the same dictionary as often as it likes.
 */
export function entriesOf(value: PickleValue | undefined): Map<string, PickleValue> | null {
  if (!(value instanceof Map) && !isOrdered(value)) return null
  return namedEntries(value)
}

const namedEntries = oncePer((value: Dictionary | Instance) => {
  const own = new Map<string, PickleValue>()
  for (const [key, entry] of value instanceof Map ? value : orderedEntries(value)) if (typeof key === 'string') own.set(key, entry)
  return own
})

function isOrdered(value: PickleValue | undefined): value is Instance {
  return value instanceof Instance && value.of === 'collections.OrderedDict'
}

/** Its entries are set one by one, or given as pairs as Python 2 does it. */
function orderedEntries({ given, entries }: Instance): Dictionary {
  const [pairs] = given
  if (!Array.isArray(pairs)) return entries
  const all: Dictionary = new Map()
  for (const pair of pairs) {
    const items = pair instanceof Tuple ? pair.items : Array.isArray(pair) ? pair : []
    if (items.length === 2) all.set(items[0], items[1])
  }
  for (const [key, entry] of entries) all.set(key, entry)
  return all
}

/** The attributes of an instance by name. */
export function attributesOf({ state }: Instance): Map<string, PickleValue> {
  // (None, slots) of classes with __slots__ and of old modules
  const dictionary = state instanceof Tuple ? state.items.slice(0, 2).find((item) => entriesOf(item) !== null) : state
  return entriesOf(dictionary ?? undefined) ?? new Map()
}
