// Interpolated modified Kneser-Ney written straight from the equations, with maps of strings: slow, and independent of
// the tables in src/model/ngram.

export interface NaiveOptions {
  readonly order: number
  readonly vocabulary: number
  readonly end: number
}

/** @returns p(token | context), the context beginning with the end token where it begins a sentence */
export function naiveKneserNey(
  sentences: readonly (readonly number[])[],
  { order, vocabulary, end }: NaiveOptions,
): (context: readonly number[], token: number) => number {
  // occurrences[k]: k-gram → how often; before[k]: k-gram → the tokens seen before it, '^' where it begins a sentence
  const occurrences = Array.from({ length: order + 1 }, () => new Map<string, number>())
  const before = Array.from({ length: order + 1 }, () => new Map<string, Set<string>>())
  const begins = Array.from({ length: order + 1 }, () => new Map<string, number>())
  for (const sentence of sentences) {
    const padded = [end, ...sentence]
    for (let k = 1; k <= order; k++) {
      for (let last = Math.max(1, k - 1); last < padded.length; last++) {
        const first = last - k + 1
        const key = padded.slice(first, last + 1).join(' ')
        occurrences[k].set(key, (occurrences[k].get(key) ?? 0) + 1)
        if (first === 0) begins[k].set(key, (begins[k].get(key) ?? 0) + 1)
        else before[k].set(key, (before[k].get(key) ?? new Set()).add(String(padded[first - 1])))
      }
    }
  }
  const counts = occurrences.map((map, k) => {
    if (k === order) return map
    const count = (key: string) => (begins[k].get(key) ?? 0) + (before[k].get(key)?.size ?? 0)
    return new Map([...map.keys()].map((key) => [key, count(key)]))
  })
  const discounts = counts.map((map) => {
    const n = [0, 1, 2, 3, 4].map((count) => [...map.values()].filter((value) => value === count).length)
    const y = n[1] / (n[1] + 2 * n[2])
    const d = [0, 1 - 2 * y * (n[2] / n[1]), 2 - 3 * y * (n[3] / n[2]), 3 - 4 * y * (n[4] / n[3])]
    return d.every((value, count) => Number.isFinite(value) && value >= 0 && value <= count) ? d : [0, 0.5, 1, 1.5]
  })
  const followers = counts.map((map) => {
    const of = new Map<string, number[]>()
    for (const [key, count] of map) {
      const context = key.split(' ').slice(0, -1).join(' ')
      of.set(context, [...(of.get(context) ?? []), count])
    }
    return of
  })

  function probability(context: readonly number[], token: number): number {
    const shorter = context.length === 0 ? 1 / vocabulary : probability(context.slice(1), token)
    const k = context.length + 1
    const children = followers[k].get(context.join(' '))
    if (!children) return shorter
    const discount = (count: number) => discounts[k][Math.min(count, 3)]
    const sum = children.reduce((a, b) => a + b, 0)
    const count = counts[k].get([...context, token].join(' ')) ?? 0
    return (count - discount(count)) / sum + (children.reduce((a, b) => a + discount(b), 0) / sum) * shorter
  }
  return (context, token) => probability(order === 1 ? [] : context.slice(-(order - 1)), token)
}
