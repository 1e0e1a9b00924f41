// What do the layers of a bidirectional language model tell of a token?

import type { ContextualVectorsResult } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { layerChart, mixChart } from '../charts/contextual.ts'
import type { Block, Chart, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { judgeDirections, judgeMix, judgeSenses } from '../verdicts/contextual.ts'
import { resultsOf } from './select.ts'

export const contextual: SectionBuilder = {
  name: 'contextual-vectors',
  build(input) {
    const results = resultsOf(input, 'contextual-vectors')
    if (results.length === 0) return null
    const models = input.models.length
    const [answer, ...remarks] = results.flatMap((result) => [
      ...judgeMix(result, models), ...judgeSenses(result.senses, models), ...judgeDirections(result.perplexity, models),
    ])
    return {
      name: 'contextual-vectors',
      title: 'Contextual vectors',
      question: 'What do the layers of a bidirectional language model tell of a token?',
      answer,
      remarks,
      blocks: [
        { kind: 'charts', caption: CAPTION, charts: results.flatMap(chartsOf) },
        ...tablesOf(results).map((table): Block => ({ kind: 'table', table, open: table.name === 'directions' })),
      ],
      method:
        'A token’s vector in a layer is what both halves hand upward after it, one from the left, one from the right. Linear ' +
        'probes learn parts of speech from the validation text, and are asked about the test text; the control task has tags ' +
        'that were drawn once for each token of the vocabulary, of which all unknown words are one. The most frequent part of ' +
        'speech of a word is counted in the whole training text, of which the probes see nothing, with words that the model ' +
        'does not know. A pseudo-word is two words written alike before training, so that the sense of ' +
        'each token is known; its nearer mean of the training text says which one it was.',
    }
  },
}

function chartsOf({ probes, mixes, senses }: ContextualVectorsResult): Chart[] {
  return [...groupBy(probes, ({ model }) => model)].flatMap(([model, own]) => [
    layerChart(`layers-all-${model}`, `${model}: part of speech, all tokens`, own.filter(({ group }) => group === 'all')),
    ...some(own.filter(({ group }) => group === 'ambiguous'), (rows) =>
      layerChart(`layers-ambiguous-${model}`, `${model}: part of speech, ambiguous words`, rows)),
    ...some(senses.filter((row) => row.model === model), (rows) =>
      layerChart(`layers-senses-${model}`, `${model}: senses of pseudo-words`, rows)),
    mixChart(model, mixes.filter((row) => row.model === model)),
  ])
}

/** A chart where there are rows for it. */
function some<R>(rows: readonly R[], draw: (rows: readonly R[]) => Chart): Chart[] {
  return rows.length > 0 ? [draw(rows)] : []
}

const CAPTION =
  'Tokens that are told right from the vectors of each layer, with 95 % intervals; the dashed line is the most frequent part ' +
  'of speech of each word, or the more frequent of two words. Last, the weights of the layers in the mix that tells parts of ' +
  'speech best.'
