// What the layers of a bidirectional language model tell: whether a mix of them is better than the top alone (the claim of
// Peters et al. 2018), which of two words a token was, and how well either half predicts.

import type { ContextualVectorsResult, DirectionRow, LayerProbeRow, MixGainRow, SenseRow } from '../../analysis/results.ts'
import type { Judgement, Verdict } from '../document.ts'
import { count, fixed, interval, listed, percent, percentInterval, plural } from '../format.ts'
import { judgeByModel } from './rules.ts'

/** Documents, and pseudo-words, are the clusters of the intervals. */
const FEWEST = 10

const say = (judgement: Judgement, sentence: string): Verdict => ({ judgement, sentence })

/** Is all of the layers better than the top one, for the part of speech of ambiguous words? */
export function judgeMix({ gains, probes }: ContextualVectorsResult, models: number): Verdict[] {
  return judgeByModel(gains, models, (all, where) => {
    const top = topLayer(all)
    const own = all.filter(({ layer }) => layer === top)
    const row = own.find(({ group }) => group === 'ambiguous') ?? own[0]
    const of = (layer: string, network: LayerProbeRow['network'] = 'trained', group = row.group) => probes.find((probe) => (
      probe.model === row.model && probe.seed === row.seed && probe.group === group && probe.network === network && probe.layer === layer
    ))!
    const [mix, alone, untrained, ofAll] = [of('mix'), of(top), of('mix', 'untrained'), of('mix', 'trained', 'all')]
    const best = bestOf(probes.filter(({ model, seed, group, network, layer }) => (
      model === row.model && seed === row.seed && group === row.group && network === 'trained' && layer !== 'mix'
    )))
    const numbers =
      `${percent(mix.right)} of ${TOKENS[row.group]} beside ${percent(alone.right)}, a gain of ` +
      `${points(row.gain)} points ${percentInterval(row.gainLow, row.gainHigh)}; of single layers ` +
      `${nameOf(best.layer)} tells most (${percent(best.right)}); the untrained network ${percent(untrained.right)}, the most ` +
      `frequent part of speech of each word ${percent(mix.baseline)}; beyond a control task it is ` +
      `${points(mix.selectivity)} points, ${points(alone.selectivity)} for the top layer; of all tokens the mix tells ` +
      `${percent(ofAll.right)}, the most frequent part of speech of each word, counted in the whole training text, ` +
      `${percent(ofAll.baseline)} (linear probes, n = ${count(row.n)}, 95 % interval by ` +
      `bootstrap over ${plural(mix.documents, 'document')}, seed ${row.seed}).`
    const claim = 'of a part of speech than the top one alone:'
    const few = mix.documents < FEWEST || row.gainLow === null || row.gainHigh === null
    if (!few && row.gainLow > 0) return say('found', `${where} a mix of all layers says more ${claim} ${numbers}`)
    if (!few && row.gainHigh <= 0) return say('not found', `${where} a mix of all layers says no more ${claim} ${numbers}`)
    return say('cannot tell', `${where} it cannot be told whether a mix of all layers says more ${claim} ${numbers}`)
  })
}

/** Does the top layer tell which of its two words a pseudo-word stands for, and did it have to be trained for that? */
export function judgeSenses(rows: readonly SenseRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, (own, where) => {
    const top = topLayer(own)
    const of = (network: SenseRow['network']) => own.find((row) => row.network === network && row.layer === top)!
    const [row, untrained] = [of('trained'), of('untrained')]
    const below = own.filter(({ network, layer }) => network === 'trained' && layer !== top)
    const beside = listed(below.map(({ layer, right }) => `${nameOf(layer)} ${percent(right)}`))
    const numbers =
      `${percent(row.right)} ${percentInterval(row.low, row.high)} of the tokens are nearer to the mean of the right word in ` +
      `layer ${top} (${beside}); in the untrained network ${percent(untrained.right)}, and the more frequent word is right on ` +
      `${percent(row.baseline)} (n = ${count(row.n)}, ${plural(row.words, 'pseudo-word')}, which the interval resamples, seed ${row.seed}).`
    const claim = 'two words apart that are written alike'
    const few = row.words < FEWEST || row.low === null || row.high === null
    if (few || (row.low <= row.baseline && row.high > row.baseline)) {
      return say('cannot tell', `${where} it cannot be told whether vectors tell ${claim}: ${numbers}`)
    }
    if (row.high <= row.baseline) return say('not found', `${where} vectors do not tell ${claim}: ${numbers}`)
    if (row.low > (untrained.high ?? 1)) return say('found', `${where} vectors tell ${claim}: ${numbers}`)
    const untaught = 'and so do, or nearly, those of a network that has learned nothing'
    return say('candidate', `${where} vectors tell ${claim}, ${untaught}: ${numbers}`)
  })
}

/** Is each half better than counting from the same end? */
export function judgeDirections(rows: readonly DirectionRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, (own, where) => {
    const parts = own.map((row) => (
      `${row.direction} ${fixed(row.perplexity, 1)}, a 5-gram model from the same end ${fixed(row.ngramPerplexity, 1)}: a gain of ` +
      `${fixed(row.gain, 3)} nats a token ${interval(row.gainLow, row.gainHigh, 3)}`
    ))
    const [{ documents, seed }] = own
    const numbers =
      `perplexity on the test text is ${parts.join('; ')} (95 % intervals by bootstrap over ${plural(documents, 'document')}, seed ${seed}).`
    const few = documents < FEWEST || own.some(({ gainLow }) => gainLow === null)
    if (!few && own.every(({ gainLow }) => gainLow! > 0)) return say('found', `${where} both halves predict better than counting: ${numbers}`)
    if (!few && own.some(({ gainHigh }) => gainHigh! < 0)) return say('not found', `${where} counting predicts better than a half: ${numbers}`)
    return say('cannot tell', `${where} it cannot be told whether both halves predict better than counting: ${numbers}`)
  })
}

const TOKENS: Readonly<Record<LayerProbeRow['group'], string>> = {
  all: 'all tokens (no word is ambiguous)', ambiguous: 'the tokens of ambiguous words',
}

/** The largest number of a layer. */
function topLayer(rows: readonly (MixGainRow | SenseRow)[]): string {
  return String(Math.max(...rows.map(({ layer }) => Number(layer))))
}

function bestOf<R extends { readonly right: number }>(rows: readonly R[]): R {
  return rows.reduce((best, row) => (row.right > best.right ? row : best))
}

function points(share: number): string {
  return fixed(share * 100, 1)
}

function nameOf(layer: string): string {
  return layer === '0' ? 'the embedding' : `layer ${layer}`
}
