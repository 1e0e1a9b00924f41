import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { beforeAll, describe, expect, test } from 'vitest'
import { Random } from '../../src/core/random.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import type { Edit } from '../../src/model/edits.ts'
import { halfOf } from '../../src/model/halves.ts'
import type { Direction } from '../../src/model/sites.ts'
import { record, type RecordOptions } from '../../src/recording/record.ts'
import type { Recording } from '../../src/recording/recording.ts'
import { runSequences } from '../../src/recording/run-sequences.ts'
import { modelWithVocabulary, randomTokens } from '../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const model = modelWithVocabulary('lstm', { trained: true })
const lengths = [3, 1, 7, 12, 7, 2, 5, 30]
const sequences = lengths.map((length, index) => ({ tokens: randomTokens(length, 9, index) }))
const END = 0

/** What the engine itself says about one sequence after a context, without batches: [tokens, units]. */
function direct(site: string, sequence: number, context: readonly number[], edits: readonly Edit[] = []): number[] {
  const tokens = Int32Array.from([...context, ...sequences[sequence].tokens])
  const { recorded } = engine.run(model, { tokens, rows: 1, steps: tokens.length }, { record: [site], edits })
  const width = recorded[site].length / tokens.length
  return [...recorded[site].subarray(context.length * width)]
}

function recorded(recording: Recording, site: string, sequence: number): number[] {
  const start = recording.offsets[sequence]
  return [...recording.read(start, recording.offsets[sequence + 1] - start, [site]).values[site]]
}

async function recordWith(options: Partial<RecordOptions>): Promise<Recording> {
  return record(model, sequences, { engine, sites: ['cell', '1.output', 'embedding'], ...options })
}

test.each([1, 2, 3, 256])('a recording holds what the engine says, in batches of %i', async (batchRows) => {
  for (const state of ['zeros', 'end-of-sentence', { context: Int32Array.of(4, 0, 2, 3) }] as const) {
    const context = state === 'zeros' ? [] : state === 'end-of-sentence' ? [END] : [...state.context]
    const recording = await recordWith({ batchRows, state })
    expect(recording.sites).toEqual(['0.cell', '1.cell', '1.output', 'embedding'])
    for (const site of recording.sites) {
      for (let sequence = 0; sequence < sequences.length; sequence++) {
        expect(recorded(recording, site, sequence)).toEqual(direct(site, sequence, context))
      }
    }
  }
})

test('the end of a sentence is read first unless something else is asked for', async () => {
  const recording = await recordWith({})
  expect(recorded(recording, '0.cell', 2)).toEqual(direct('0.cell', 2, [END]))
  expect(recorded(recording, '0.cell', 2)).not.toEqual(direct('0.cell', 2, []))
})

test('the row table says which sequence, position and token each row is', async () => {
  const { count, rows, offsets } = await recordWith({})
  expect([count, ...offsets]).toEqual([67, 0, 3, 4, 11, 23, 30, 32, 37, 67])
  expect([...rows.sequence.subarray(0, 6)]).toEqual([0, 0, 0, 1, 2, 2])
  expect([...rows.position.subarray(0, 6)]).toEqual([0, 1, 2, 0, 0, 1])
  expect([...rows.token]).toEqual(sequences.flatMap(({ tokens }) => [...tokens]))
})

test('a recording on the disk is read as one in memory, and its file has no name left', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('rnn-probe-'))
  const inMemory = await recordWith({})
  const onDisk = await recordWith({ memory: 0 })
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('rnn-probe-'))).toEqual(before)
  expect(onDisk.read(0, onDisk.count)).toEqual(inMemory.read(0, inMemory.count))
  expect(onDisk.read(5, 9, ['1.cell'])).toEqual(inMemory.read(5, 9, ['1.cell']))
  onDisk.dispose()
  expect(() => onDisk.read(0, 1)).toThrow()
})

test('blocks follow each other without a gap', async () => {
  const wide = modelWithVocabulary('rnn tanh', { layers: 1, embedding: 1200 })
  const many = Array.from({ length: 100 }, (_, index) => ({ tokens: randomTokens(40, 9, index) }))
  const recording = await record(wide, many, { engine, sites: ['embedding'] })
  let next = 0
  let blocks = 0
  for await (const block of recording) {
    expect([block.start, block.values['embedding'].length]).toEqual([next, block.count * 1200])
    expect([block.rows.sequence[0], block.rows.position[0]]).toEqual([Math.floor(next / 40), next % 40])
    next += block.count
    blocks += 1
  }
  expect(next).toBe(4000)
  expect(blocks).toBeGreaterThan(1)
})

