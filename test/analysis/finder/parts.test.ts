// The parts of the finder against what they mean, computed in another way.

import { describe, expect, test } from 'vitest'
import { insideQuotes } from '../../../probes/inside-quotes.ts'
import { linePosition } from '../../../probes/line-position.ts'
import { permuteBlocks } from '../../../src/analysis/finder/block-permutation.ts'
import { rotateUnits } from '../../../src/analysis/finder/rotate.ts'
import { labelSamples, sampleText } from '../../../src/analysis/finder/sampled-text.ts'
import { bitsTold, bitsToTell } from '../../../src/analysis/finder/tell-apart.ts'
import { scoreUnit } from '../../../src/analysis/finder/unit-scores.ts'
import { Random } from '../../../src/core/random.ts'
import { auc } from '../../../src/core/statistics/auc.ts'
import { correlation } from '../../../src/core/statistics/moments.ts'
import type { Document } from '../../../src/data/corpus.ts'
import { encodePart } from '../../../src/data/dataset.ts'
import { labelDocuments } from '../../../src/data/label.ts'
import { blocksOf } from '../../../src/data/split.ts'
import { sentencesOf } from '../../../src/data/text.ts'
import { buildVocabulary } from '../../../src/data/vocabulary.ts'

const random = new Random('parts')
const normals = (length: number) => Float32Array.from({ length }, () => random.normal())

describe('a score', () => {
  const values = Float32Array.from({ length: 300 }, () => random.integer(20)) // with ties
  const labels = values.map((value) => Number(value + 8 * random.normal() > 10))

  test('is the area under the ROC curve for yes or no, and the correlation for an amount', () => {
    const [area, r] = scoreUnit(values, [{ probe: insideQuotes, labels }, { probe: linePosition, labels }])
    expect(area).toBeCloseTo(auc(values, labels), 12)
    expect(r).toBeCloseTo(correlation(values, labels), 12)
  })

  test('leaves out what is not decided', () => {
    const holes = labels.map((label, index) => (index % 3 === 0 ? NaN : label))
    const known = (_: number, index: number) => index % 3 !== 0
    const [area, r] = scoreUnit(values, [{ probe: insideQuotes, labels: holes }, { probe: linePosition, labels: holes }])
    expect(area).toBeCloseTo(auc(values.filter(known), labels.filter(known)), 12)
    expect(r).toBeCloseTo(correlation(values.filter(known), labels.filter(known)), 12)
  })
})

describe('dealing whole blocks', () => {
  const [blocks, length] = [40, 50]
  /** A value that drifts slowly: neighbours are alike, blocks are not. */
  function drifting(): Float32Array {
    let state = 0
    return Float32Array.from({ length: blocks * length }, () => (state = 0.98 * state + random.normal()))
  }
  const unitOf = (values: Float32Array) => ({ unit: '0.hidden.0', site: '0.hidden', values })
  const p = (units: Float32Array[], labels: Float32Array, of: number) => {
    const { observed, largest } = permuteBlocks(units.map(unitOf), labels, of, 99, random)
    return (1 + largest.filter((value) => value >= observed[0]).length) / 100
  }

  test('finds chance where values and labels drift apart from each other; shuffling one by one does not', () => {
    const trials = Array.from({ length: 60 }, () => ({ values: drifting(), labels: drifting() }))
    const share = (of: number) => trials.filter(({ values, labels }) => p([values], labels, of) <= 0.05).length / 60
    // 60 trials at 5 %: more than 9 of them would come up in less than one of a thousand
    expect(share(blocks)).toBeLessThanOrEqual(9 / 60)
    expect(share(blocks * length)).toBeGreaterThan(0.3)
  })

  test('finds a unit that follows the labels, and is stricter where there are more units', () => {
    const labels = drifting()
    const unit = labels.map((label) => label + 3 * random.normal())
    expect(p([unit], labels, blocks)).toBe(0.01)
    const { largest: one } = permuteBlocks([unitOf(drifting())], labels, blocks, 99, random)
    const { largest: many } = permuteBlocks(Array.from({ length: 30 }, () => unitOf(drifting())), labels, blocks, 99, random)
    expect(many[50]).toBeGreaterThan(one[50])
  })

  test('has the correlation as its statistic', () => {
    const [values, labels] = [drifting(), drifting()]
    const { observed } = permuteBlocks([unitOf(values)], labels, blocks, 1, random)
    expect(observed[0]).toBeCloseTo(Math.abs(correlation(values, labels)), 5)
  })
})

test('a rotation keeps distances and changes axes, each site by itself', () => {
  const units = ['0.cell', '0.cell', '0.cell', '1.cell', '1.cell'].map((site, index) => (
    { unit: `${site}.${index}`, site, values: normals(20) }
  ))
  const rotated = rotateUnits(units, new Random(1))
  for (const site of ['0.cell', '1.cell']) {
    const square = (list: typeof rotated, sample: number) =>
      list.filter((unit) => unit.site === site).reduce((sum, { values }) => sum + values[sample] ** 2, 0)
    for (let sample = 0; sample < 20; sample++) expect(square(rotated, sample)).toBeCloseTo(square(units, sample), 4)
  }
  expect(rotated[0].values).not.toEqual(units[0].values)
})

test('a unit tells all bits of an answer that it is, and none of one that is independent', () => {
  const coin = Float32Array.from({ length: 8000 }, () => random.integer(2))
  expect(bitsToTell(coin)).toBeCloseTo(1, 2)
  expect(bitsTold(coin.map((side) => side * 3 - 1), coin)).toBeCloseTo(1, 2)
  expect(bitsTold(normals(8000), coin)).toBeLessThan(0.002)
  const eighths = Float32Array.from({ length: 8000 }, (_, index) => index % 8)
  expect(bitsToTell(eighths)).toBeCloseTo(3, 2)
})

test('places in a block of a text have the answers that they have in the whole text', () => {
  const paragraph = `"${'He went on and on.\n'.repeat(7)}So it goes." He left.\n\n`
  const text = paragraph.repeat(30)
  const documents = blocksOf(sentencesOf(text, { unit: 'characters', lines: false, split: 'spaces' }), 24)
  const options = { size: 'all', rare: 'unknown', lowercase: false } as const
  const vocabulary = buildVocabulary(documents, { unit: 'characters', end: '\n' }, options)
  const part = encodePart(documents, vocabulary)
  const sampling = { blockLength: 40, perBlock: 10, mostTokens: 10_000, random: new Random(1) }
  const sampled = sampleText(part, [...documents.keys()].slice(4), '\n', sampling)
  const whole = insideQuotes.label({ tokens: [...text] })
  const expected = sampled.blocks.flatMap(({ document, start }) =>
    sampled.offsets.map((offset) => Number(whole[part.documentStarts[4 + document] + start + offset])),
  )
  const labelsOf = (asked: readonly Document[]) => [...labelSamples(labelDocuments(insideQuotes, asked, '\n'), sampled)]
  expect(labelsOf(sampled.documents)).toEqual(expected)
  expect(new Set(expected)).toEqual(new Set([0, 1]))
  const torn = sampled.documents.map(({ block: _, ...own }) => own)
  expect(labelsOf(torn)).not.toEqual(expected) // most blocks begin within a quotation
})
