// Reads a pickle, Python's format of objects, as data: protocols 2 to 5, of the older ones what PyTorch wrote. A pickle is
// a program for a small stack machine, and Python's own loader lets it call anything. This one calls nothing: it knows the
// names that it is given, notes them with their arguments, and refuses every other. Opcodes: Python's `pickletools`.

import { UserError } from '../../../core/errors.ts'
import { Cursor } from './cursor.ts'
import { Instance, Reference, Tuple, type Dictionary, type PickleValue } from './values.ts'

/** No model needs so many steps: a bound on the memory that a few bytes of a hostile file can ask for. */
const MOST_STEPS = 4_000_000
/** bytes of a whole number: PyTorch's magic number has 10 */
const LONGEST_NUMBER = 32
/** bytes of a text */
const LONGEST_TEXT = 1 << 24

/** Between the things of the stack, where a list, a tuple or a dictionary begins. */
const MARK = Symbol('mark')

export interface PickleOptions {
  /** whether a class or function may be named */
  readonly isKnown: (name: string) => boolean
  /** what stands for something that is kept outside of the pickle */
  readonly persistent: (id: PickleValue) => PickleValue
}

/**
 * The one object of the pickle at the cursor, which stands behind it afterwards.
 * @throws UserError for a name that is not known, and for bytes that are no pickle
 */
export function readPickle(cursor: Cursor, options: PickleOptions): PickleValue {
  return new Machine(cursor, options).run()
}

class Machine {
  readonly cursor: Cursor
  private readonly options: PickleOptions
  private readonly stack: (PickleValue | typeof MARK)[] = []
  private readonly memo = new Map<number, PickleValue>()

  constructor(cursor: Cursor, options: PickleOptions) {
    this.cursor = cursor
    this.options = options
  }