test('a sequence that is cut into pieces gives the same values', async () => {
  const tokens = sequences.map((sequence) => sequence.tokens)
  const edits = [{ unit: '0.hidden.1', add: 0.5, steps: [2, 11] }]
  const found: number[] = []
  const ask = () => ({ record: ['1.hidden'] })
  for await (const { piece, result } of runSequences(engine, model, tokens.slice(7), { edits }, ask, 4)) {
    expect(piece.tokens.length).toBeLessThanOrEqual(4)
    found.push(...result.recorded['1.hidden'])
  }
  const shifted = edits.map((edit) => ({ ...edit, steps: edit.steps.map((step) => step + 1) }))
  expect(found.slice(5)).toEqual(direct('1.hidden', 7, [END], shifted))
})

test('long sequences that are read side by side in pieces give the same values and surprisals', async () => {
  const long = [700, 299, 420].map((length, index) => randomTokens(length, 9, index))
  const edits = [{ unit: '0.hidden.1', add: 0.5, steps: [250, 410], rows: [0, 2] }]
  const read = async (cells?: number) => {
    const values = long.map(({ length }) => new Float32Array(length + 1))
    const targets = long.map(({ length }) => new Int32Array(length + 1))
    const shapes: number[][] = []
    const ask = () => ({ record: ['1.hidden'] })
    for await (const { piece, result } of runSequences(engine, model, long, { edits }, ask, cells)) {
      shapes.push([piece.rows, piece.steps])
      const width = result.recorded['1.hidden'].length / (piece.rows * piece.steps)
      piece.indices.forEach((sequence, row) => {
        for (let step = 0; step < piece.lengths[row]; step++) {
          const cell = row * piece.steps + step
          values[sequence][piece.start + 1 + step] = result.recorded['1.hidden'][cell * width]
          targets[sequence][piece.start + 1 + step] = piece.targets[cell]
        }
      })
    }
    return { values, targets, shapes }
  }
  const pieces = await read(600)
  const whole = await read(1e6)
  expect(whole.shapes).toEqual([[3, 701]])
  expect(pieces.shapes).toEqual([[2, 300], [1, 121], [1, 600], [1, 101]])
  expect(pieces.values).toEqual(whole.values)
  expect(pieces.targets).toEqual(whole.targets)
  expect(whole.targets.map((own) => own.at(-1))).toEqual([-1, -1, -1])
})

test.each([1, 2, 256])('a tagger reads each sequence whole, from both ends and without a context, in batches of %i', async (batchRows) => {
  const tagger = modelWithVocabulary('lstm', { trained: true, bidirectional: true, tags: 4 })
  const edits: readonly Edit[] = [{ unit: 'backward.0.hidden.1', add: 0.5, steps: [0, 6] }]
  const sites = ['backward.cell', '1.hidden']
  const recording = await record(tagger, sequences, { engine, sites, batchRows, edits })
  expect(recording.sites).toEqual(['backward.0.cell', 'backward.1.cell', 'forward.1.hidden', 'backward.1.hidden'])
  sequences.forEach(({ tokens }, sequence) => {
    const own = edits.map((edit) => ({ ...edit, steps: edit.steps!.filter((step) => step < tokens.length) }))
    const alone = engine.run(tagger, { tokens, rows: 1, steps: tokens.length }, { record: recording.sites, edits: own }).recorded
    for (const site of recording.sites) expect(recorded(recording, site, sequence), site).toEqual([...alone[site]])
  })
  const found: number[][] = []
  for await (const { piece } of runSequences(engine, tagger, [sequences[7].tokens], {}, () => ({}), 4)) found.push([piece.rows, piece.steps])
  expect(found).toEqual([[1, 30]]) // more than asked for, but in one piece
  const context = { state: { context: Int32Array.of(4) } }
  await expect(record(tagger, sequences, { engine, sites, ...context })).rejects.toThrow('and no context before it')
})

