// What a pickle describes, as plain data. Where Python would call something, there is only a note of it: which class or
// function, with which arguments. Nothing is ever called.

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

/** The entries of a dictionary or of an OrderedDict with texts as keys; null for anything else. */
export function entriesOf(value: PickleValue | undefined): Map<string, PickleValue> | null {
  const entries = value instanceof Map ? value : isOrdered(value) ? orderedEntries(value) : null
  if (entries === null) return null
  const named = new Map<string, PickleValue>()
  for (const [key, entry] of entries) if (typeof key === 'string') named.set(key, entry)
  return named
}

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

const attributes = new WeakMap<Instance, Map<string, PickleValue>>()

/** The attributes of an instance by name; made once for each, however often it is referred to. */
export function attributesOf(instance: Instance): Map<string, PickleValue> {
  const known = attributes.get(instance)
  if (known) return known
  const { state } = instance
  // (None, slots) of classes with __slots__ and of old modules
  const dictionary = state instanceof Tuple ? state.items.find((item) => entriesOf(item) !== null) : state
  const own = entriesOf(dictionary ?? undefined) ?? new Map<string, PickleValue>()
  attributes.set(instance, own)
  return own
}
