// Held-out text in two halves with everything that is asked of them: units are chosen in one, and confirmed in the other.

import type { Random } from '../../core/random.ts'
import type { DatasetPart } from '../../data/dataset.ts'
import { labelDocuments, type Answers } from '../../data/label.ts'
import type { Probe } from '../../probe.ts'
import { documentsOfSamples, labelSamples, sampleText, type SampledText } from './sampled-text.ts'
import type { LabelledProbe } from './unit-scores.ts'

export interface HalvesOptions {
  readonly probes: readonly Probe[]
  /** most tokens of each half; 130,000 by default */
  readonly mostTokens?: number
}

/** Tokens of a block, where documents are not shorter, and those of them that are looked at. */
const BLOCK = 1000
const LOOKED_AT = 0.1
const MOST_TOKENS = 130_000

/** A probe with what it says of some documents. */
export interface AnsweredProbe extends LabelledProbe {
  /** of every document, one a token */
  readonly answers: readonly Answers[]
}

/** Some documents with everything that is asked of them. */
export interface Half {
  readonly text: SampledText
  readonly probes: readonly AnsweredProbe[]
  readonly documents: readonly string[]
}

/** Every other document, the rest of them, and the probes that say yes and no, or different amounts, in both. */
export function halvesOf(
  part: DatasetPart,
  end: string,
  options: HalvesOptions,
  random: Random,
): { readonly probes: readonly Probe[]; readonly halves: readonly [Half, Half] } {
  const texts = [0, 1].map((rest) => takeHalf(part, rest, end, options, random))
  const [discovery, confirmation] = askOfBoth(options.probes, texts, end)
  const asked = options.probes.filter((_, probe) => [discovery, confirmation].every((half) => varies(half.probes[probe])))
  const ofAsked = (half: Half): Half => ({ ...half, probes: half.probes.filter(({ probe }) => asked.includes(probe)) })
  return { probes: asked, halves: [ofAsked(discovery), ofAsked(confirmation)] }
}

/** @param rest 0 for every other document, 1 for the rest */
function takeHalf(part: DatasetPart, rest: number, end: string, options: HalvesOptions, random: Random): SampledText {
  const numbers = part.documents.map((_, number) => number).filter((number) => number % 2 === rest)
  const blockLength = Math.min(BLOCK, middleLength(part))
  return sampleText(part, numbers, end, {
    blockLength,
    perBlock: Math.ceil(LOOKED_AT * blockLength),
    mostTokens: options.mostTokens ?? MOST_TOKENS,
    random: random.fork('places'),
  })
}

/** Asks of all texts at once: they may be parts of one long file, which is read as a whole. */
function askOfBoth(probes: readonly Probe[], texts: readonly SampledText[], end: string): Half[] {
  const documents = texts.flatMap((text) => text.documents)
  const answered = probes.map((probe) => ({ probe, answers: labelDocuments(probe, documents, end) }))
  let first = 0
  return texts.map((text) => {
    const [from, to] = [first, (first += text.documents.length)]
    const own = answered.map(({ probe, answers: all }) => {
      const answers = all.slice(from, to)
      return { probe, answers, labels: labelSamples(answers, text) }
    })
    return { text, probes: own, documents: documentsOfSamples(text) }
  })
}

/** Tokens of the document in the middle, by length: half of the documents have a whole block. */
function middleLength({ documents, documentStarts }: DatasetPart): number {
  const lengths = Uint32Array.from(documents, (_, number) => documentStarts[number + 1] - documentStarts[number])
  return lengths.sort()[Math.floor((lengths.length - 1) / 2)]
}

function varies({ labels }: LabelledProbe): boolean {
  const known = labels.filter((label) => !Number.isNaN(label))
  return known.some((label) => label !== known[0])
}