test('edits act in the context too, unless they name their steps', async () => {
  const context = [4, 0, 2, 3]
  const options = { state: { context: Int32Array.from(context) } }
  const everywhere = await recordWith({ ...options, edits: [{ unit: '0.cell.2', set: 0.7 }] })
  const edit = { unit: '0.cell.2', set: 0.7 }
  expect(recorded(everywhere, '1.cell', 3)).toEqual(direct('1.cell', 3, context, [edit]))
  const some = await recordWith({ ...options, edits: [{ unit: '0.cell.2', set: 0.7, steps: [0, 5] }] })
  expect(recorded(some, '1.cell', 3)).toEqual(direct('1.cell', 3, context, [{ ...edit, steps: [4, 9] }]))
  expect(recorded(some, '1.cell', 1)).toEqual(direct('1.cell', 1, context, [{ ...edit, steps: [4] }]))
})

test('every sequence can have edits and values of its own, in any batch size', async () => {
  const random = new Random('values')
  const values = Float32Array.from({ length: 2 * 3 }, () => random.uniform(-1, 1))
  const edits: Edit[] = [
    { unit: '0.cell.3', set: values, rows: [7, 2], steps: [4, 0, 6] },
    { unit: '0.hidden.0', scale: -2, rows: [2, 3] },
  ]
  for (const batchRows of [1, 3, 256]) {
    const recording = await recordWith({ edits, batchRows, state: { context: Int32Array.of(1, END) } })
    const own = (row: number): Edit => ({ unit: '0.cell.3', set: values.slice(3 * row, 3 * row + 3), steps: [6, 2, 8] })
    const scaled = { unit: '0.hidden.0', scale: -2 }
    expect(recorded(recording, '1.cell', 7)).toEqual(direct('1.cell', 7, [1, END], [own(0)]))
    expect(recorded(recording, '1.cell', 2)).toEqual(direct('1.cell', 2, [1, END], [own(1), scaled]))
    expect(recorded(recording, '1.cell', 3)).toEqual(direct('1.cell', 3, [1, END], [scaled]))
    expect(recorded(recording, '1.cell', 4)).toEqual(direct('1.cell', 4, [1, END]))
  }
})

test('an unknown site, an edit outside and a sequence of nothing are sentences', async () => {
  const empty = [{ tokens: new Int32Array(0) }]
  await expect(recordWith({ sites: ['update'] })).rejects.toThrow('an LSTM has no site "update"')
  await expect(recordWith({ edits: [{ unit: '0.cell.2', set: 0, steps: [30] }] })).rejects.toThrow('names step 30')
  await expect(record(model, empty, { engine, sites: ['cell'], state: 'zeros' })).rejects.toThrow('Sequence 0 is empty')
})

test('an aborted recording stops', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(recordWith({ signal })).rejects.toThrow('enough')
})

