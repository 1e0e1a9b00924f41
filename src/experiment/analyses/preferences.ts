// Which words the models take to go with which.

import { resolve } from 'node:path'
import { preferences } from '../../analysis/preferences/preferences.ts'
import { displayPath, readText } from '../../core/files.ts'
import {
  knownPairs, loadCrossedPairs, parseCrossedPairs, type CrossedPair,
} from '../../tasks/preferences/crossed-pairs.ts'
import { buildVerbObjects, type VerbObjects } from '../../tasks/preferences/verb-objects.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'
import type { Material } from './material.ts'

type Section = AnalysisNamed<'selectional-preferences'>

export const runPreferences: AnalysisRunner<'selectional-preferences'> = async (section, context) => {
  const { engine, material, signal } = context
  const { all, pairs, objects } = preferenceItems(section, material)
  const { initial, influenceItems, resamples } = section
  const counts = { unigram: material.unigram(), ngram: material.ngram(5) }
  const found = await rowsOfEach(section, context, async (subject) => [
    await preferences(engine, subject, pairs, objects.items, { ...counts, initial, influenceItems, resamples, signal }),
  ])
  const unknown = `${all} pairs, ${all - pairs.length} of them left out, for the model does not know one of their words.`
  return [{
    analysis: 'selectional-preferences',
    rows: found.flatMap(({ rows }) => rows),
    influences: found.flatMap(({ influences }) => influences),
    examples: found.flatMap(({ examples }) => examples),
    audit: [{ task: 'crossed', message: unknown }, { task: 'objects', message: objects.audit }],
  }]
}

/** What the models are asked. @throws UserError for pairs that cannot be read, and where there is nothing to ask */
export function preferenceItems(
  { pairs: path }: Section,
  { folder, dataset: { vocabulary, training, test } }: Material,
): { readonly all: number; readonly pairs: readonly CrossedPair[]; readonly objects: VerbObjects } {
  const given = path === undefined ? loadCrossedPairs() : readPairs(resolve(folder, path))
  const sentences = ({ documents }: typeof test) => documents.flatMap((document) => document.sentences)
  return {
    all: given.length,
    pairs: knownPairs(given, vocabulary),
    objects: buildVerbObjects(sentences(test), sentences(training), vocabulary),
  }
}

function readPairs(path: string): CrossedPair[] {
  return parseCrossedPairs(readText(path), displayPath(path))
}
