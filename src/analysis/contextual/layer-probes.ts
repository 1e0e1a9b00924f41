// Part of speech from the vectors of each layer, of all of them mixed, and of the top alone: linear probes beside the most
// frequent tag of each word, an untrained network, and a control task whose tags say nothing but which word it is (Hewitt &
// Liang 2019).

import { Random } from '../../core/random.ts'
import { bootstrapRatio, type Resamples } from '../../core/statistics/bootstrap.ts'
import type { LayerProbeRow, MixGainRow, MixRow, Network, VectorLayer } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { trainProbe, type ProbeVectors, type SoftmaxProbe } from './softmax-probe.ts'

/** Tokens with what is asked of them. */
export interface ProbedTokens {
  /** the token as the model reads it: a type of the control task */
  readonly ids: Int32Array
  /** number of the right class; −1 for one that the probe cannot know */
  readonly labels: Int32Array
  /** training has the word with several classes */
  readonly ambiguous: Uint8Array
  /** number of the document */
  readonly documents: Int32Array
  readonly documentCount: number
  /** 1 where the most frequent tag of the word is right */
  readonly baseline: Uint8Array
}

/** The same tokens as a network sees them. */
export interface SeenTokens extends ProbedTokens {
  readonly vectors: ProbeVectors
}

export interface LayerProbes {
  readonly rows: LayerProbeRow[]
  readonly mixes: MixRow[]
  readonly gains: MixGainRow[]
}

export interface LayerProbeOptions {
  /** how often a probe goes through its tokens */
  readonly epochs: number
  /** of the documents of `asked` */
  readonly drawn: Resamples
  readonly signal?: AbortSignal
}

/**
 * @param fitted what the probes learn from
 * @param asked other tokens, which they are asked about
 */
export async function layerProbes(
  { name: model, seed }: Pick<AnalysedModel, 'name' | 'seed'>,
  network: Network,
  fitted: SeenTokens,
  asked: SeenTokens,
  classes: number,
  { epochs, drawn, signal }: LayerProbeOptions,
): Promise<LayerProbes> {
  const probed = await probedLayers(fitted, asked, classes, { epochs, signal })
  const share = sharesOf(asked, drawn)
  const groups = GROUPS.filter((group) => group === 'all' || asked.ambiguous.includes(1))
  const rows = probed.flatMap(({ layer, right, control }) => groups.map((group): LayerProbeRow => {
    const [own, ofControl, ofBaseline] = [right, control, asked.baseline].map((values) => share(group, (item) => values[item]))
    return {
      model, seed, network, layer, group,
      n: own.n,
      documents: asked.documentCount,
      right: own.value, low: own.low, high: own.high,
      baseline: ofBaseline.value,
      control: ofControl.value,
      selectivity: own.value - ofControl.value,
    }
  }))
  const mixed = probed.at(-1)!
  const gains = probed.slice(0, -1).flatMap(({ layer, right }) => groups.map((group): MixGainRow => {
    const { n, value, low, high } = share(group, (item) => mixed.right[item] - right[item])
    return { model, seed, layer, group, n, gain: value, gainLow: low, gainHigh: high }
  }))
  const { mix, scale } = mixed.probe
  const mixes = mix.map((weight, index): MixRow => ({ model, seed, network, layer: String(index), weight, scale }))
  return { rows, mixes, gains }
}

interface ProbedLayer {
  readonly layer: VectorLayer
  readonly probe: SoftmaxProbe
  /** 1 where a probe says the right class, and that of the control task */
  readonly right: Uint8Array
  readonly control: Uint8Array
}

/** Every layer alone, and last the mix of all. */
async function probedLayers(
  fitted: SeenTokens,
  asked: SeenTokens,
  classes: number,
  { epochs, signal }: Pick<LayerProbeOptions, 'epochs' | 'signal'>,
): Promise<ProbedLayer[]> {
  const random = new Random('layer probes')
  const controlled = controlTask(fitted, random.fork('control'))
  const training = { epochs, random: random.fork('order'), signal }
  const layers = [...fitted.vectors.layers.keys()]
  const choices = [...layers.map((layer) => ({ layer: String(layer), of: [layer] })), { layer: MIX, of: layers }]
  const probed: ProbedLayer[] = []
  for (const { layer, of } of choices) {
    const rightWith = async (learned: Int32Array, wanted: Int32Array) => {
      const probe = await trainProbe(chosen(fitted.vectors, of), learned, classes, training)
      const said = probe.predict(chosen(asked.vectors, of))
      return { probe, right: Uint8Array.from(said, (label, item) => (label === wanted[item] ? 1 : 0)) }
    }
    const own = await rightWith(fitted.labels, asked.labels)
    const control = await rightWith(controlled(fitted.ids), controlled(asked.ids))
    probed.push({ layer, ...own, control: control.right })
  }
  return probed
}

const MIX = 'mix'
const GROUPS = ['all', 'ambiguous'] as const

function chosen({ width, layers }: ProbeVectors, of: readonly number[]): ProbeVectors {
  return { width, layers: of.map((layer) => layers[layer]) }
}

/** To every word a class, drawn once as classes are frequent; the class of each token. */
function controlTask({ labels }: ProbedTokens, random: Random): (ids: Int32Array) => Int32Array {
  const drawn = new Map<number, number>()
  return (ids) => ids.map((id) => {
    const known = drawn.get(id) ?? labels[random.fork(id).integer(labels.length)]
    drawn.set(id, known)
    return known
  })
}

/** Means over the tokens of a group, with intervals by document. */
function sharesOf({ ambiguous, documents, documentCount }: ProbedTokens, drawn: Resamples) {
  return (group: LayerProbeRow['group'], valueOf: (item: number) => number) => {
    const [sums, sizes] = [new Float64Array(documentCount), new Float64Array(documentCount)]
    let [n, sum] = [0, 0]
    documents.forEach((document, item) => {
      if (group === 'ambiguous' && !ambiguous[item]) return
      const value = valueOf(item)
      sums[document] += value
      sizes[document] += 1
      sum += value
      n += 1
    })
    return { n, value: sum / n, ...bootstrapRatio(sums, sizes, drawn) }
  }
}
