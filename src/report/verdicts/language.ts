// How well the model predicts text: training and perplexity, each beside baselines that need no network.

import type { PerplexityRow, TrainingRow } from '../../analysis/results.ts'
import { exp, log } from '../../core/math.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, interval, listed, plural } from '../format.ts'

/** A rise above the lowest validation loss that is worth a word, nats per token. */
const OVERFITTING = 0.05
/** Documents are the clusters of the perplexity's interval. */
const FEWEST_DOCUMENTS = 10

/** Did training get below the unigram model, and did it stop in time? */
export function judgeTraining(rows: readonly TrainingRow[], where: string): Verdict {
  const last = rows[rows.length - 1]
  const best = rows.reduce((lowest, row) => (row.validationLoss < lowest.validationLoss ? row : lowest))
  const baseline = `the unigram model has ${fixed(last.unigramLoss, 2)}`
  const span = `${plural(last.update, 'update')}, ${fixed(last.epoch, 1)} epochs, seed ${last.seed}`
  if (best.validationLoss >= last.unigramLoss) {
    const sentence =
      `${where} training learned nothing beyond how common each ${last.says === 'tags' ? 'tag' : 'token'} is: the lowest validation loss is ` +
      `${fixed(best.validationLoss, 2)} nats per token, and ${baseline} (${span}).`
    return { judgement: 'not found', sentence }
  }
  const rose = last.validationLoss - best.validationLoss > OVERFITTING
  const end = rose ? ` and rose again to ${fixed(last.validationLoss, 2)}: it overfits` : ''
  const sentence =
    `${where} validation loss reached ${fixed(best.validationLoss, 2)} nats per token at epoch ` +
    `${fixed(best.epoch, 1)}${end}; ${baseline} (${span}).`
  return { judgement: 'description', sentence }
}

/** Of so many trainings that nobody reads a sentence about each: which of them learned nothing? */
export function judgeTrainings(rows: readonly TrainingRow[]): Verdict {
  const trainings = [...groupBy(rows, ({ model, seed }) => `${model}, seed ${seed}`)]
  const failed = trainings.filter(([, own]) => own.every((row) => row.validationLoss >= row.unigramLoss))
  const all = `${count(trainings.length)} trainings`
  if (failed.length === 0) {
    const sentence = `Each of the ${all} went below the loss of the unigram model.`
    return { judgement: 'description', sentence }
  }
  const names = listed(failed.map(([name]) => name))
  const sentence =
    `${count(failed.length)} of the ${all} learned nothing beyond how common each token is: ${names}.`
  return { judgement: 'not found', sentence }
}

/** Is the model better than the n-gram model on held-out text? The interval of its loss decides. */
export function judgePerplexity(rows: readonly PerplexityRow[], where: string): Verdict {
  const row = rows.find((candidate) => candidate.split === 'test') ?? rows[0]
  const { loss, lossLow, lossHigh, split, ngramOrder } = row
  const ngramLoss = log(row.ngramPerplexity)
  const { name, unit, of } = row.bitsPerCharacter === null ? PERPLEXITY : BITS
  const digits = of(loss) < 20 ? 2 : 1
  const value = (nats: number) => fixed(of(nats), digits)
  const ends = [lossLow, lossHigh].map((end) => (end === null ? null : of(end)))
  const number = `${where} ${name} on the ${split} text is ${value(loss)} ${interval(ends[0], ends[1], digits)}${unit}`
  const ngram = `the ${ngramOrder}-gram model`
  const unigram = `the unigram model has ${value(log(row.unigramPerplexity))}`
  const basis =
    `n = ${count(row.tokens)} tokens of ${plural(row.documents, 'document')}, 95 % interval by bootstrap over ` +
    `documents, seed ${row.seed}`
  const few = row.documents < FEWEST_DOCUMENTS || lossLow === null || lossHigh === null
  if (few || (lossLow <= ngramLoss && ngramLoss <= lossHigh)) {
    const why = few ? `fewer than ${FEWEST_DOCUMENTS} documents are too few` : 'too close'
    const sentence = `${number} and ${ngram} has ${value(ngramLoss)}: ${why} to tell which is better; ${unigram} (${basis}).`
    return { judgement: 'cannot tell', sentence }
  }
  const better = lossHigh < ngramLoss
  const share = `${fixed(Math.abs(1 - of(loss) / of(ngramLoss)) * 100, 0)} %`
  const change = `${share} ${better ? 'below' : 'above'} the ${value(ngramLoss)}`
  const sentence =
    `${number}, ${change} of ${ngram}${better ? '' : ', which only counts'}; ${unigram} (${basis}).`
  return { judgement: better ? 'found' : 'not found', sentence }
}

/** How a loss in nats per token is said: of words, and of characters. */
const PERPLEXITY = { name: 'perplexity', unit: '', of: exp } as const
const BITS = { name: 'the loss', unit: ' bits per character', of: (nats: number) => nats / log(2) } as const
