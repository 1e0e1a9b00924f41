// What holds for more than one section of a report: paragraphs about what it has results of, and one about all.

import type { AnalysisResult } from '../analysis/results.ts'
import { FEWEST_ITEMS } from '../analysis/choose-units.ts'
import { FEWEST_COMPARABLE, LEVEL } from './verdicts/rules.ts'

/** Paragraphs for the methods of a report, in this order. */
export function methodsOf(results: readonly AnalysisResult[]): string[] {
  const has = (kinds: readonly AnalysisResult['analysis'][]) => results.some(({ analysis }) => kinds.includes(analysis))
  const counts = has(['counting', 'counters', 'precision'])
  const traces = has(['lag-curves', 'sensitivity-map', 'jacobians', 'margin-trace'])
  const judgesWords = !(counts || traces) || has(['agreement', 'ablation-sweep', 'unit-ranking'])
  return [...(judgesWords ? WORDS : []), ...(counts ? COUNTING : []), ...(traces ? GRADIENTS : []), REPLICATION]
}

const WORDS: readonly string[] = [
  'Units and layers count from 0; the unit 0.cell.41 is unit 41 of the cell of the lowest layer. Accuracy is the ' +
    'share of items whose right form is more probable than the wrong form of the same word; a margin is log p(right) ' +
    '− log p(wrong) in nats. Drops are differences of accuracy in percentage points; positive is worse. Intervals ' +
    'are 95 %.',
  `The sentences are written by fixed rules. Nothing is claimed from fewer than ${FEWEST_ITEMS} items, nor from ` +
    `fewer than ${FEWEST_COMPARABLE} comparable units, because then p cannot fall below 0.05. “Found” needs an ` +
    `interval that excludes chance, no change, or the baseline; among many units it also needs q < ${LEVEL} ` +
    '(Benjamini and Hochberg) and more than the best of so many units reaches under shuffled labels.',
  'A unit “carries number” if, on items that were not used to choose it, removing it costs more accuracy than ' +
    'removing any comparable unit, both when it is set to its mean and when it is set to zero, its drop withstands a ' +
    'correction over all units and conditions, as it does on the items that chose it, and its value before ' +
    'the verb tells the subject’s number where the nouns disagree. The accuracy is that of a condition in which ' +
    'nouns disagree and the intact model is above chance; pairs of items that differ in the subject alone come first. ' +
    'The units on top of the sweep are tested in turn. Anything less is called a candidate. Setting a unit to zero also ' +
    'removes its constant contribution and so shifts every margin one way; the mean is therefore the headline.',
]

const COUNTING: readonly string[] = [
  'Units and layers count from 0; the unit 0.cell.3 is unit 3 of the cell of the lowest layer. The horizon of a ' +
    'network is the largest n up to which every word of its language is right wherever the language determines the ' +
    'next symbol, with a probability above one half; a run that did not converge, that is wrong within the training ' +
    'lengths, has a horizon like any other and is never left out. Outcomes, thresholds and the finder’s rule were ' +
    'fixed before the test lengths were looked at.',
  'The sentences are written by fixed rules. That one network counts farther than others is “found” where the ' +
    `exact paired test over seeds has p < ${LEVEL} against every one of them, and more than half of the seeds go ` +
    'beyond the training lengths by the lower end of Wilson’s 95 % interval; “cannot tell” where so few seeds could ' +
    `not give such a p. That a counter is used is “found” where over seeds, with p < ${LEVEL}, moving it by ` +
    'some symbols moves the end of the word the same way, and farther than moving any unit that does not count.',
]

const GRADIENTS: readonly string[] = [
  'A lag of k steps leads to the step that read the token k before the last one read. Gradients are those of one ' +
    'token’s loss alone, walked back through the whole text and never clipped, on texts that training did not see; of a ' +
    'language, on its longest words. Norms are averaged as logarithms, for the mean of norms is that of their outliers. ' +
    'What a token does to a loss is measured without a gradient: another token of the text is put in its place.',
  'The sentences are written by fixed rules. That a network with gates depends more on tokens far back is “found” ' +
    'where, over seeds, the 95 % interval of the ratio to every network without gates lies above 1, and “not found” ' +
    'where its loss moves by less than 0.0001 nats. Intervals over seeds are Student’s, because few values cannot be ' +
    'resampled.',
]

const REPLICATION =
  'One trained model is one observation: with one seed a sentence says “in this model” and claims nothing about others. ' +
  'Of a model with more than three seeds the charts of single models show the first one; the tables have all.'