describe('of a bidirectional language model', () => {
  const pair = modelWithVocabulary('lstm', { bidirectional: true, skip: true, embedding: 5, trained: true })

  /** What a half says about one sequence by itself, in the order in which the half reads it. */
  function half(direction: Direction, site: string, sequence: number, edits: readonly Edit[] = []): number[][] {
    const { tokens } = sequences[sequence]
    const read = Int32Array.of(END, ...(direction === 'backward' ? tokens.toReversed() : tokens))
    const { recorded } = engine.run(halfOf(pair, direction), { tokens: read, rows: 1, steps: read.length }, { record: [site], edits })
    const rows = Array.from({ length: read.length }, (_, step) => [...recorded[site].subarray(5 * step, 5 * step + 5)])
    return rows.slice(1)
  }

  test.each([1, 3, 256])('each half reads from its own end, and every token has the row of its own place, in batches of %i', async (batchRows) => {
    const recording = await record(pair, sequences, { engine, sites: ['embedding', 'cell'], batchRows })
    expect(recording.sites).toEqual(['embedding', 'forward.0.cell', 'backward.0.cell', 'forward.1.cell', 'backward.1.cell'])
    for (let sequence = 0; sequence < sequences.length; sequence++) {
      expect(recorded(recording, 'embedding', sequence)).toEqual(half('forward', 'embedding', sequence).flat())
      expect(recorded(recording, 'forward.1.cell', sequence)).toEqual(half('forward', '1.cell', sequence).flat())
      expect(recorded(recording, 'backward.1.cell', sequence)).toEqual(half('backward', '1.cell', sequence).reverse().flat())
    }
  })

  test('an edit acts at the positions that it names, whichever way they are read', async () => {
    const edits: Edit[] = [
      { unit: 'backward.0.cell.2', set: 0.5, steps: [0, 3] },
      { unit: 'forward.1.hidden.1', scale: 0 },
      { unit: 'backward.1.hidden.4', set: Float32Array.of(0.1, 0.2, 0.3, 0.4), rows: [2, 0], steps: [6, 1] },
    ]
    const recording = await record(pair, sequences, { engine, sites: ['hidden', 'cell'], edits, batchRows: 3 })
    // sequence 2 has seven tokens: its position p is read at step 7 − p, behind the end of the sentence before
    expect(recorded(recording, 'backward.1.hidden', 2)).toEqual(half('backward', '1.hidden', 2, [
      { unit: '0.cell.2', set: 0.5, steps: [7, 4] }, { unit: '1.hidden.4', set: Float32Array.of(0.1, 0.2), steps: [1, 6] },
    ]).reverse().flat())
    // sequence 0 has three: no position 3 or 6
    expect(recorded(recording, 'backward.1.hidden', 0)).toEqual(half('backward', '1.hidden', 0, [
      { unit: '0.cell.2', set: 0.5, steps: [3] }, { unit: '1.hidden.4', set: 0.4, steps: [2] },
    ]).reverse().flat())
    expect(recorded(recording, 'forward.1.hidden', 2)).toEqual(half('forward', '1.hidden', 2, [{ unit: '1.hidden.1', scale: 0 }]).flat())
  })

  test('an edit of the embedding is one of both halves, and only the sites of one half are run', async () => {
    const edits: Edit[] = [{ unit: 'embedding.3', set: 1, steps: [1] }]
    const recording = await record(pair, sequences, { engine, sites: ['backward.0.hidden'], edits })
    expect(recording.sites).toEqual(['backward.0.hidden'])
    expect(recorded(recording, 'backward.0.hidden', 2)).toEqual(
      half('backward', '0.hidden', 2, [{ unit: 'embedding.3', set: 1, steps: [6] }]).reverse().flat(),
    )
  })

  test('a text that is read in pieces, and kept on the disk, has the same values', async () => {
    const long = [{ tokens: randomTokens(20_000, 9, 'long') }, { tokens: randomTokens(300, 9, 'short') }]
    const edits: Edit[] = [{ unit: 'backward.0.cell.1', set: 1, steps: [19_998, 250] }]
    const recording = await record(pair, long, { engine, sites: ['backward.1.hidden'], edits, memory: 0 })
    for (const [sequence, { tokens }] of long.entries()) {
      const read = Int32Array.of(END, ...tokens.toReversed())
      const steps = [19_998, 250].filter((step) => step < tokens.length).map((step) => tokens.length - step)
      const { recorded: own } = engine.run(halfOf(pair, 'backward'), { tokens: read, rows: 1, steps: read.length }, {
        record: ['1.hidden'], edits: [{ unit: '0.cell.1', set: 1, steps }],
      })
      const { values } = recording.read(recording.offsets[sequence], tokens.length)
      for (const position of [0, 249, 250, tokens.length - 2, tokens.length - 1]) {
        const step = tokens.length - position
        expect(values['backward.1.hidden'].subarray(5 * position, 5 * position + 5)).toEqual(own['1.hidden'].subarray(5 * step, 5 * step + 5))
      }
    }
    recording.dispose()
  })

  test('a row that an edit names twice is edited once, whichever way it is read', async () => {
    const valuesOf = async (rows: readonly number[]) => {
      const edits = ['forward', 'backward'].map((direction): Edit => ({ unit: `${direction}.0.hidden.1`, add: 1, rows, steps: [1] }))
      const recording = await record(pair, sequences, { engine, sites: ['0.hidden'], edits })
      return recording.read(0, recording.count).values
    }
    expect(await valuesOf([0, 0, 2])).toEqual(await valuesOf([0, 2]))
  })

  test('a context, which one half would read behind the text, is refused', async () => {
    const state = { context: Int32Array.of(3, 4) }
    await expect(record(pair, sequences, { engine, sites: ['cell'], state })).rejects.toThrow('and no context before it')
  })

  test('a unit is named with its direction', async () => {
    const edits: Edit[] = [{ unit: '0.cell.2', set: 0.5 }]
    await expect(record(pair, sequences, { engine, sites: ['cell'], edits })).rejects.toThrow('leaves out the direction: write forward.0.cell')
  })
})
