// An experiment of a second: every kind of stage on a grammar of a few words.

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const GRAMMAR = join(import.meta.dirname, '../../data/grammars/agreement.yaml')

/** A new folder with `micro.yaml`. */
export function microFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'probe-micro-'))
  writeFileSync(join(folder, 'micro.yaml'), `
# Does it run?
name: micro
data: { grammar: ${GRAMMAR}, sentences: 800, test: 0.1, validation: 0.1 }
models:
  - { name: lstm, cell: lstm, units: 6 }
  - { name: gru, cell: gru, units: 5 }
training: { epochs: 2, batch: 8, steps: 10, learningRate: 0.02, evaluations: 2, snapshots: [0.5] }
analyses:
  - { analysis: perplexity, baselines: [unigram, 3-gram], resamples: 100 }
  - { analysis: agreement, items: [simple, nounpp], itemsPerCondition: 10, resamples: 100 }
  - { analysis: unit-ranking, probe: number, sites: [hidden], itemsPerCondition: 10, permutations: 20 }
  - { analysis: ablation-sweep, items: nounpp, itemsPerCondition: 10, resamples: 100, top: 2 }
  - { analysis: dynamics, models: [lstm], units: top 1, sites: [forget, cell], items: nounpp, itemsPerCondition: 10 }
  - { analysis: text, units: top 1, sentences: 2 }
  - { analysis: samples, models: [gru], units: top 1, hold: [1], length: 8 }
  - { analysis: saturation, models: [gru], moments: [trained], tokens: 200 }
  - { analysis: selectional-preferences, pairs: pairs.yaml, influenceItems: 20, resamples: 100 }
  - analysis: generalization
    models: [lstm]
    units: top 1
    sites: [cell, hidden]
    itemsPerCondition: 10
    permutations: 20
  - { analysis: lag-curves, moments: [half way], longestLag: 12, places: 8, effects: [1, 12], resamples: 100 }
  - { analysis: sensitivity-map, models: [gru], moments: [trained], steps: 6 }
  - { analysis: jacobians, models: [lstm], moments: [trained], longestLag: 8, places: 2 }
  - analysis: margin-trace
    models: [lstm]
    moments: [trained]
    sites: [embedding]
    items: nounpp
    itemsPerCondition: 10
    resamples: 100
  - { analysis: verb-weights, models: [lstm], units: top 2, itemsPerCondition: 10, resamples: 100, permutations: 20 }
  - { analysis: ablation-kinds, models: [lstm], units: top 2, items: nounpp, itemsPerCondition: 10, groups: 20, resamples: 100 }
  - { analysis: patching, models: [gru], units: top 2, itemsPerCondition: 10, groups: 20, resamples: 100 }
  - { analysis: diagnostic-classifiers, models: [gru], sites: [hidden], units: top 1, itemsPerCondition: 10, resamples: 100 }
  - { analysis: attribution, models: [lstm], itemsPerCondition: 4, resamples: 100 }
  - { analysis: syntax-units, models: [lstm], units: top 1, bootstraps: 20, resamples: 100 }
  - { analysis: minimal-pairs, models: [lstm], items: [{ file: nounpp.txt }], resamples: 100 }
`)
  writeFileSync(join(folder, 'nounpp.txt'), 'the dog sleeps\tsingular\tcorrect\t1\nthe dog sleep\tsingular\twrong\t1\n')
  writeFileSync(join(folder, 'pairs.yaml'), 'The _ certainly:\n  - { dog: sleeps, cats: wait }\n  - { unheard: sees, cats: wait }\n')
  writeFileSync(join(folder, 'tags.yaml'), `
# Does a tagger run?
name: tags
data: { grammar: ${GRAMMAR}, sentences: 800, test: 0.2, validation: 0.1 }
models:
  - { name: both, cell: gru, predicts: tag, bidirectional: true, units: 5, dropout: 0.1 }
  - { name: one, cell: rnn, predicts: tag, units: 6, layers: 2 }
training: { updates: 60, batch: 8, learningRate: 0.02, evaluations: 2, decoderBias: unigram }
analyses: [{ analysis: tagging, resamples: 100 }]
`)
  writeFileSync(join(folder, 'pair.yaml'), `
# Does a bidirectional language model run?
name: pair
data: { corpus: brown, genres: [A, B, C], vocabulary: 500, rare: unknown, test: 0.2, validation: 0.1, pseudowords: 3 }
models: [{ name: elmo, cell: gru, layers: 2, units: 6, embedding: 6, bidirectional: true, skip: true, tied: true }]
training: { updates: 20, batch: 8, learningRate: 0.01, evaluations: 2, decoderBias: unigram }
analyses: [{ analysis: contextual-vectors, tokens: 1000, epochs: 1, resamples: 100 }]
`)
  writeFileSync(join(folder, 'second.yaml'), `
# Can another experiment use the model?
name: second
data: { grammar: ${GRAMMAR}, sentences: 800, test: 0.1, validation: 0.1 }
models: [{ name: borrowed, from: micro/gru }]
analyses: [{ analysis: perplexity, baselines: [unigram, 2-gram], resamples: 100 }]
`)
  return folder
}
