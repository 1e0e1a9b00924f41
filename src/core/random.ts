// Seeded randomness as a value that is passed. The generator is sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state,
// integer operations only, so that every machine draws the same numbers. `fork` derives an independent stream from a name:
// a new draw in one place does not change the numbers of another.

import { log } from './math.ts'

export class Random {
  private a: number
  private b: number
  private c: number
  private counter: number
  private readonly key: string

  /** @param seed any integer or text; the same seed gives the same stream for ever */
  constructor(seed: number | string) {
    this.key = String(seed)
    ;[this.a, this.b, this.c] = hash96(this.key)
    this.counter = 1
    for (let round = 0; round < 15; round++) this.bits()
  }

  /** An independent stream named `name`. It depends on this stream's seed, not on how much was drawn from it. */
  fork(name: string | number): Random {
    return new Random(`${this.key}/${name}`)
  }

  /** 32 random bits as an unsigned integer. */
  bits(): number {
    const result = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + result | 0
    return result >>> 0
  }

  /** Uniform on [low, high), with 53 random bits. */
  uniform(low = 0, high = 1): number {
    const unit = ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992
    return low + (high - low) * unit
  }

  /** A uniform integer from 0 to `count - 1`. */
  integer(count: number): number {
    return Math.floor(this.uniform() * count)
  }

  /** Normal with mean 0 and standard deviation 1 (the polar method, Marsaglia & Bray 1964). */
  normal(): number {
    for (;;) {
      const x = this.uniform(-1, 1)
      const y = this.uniform(-1, 1)
      const square = x * x + y * y
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * log(square)) / square)
    }
  }

  pick<T>(items: readonly T[]): T {
    return items[this.integer(items.length)]
  }

  /** A shuffled copy (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const result = [...items]
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.integer(last + 1)
      ;[result[last], result[other]] = [result[other], result[last]]
    }
    return result
  }

  /** `count` different items in random order. */
  sample<T>(items: readonly T[], count: number): T[] {
    return this.shuffle(items).slice(0, count)
  }
}

/** Three 32-bit words from a text (FNV-1a with three offsets, each finished by the mixer of MurmurHash3). */
function hash96(text: string): [number, number, number] {
  const words = [0x811c9dc5, 0x01000193, 0x9e3779b9].map((offset) => {
    let hash = offset
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return hash ^ (hash >>> 16)
  })
  return [words[0], words[1], words[2]]
}