  run(): PickleValue {
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const code = this.cursor.byte()
      if (code === STOP) return this.pop()
      const step = STEPS[code]
      if (!step) throw this.damaged(`0x${code.toString(16).padStart(2, '0')} is no opcode that PyTorch writes`)
      step(this)
    }
    throw new UserError(`${this.cursor.source.name} describes more than ${MOST_STEPS / 1e6} million things; no model does.`)
  }

  push(value: PickleValue): void {
    this.stack.push(value)
  }

  mark(): void {
    this.stack.push(MARK)
  }

  pop(): PickleValue {
    const value = this.stack.pop()
    if (value === undefined || value === MARK) throw this.damaged('it takes what is not there')
    return value
  }

  top(): PickleValue {
    const value = this.pop()
    this.stack.push(value)
    return value
  }

  /** Everything above the last mark, which goes, too. */
  popToMark(): PickleValue[] {
    const start = this.stack.lastIndexOf(MARK)
    if (start === -1) throw this.damaged('it takes what is not there')
    const values = this.stack.splice(start)
    return values.slice(1) as PickleValue[]
  }

  popTuple(): readonly PickleValue[] {
    const value = this.pop()
    if (!(value instanceof Tuple)) throw this.damaged('the arguments of a call are no tuple')
    return value.items
  }

  popText(): string {
    const value = this.pop()
    if (typeof value !== 'string') throw this.damaged('a name is no text')
    return value
  }

  remember(index: number): void {
    this.memo.set(index, this.top())
  }

  memoize(): void {
    this.remember(this.memo.size)
  }

  recall(index: number): void {
    const value = this.memo.get(index)
    if (value === undefined) throw this.damaged('it recalls what it has not kept')
    this.push(value)
  }

  /** @throws UserError where nothing may be known by this name */
  reference(module: string, name: string): Reference {
    const full = `${PYTHON_2.get(module) ?? module}.${name}`
    if (this.options.isKnown(full)) return new Reference(full)
    throw new UserError(
      `${this.cursor.source.name} asks for ${full}, which is none of the classes that are known here; nothing was executed. ` +
        'Save the weights alone: torch.save(model.state_dict(), "model.pt").',
    )
  }

  /** Notes a call. */
  instance(callee: PickleValue, given: readonly PickleValue[]): Instance {
    if (!(callee instanceof Reference)) throw this.damaged('it calls what is no class')
    if (callee.name !== 'copyreg._reconstructor') return new Instance(callee.name, given)
    const [made] = given
    if (!(made instanceof Reference)) throw this.damaged('it makes an object of no class')
    return new Instance(made.name, [])
  }

  append(values: readonly PickleValue[]): void {
    const list = this.top()
    // one by one: a call with hundreds of thousands of arguments overflows the stack
    if (Array.isArray(list)) for (const value of values) list.push(value)
    else throw this.damaged('it appends to what is no list')
  }

  setItems(values: readonly PickleValue[]): void {
    const target = this.top()
    const entries: Dictionary | null = target instanceof Map ? target : target instanceof Instance ? target.entries : null
    if (entries === null || values.length % 2 !== 0) throw this.damaged('it sets entries of what is no dictionary')
    for (let index = 0; index < values.length; index += 2) entries.set(values[index], values[index + 1])
  }

  dictionary(values: readonly PickleValue[]): void {
    this.push(new Map())
    this.setItems(values)
  }

  build(): void {
    const state = this.pop()
    const target = this.top()
    if (!(target instanceof Instance)) throw this.damaged('it gives attributes to what has none')
    target.state = state
  }

  persistent(): void {
    this.push(this.options.persistent(this.pop()))
  }

  wholeNumber(length: number): bigint | number {
    if (length > LONGEST_NUMBER) throw this.damaged(`a number of ${length} bytes`)
    const bytes = this.cursor.bytes(length)
    let value = 0n
    for (let index = length - 1; index >= 0; index--) value = (value << 8n) | BigInt(bytes[index])
    const signed = BigInt.asIntN(8 * length, value)
    return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed
  }

  text(length: number): string {
    if (length > LONGEST_TEXT) throw this.damaged(`a text of ${length} bytes`)
    return this.cursor.bytes(length).toString('utf8')
  }

  raw(length: number): Uint8Array {
    return Uint8Array.from(this.cursor.bytes(length))
  }

  damaged(reason: string): UserError {
    const { source, position } = this.cursor
    return new UserError(`${source.name} is damaged or no file of PyTorch: ${reason} (byte ${position}).`)
  }
}

/** Modules by the names that they had in Python 2. */
const PYTHON_2: ReadonlyMap<string, string> = new Map([['__builtin__', 'builtins'], ['copy_reg', 'copyreg']])

const STOP = 0x2e

type Step = (machine: Machine) => void

const take = (machine: Machine, count: number): Tuple => {
  const items = Array.from({ length: count }, () => machine.pop())
  return new Tuple(items.reverse())
}

