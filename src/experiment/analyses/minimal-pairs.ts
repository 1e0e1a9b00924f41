// What models make of the minimal pairs of files.

import { basename, extname, resolve } from 'node:path'
import { minimalPairs, publishedShares } from '../../analysis/minimal-pairs/minimal-pairs.ts'
import { notOneOf, UserError } from '../../core/errors.ts'
import { displayPath } from '../../core/files.ts'
import { knownPairs, usualScoring, type KnownPairs, type Scoring } from '../../tasks/minimal-pairs/known.ts'
import type { MinimalPair } from '../../tasks/minimal-pairs/pair.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'
import type { Material } from './material.ts'
import { readPairFile } from './pair-file.ts'

type Section = AnalysisNamed<'minimal-pairs'>

export const runMinimalPairs: AnalysisRunner<'minimal-pairs'> = async (section, context) => {
  const { engine, material, signal } = context
  const { by, initial, resamples } = section
  const tasks = pairTasks(section, material)
  const counts = { unigram: material.unigram(), ngram: material.ngram(5) }
  const found = await rowsOfEach(section, context, async (subject) =>
    scoreEach(tasks, ({ task, pairs, scoring }) =>
      minimalPairs(engine, subject, task, pairs, { ...counts, scoring, by, initial, resamples, signal })))
  return [{
    analysis: 'minimal-pairs',
    rows: found.flatMap(({ rows }) => rows),
    published: tasks.flatMap(({ task, pairs }) => publishedShares(task, pairs, by)),
    pairs: found.flatMap(({ pairs }) => pairs),
    audit: tasks.map(({ task, audit }) => ({ task, message: audit })),
  }]
}

interface PairTask extends KnownPairs {
  readonly task: string
  readonly scoring: Scoring
}

/** What the models are asked. @throws UserError for files that cannot be read, and where they leave nothing to ask */
export function pairTasks({ items, by, scoring: given, unknown }: Section, { folder, dataset }: Material): PairTask[] {
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

/** One file after the other: the resamples of each take memory. */
async function scoreEach<Given, Scored>(given: readonly Given[], score: (each: Given) => Promise<Scored>): Promise<Scored[]> {
  const scored: Scored[] = []
  for (const each of given) scored.push(await score(each))
  return scored
}

/** A column of `by` is in one of the files; the others have no such groups. */
function requireColumns(by: readonly string[], pairs: readonly MinimalPair[]): void {
  const columns = [...new Set(['condition', ...pairs.flatMap((pair) => Object.keys(pair.columns))])]
  const missing = by.find((column) => !columns.includes(column))
  if (missing !== undefined) throw new UserError(`by: ${notOneOf(missing, 'column', 'columns', columns)}`)
}
