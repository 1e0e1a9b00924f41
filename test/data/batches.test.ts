import { describe, expect, it } from 'vitest'
import { sequenceBatches, streamWindow, windowCount } from '../../src/data/batches.ts'

const text = Int32Array.from({ length: 24 }, (_, index) => 100 + index)

describe('windows of parallel streams', () => {
  const options = { batch: 2, steps: 4 }

  it('hold inputs and the tokens that follow them', () => {
    // 24 tokens: two streams of 11 inputs, each followed by its last target; one token is left over.
    expect(streamWindow(text, 0, options)).toEqual({
      tokens: Int32Array.of(100, 101, 102, 103, 111, 112, 113, 114),
      targets: Int32Array.of(101, 102, 103, 104, 112, 113, 114, 115),
      rows: 2,
      steps: 4,
      carry: false,
    })
    const last = streamWindow(text, 2, options)
    expect(last.tokens).toEqual(Int32Array.of(108, 109, 110, 119, 120, 121))
    expect(last.targets).toEqual(Int32Array.of(109, 110, 111, 120, 121, 122))
    expect([last.steps, last.carry]).toEqual([3, true])
  })

  it('go on in every row where the window before ended', () => {
    const windows = Array.from({ length: windowCount(text, options) }, (_, index) => streamWindow(text, index, options))
    const row = (number: number) =>
      windows.flatMap(({ tokens, steps }) => [...tokens.subarray(number * steps, (number + 1) * steps)])
    expect(row(0)).toEqual([...text.subarray(0, 11)])
    expect(row(1)).toEqual([...text.subarray(11, 22)])
  })

  it('do not exist behind the end', () => {
    expect(windowCount(text, options)).toBe(3)
    expect(() => streamWindow(text, 3, options)).toThrow('window 3 of 3')
  })

  it('say so where the text is too short', () => {
    expect(() => windowCount(text, { batch: 24, steps: 4 })).toThrow('24 tokens, too few for 24 parallel streams')
    expect(windowCount(text, { batch: 23, steps: 4 })).toBe(1)
  })
})

describe('batches of sequences', () => {
  const sequences = [[1, 2, 3], [4], [5, 6, 7], [8, 9], []]

  it('put the short ones first and say which is which', () => {
    expect(sequenceBatches(sequences, { rows: 2 })).toEqual([
      {
        tokens: Int32Array.of(4, 0, 8, 9),
        targets: Int32Array.of(-1, -1, 9, -1),
        rows: 2,
        steps: 2,
        lengths: Int32Array.of(1, 2),
        indices: Int32Array.of(1, 3),
      },
      {
        tokens: Int32Array.of(1, 2, 3, 5, 6, 7),
        targets: Int32Array.of(2, 3, -1, 6, 7, -1),
        rows: 2,
        steps: 3,
        lengths: Int32Array.of(3, 3),
        indices: Int32Array.of(0, 2),
      },
    ])
  })

  it('hold no more cells than allowed, but at least one sequence', () => {
    const shapes = sequenceBatches(sequences, { rows: 10, cells: 4 }).map(({ rows, steps }) => [rows, steps])
    expect(shapes).toEqual([[2, 2], [1, 3], [1, 3]])
    expect(sequenceBatches([[1, 2, 3]], { rows: 10, cells: 2 })).toHaveLength(1)
  })
})