/** What each opcode does. */
const STEPS: Readonly<Record<number, Step>> = {
  0x80: (machine) => void machine.cursor.byte(), // PROTO
  0x95: (machine) => void machine.cursor.uint64(), // FRAME
  // the stack
  0x28: (machine) => machine.mark(), // MARK
  0x30: (machine) => void machine.pop(), // POP
  0x31: (machine) => void machine.popToMark(), // POP_MARK
  0x32: (machine) => machine.push(machine.top()), // DUP
  // the memo
  0x71: (machine) => machine.remember(machine.cursor.byte()), // BINPUT
  0x72: (machine) => machine.remember(machine.cursor.uint32()), // LONG_BINPUT
  0x94: (machine) => machine.memoize(), // MEMOIZE
  0x68: (machine) => machine.recall(machine.cursor.byte()), // BINGET
  0x6a: (machine) => machine.recall(machine.cursor.uint32()), // LONG_BINGET
  // single values
  0x4e: (machine) => machine.push(null), // NONE
  0x88: (machine) => machine.push(true), // NEWTRUE
  0x89: (machine) => machine.push(false), // NEWFALSE
  0x4b: (machine) => machine.push(machine.cursor.byte()), // BININT1
  0x4d: (machine) => machine.push(machine.cursor.uint16()), // BININT2
  0x4a: (machine) => machine.push(machine.cursor.int32()), // BININT
  0x8a: (machine) => machine.push(machine.wholeNumber(machine.cursor.byte())), // LONG1
  0x8b: (machine) => machine.push(machine.wholeNumber(machine.cursor.uint32())), // LONG4
  0x47: (machine) => machine.push(machine.cursor.bytes(8).readDoubleBE()), // BINFLOAT
  0x54: (machine) => machine.push(machine.text(machine.cursor.uint32())), // BINSTRING
  0x55: (machine) => machine.push(machine.text(machine.cursor.byte())), // SHORT_BINSTRING
  0x58: (machine) => machine.push(machine.text(machine.cursor.uint32())), // BINUNICODE
  0x8c: (machine) => machine.push(machine.text(machine.cursor.byte())), // SHORT_BINUNICODE
  0x8d: (machine) => machine.push(machine.text(machine.cursor.uint64())), // BINUNICODE8
  0x42: (machine) => machine.push(machine.raw(machine.cursor.uint32())), // BINBYTES
  0x43: (machine) => machine.push(machine.raw(machine.cursor.byte())), // SHORT_BINBYTES
  0x8e: (machine) => machine.push(machine.raw(machine.cursor.uint64())), // BINBYTES8
  0x96: (machine) => machine.push(machine.raw(machine.cursor.uint64())), // BYTEARRAY8
  // tuples, lists, sets, dictionaries
  0x29: (machine) => machine.push(new Tuple([])), // EMPTY_TUPLE
  0x85: (machine) => machine.push(take(machine, 1)), // TUPLE1
  0x86: (machine) => machine.push(take(machine, 2)), // TUPLE2
  0x87: (machine) => machine.push(take(machine, 3)), // TUPLE3
  0x74: (machine) => machine.push(new Tuple(machine.popToMark())), // TUPLE
  0x5d: (machine) => machine.push([]), // EMPTY_LIST
  0x6c: (machine) => machine.push(machine.popToMark()), // LIST
  0x61: (machine) => machine.append([machine.pop()]), // APPEND
  0x65: (machine) => machine.append(machine.popToMark()), // APPENDS
  0x8f: (machine) => machine.push([]), // EMPTY_SET: its members in order
  0x90: (machine) => machine.append(machine.popToMark()), // ADDITEMS
  0x91: (machine) => machine.push(machine.popToMark()), // FROZENSET
  0x7d: (machine) => machine.push(new Map()), // EMPTY_DICT
  0x64: (machine) => machine.dictionary(machine.popToMark()), // DICT
  0x73: (machine) => machine.setItems([...take(machine, 2).items]), // SETITEM
  0x75: (machine) => machine.setItems(machine.popToMark()), // SETITEMS
  // classes and what they would make
  0x63: (machine) => machine.push(machine.reference(machine.cursor.line(), machine.cursor.line())), // GLOBAL
  0x93: (machine) => { // STACK_GLOBAL
    const name = machine.popText()
    machine.push(machine.reference(machine.popText(), name))
  },
  0x52: call, // REDUCE
  0x81: call, // NEWOBJ
  0x92: (machine) => { // NEWOBJ_EX: its named arguments do not matter here
    machine.pop()
    call(machine)
  },
  0x6f: (machine) => { // OBJ
    const [made = null, ...given] = machine.popToMark()
    machine.push(machine.instance(made, given))
  },
  0x62: (machine) => machine.build(), // BUILD
  0x51: (machine) => machine.persistent(), // BINPERSID
}

function call(machine: Machine): void {
  const given = machine.popTuple()
  machine.push(machine.instance(machine.pop(), given))
}
