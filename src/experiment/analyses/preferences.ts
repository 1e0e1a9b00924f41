// Which words the models take to go with which.

import { resolve } from 'node:path'
import { preferences } from '../../analysis/preferences/preferences.ts'
import { displayPath, readText } from '../../core/files.ts'
import {
  knownPairs, loadCrossedPairs, parseCrossedPairs, type CrossedPair,
} from '../../tasks/preferences/crossed-pairs.ts'
import { buildVerbObjects, type VerbObjects } from '../../tasks/preferences/verb-objects.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { defineAnalysis } from './context.ts'
import type { Material } from './material.ts'

type Section = AnalysisNamed<'selectional-preferences'>

export const preferencesAnalysis = defineAnalysis({
  name: 'selectional-preferences',
  prepare: preferenceItems,
  ask(subject, { pairs, objects }, { section: { initial, influenceItems, resamples }, engine, material, signal }) {
    const counts = { unigram: material.unigram(), ngram: material.ngram(5) }
    const options = { ...counts, initial, influenceItems, resamples, signal }
    return preferences(engine, subject, pairs, objects.items, options)
  },
  combine(answers, { all, pairs, objects }) {
    const unknown = `${all} pairs, ${all - pairs.length} of them left out, for the model does not know one of their words.`
    return [{
      analysis: 'selectional-preferences',
      rows: answers.flatMap(({ rows }) => rows),
      influences: answers.flatMap(({ influences }) => influences),
      examples: answers.flatMap(({ examples }) => examples),
      audit: [{ task: 'crossed', message: unknown }, { task: 'objects', message: objects.audit }],
    }]
  },
})

/** What the models are asked. @throws UserError for pairs that cannot be read, and where there is nothing to ask */
function preferenceItems(
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
