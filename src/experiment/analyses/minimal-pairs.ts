// What models make of the minimal pairs of files.

import { basename, extname, resolve } from 'node:path'
import { minimalPairs, publishedShares } from '../../analysis/minimal-pairs/minimal-pairs.ts'
import { inTurn } from '../../core/in-turn.ts'
import { notOneOf, UserError } from '../../core/errors.ts'
import { displayPath } from '../../core/files.ts'
import { knownPairs, usualScoring, type KnownPairs, type Scoring } from '../../tasks/minimal-pairs/known.ts'
import type { MinimalPair } from '../../tasks/minimal-pairs/pair.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { defineAnalysis } from './context.ts'
import type { Material } from './material.ts'
import { readPairFile } from './pair-file.ts'

type Section = AnalysisNamed<'minimal-pairs'>

export const minimalPairsAnalysis = defineAnalysis({
  name: 'minimal-pairs',
  prepare: pairTasks,
  ask(subject, tasks, { section: { by, initial, resamples }, engine, material, signal }) {
    const options = { unigram: material.unigram(), ngram: material.ngram(5), by, initial, resamples, signal }
    return inTurn(tasks, ({ task, pairs, scoring }) =>
      minimalPairs(engine, subject, task, pairs, { ...options, scoring }))
  },
  combine(answers, tasks, { section }) {
    const scored = answers.flat()
    return [{
      analysis: 'minimal-pairs',
      rows: scored.flatMap(({ rows }) => rows),
      published: tasks.flatMap(({ task, pairs }) => publishedShares(task, pairs, section.by)),
      pairs: scored.flatMap(({ pairs }) => pairs),
      audit: tasks.map(({ task, audit }) => ({ task, message: audit })),
    }]
  },
})

interface PairTask extends KnownPairs {
  readonly task: string
  readonly scoring: Scoring
}

/** What the models are asked. @throws UserError for files that cannot be read, and where they leave nothing to ask */
function pairTasks({ items, by, scoring: given, unknown }: Section, { folder, dataset }: Material): PairTask[] {
  const files = items.map(({ file, format }) => {
    const path = resolve(folder, file)
    return { file, path, all: readPairFile(path, format) }
  })
  requireColumns(by, files.flatMap(({ all }) => all))
  return files.map(({ file, path, all }) => {
    const scoring = given ?? usualScoring(all, dataset.vocabulary)
    const known = knownPairs(all, dataset.vocabulary, unknown, scoring)
    if (known.pairs.length === 0) throw new UserError(`${displayPath(path)} leaves no pair to ask about: ${known.audit}`)
    return { task: basename(file, extname(file)), scoring, ...known }
  })
}

/** A column of `by` is in one of the files; the others have no such groups. */
function requireColumns(by: readonly string[], pairs: readonly MinimalPair[]): void {
  const columns = [...new Set(['condition', ...pairs.flatMap((pair) => Object.keys(pair.columns))])]
  const missing = by.find((column) => !columns.includes(column))
  if (missing !== undefined) throw new UserError(`by: ${notOneOf(missing, 'column', 'columns', columns)}`)
}
