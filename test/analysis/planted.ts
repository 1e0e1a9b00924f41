// A world with known answers: sentences "the SUBJECT near the ATTRACTOR", and two LSTMs of 12 units. In the planted one
// unit 3 alone keeps the subject's number and alone moves the verbs; unit 5 follows the number of the last noun and
// moves nothing; the rest is noise. The random one has random weights everywhere.

import { Random } from '../../src/core/random.ts'
import type { Vocabulary } from '../../src/data/vocabulary.ts'
import type { LstmConfig } from '../../src/model/config.ts'
import type { Model } from '../../src/model/model.ts'
import { viewWeights } from '../../src/model/weights.ts'
import type { AttestedForms } from '../../src/tasks/attested-forms.ts'
import type { Item } from '../../src/tasks/items.ts'
import type { Half } from '../../src/tasks/lexicon.ts'

export const PLANTED = 3
export const LAST_NOUN = 5
const UNITS = 12
const EMBEDDING = 10

const subjects = Array.from({ length: 24 }, (_, index) => `subject${index}`)
const attractors = Array.from({ length: 24 }, (_, index) => `attractor${index}`)
const verbs = Array.from({ length: 24 }, (_, index) => `verb${index}`)
const forms = (lemma: string) => [`${lemma}S`, `${lemma}P`]

export const vocabulary: Vocabulary = {
  kind: 'words',
  tokens: ['<eos>', '<unk>', 'the', 'near', 'behind', ...[...subjects, ...attractors, ...verbs].flatMap(forms)],
  rare: 'unknown',
  lowercase: false,
  end: '<eos>',
}

export const config: LstmConfig = {
  cell: 'lstm',
  layers: 1,
  units: UNITS,
  embedding: EMBEDDING,
  vocabulary: vocabulary.tokens.length,
  tied: false,
  dropout: 0,
  initialState: 'zeros',
  initialization: { embedding: 'zeros', kernel: 'zeros', recurrentKernel: 'zeros', decoder: 'zeros' },
  forgetBias: 0,
}

/** Every item in four conditions; lemmas of the two halves differ. */
export function plantedItems(perCondition: number): Item[] {
  const random = new Random('items')
  return (['discovery', 'confirmation'] as const).flatMap((half) =>
    Array.from({ length: perCondition }, (_, index) => index).flatMap((index) => {
      const own = <T>(lemmas: readonly T[]) => lemmas.filter((_, place) => (place % 2 === 0) === (half === 'discovery'))
      const subject = own(subjects)[index % 12]
      const attractor = random.pick(own(attractors))
      const preposition = random.pick(['near', 'behind'])
      const verb = own(verbs)[(index + Math.floor(index / 12)) % 12]
      const inCondition = (condition: string) => plantedItem(condition, subject, preposition, attractor, verb, half)
      return ['SS', 'SP', 'PS', 'PP'].map(inCondition)
    }),
  )
}

function plantedItem(
  condition: string, subject: string, preposition: string, attractor: string, verb: string, half: Half,
): Item {
  const number = condition[0] === 'S' ? 'singular' : 'plural'
  return {
    task: 'nounpp',
    condition,
    prefix: ['the', subject + condition[0], preposition, 'the', attractor + condition[1]],
    right: verb + condition[0],
    wrong: verb + (condition[0] === 'S' ? 'P' : 'S'),
    half,
    fields: {
      number,
      subjectLemma: subject,
      verbLemma: verb,
      subjectPosition: 1,
      lastNounPosition: 4,
      lastNounNumber: condition[1] === 'S' ? 'singular' : 'plural',
      attractors: condition[0] === condition[1] ? 0 : 1,
      interveners: 1,
      distance: 3,
      slots: ['the', 'subject', 'preposition', 'the', 'noun'],
    },
  }
}

/** @param units more of them where 12 are too few to be compared */
export function randomModel(units = UNITS, name = 'random model'): Model {
  const wide = { ...config, units }
  const weights = viewWeights(wide)
  const random = new Random(name)
  for (const name of Object.keys(weights)) {
    for (let place = 0; place < weights[name].length; place++) weights[name][place] = 0.6 * random.normal()
  }
  return { config: wide, vocabulary, weights }
}

/**
 * The planted model with the number of the subject in every unit alike, each a little of what moves the verbs.
 * @param noise of the subject's other properties in each unit, of every one other ones: then no unit is right about all
 */
export function distributedModel(units: number, noise = 0): Model {
  const model = plantedModel(units)
  const { weights } = model
  const columns = 4 * units
  const rowsOf = (matrix: Float32Array, width: number) => matrix.length / width
  for (const name of ['0.kernel', '0.bias']) {
    for (let row = 0; row < rowsOf(weights[name], columns); row++) {
      for (let gate = 0; gate < 4; gate++) {
        const from = row * columns + gate * units
        weights[name].fill(weights[name][from + PLANTED], from, from + units)
      }
    }
  }
  weights['0.recurrentKernel'].fill(0)
  const random = new Random('noise')
  for (let input = 4; noise > 0 && input < EMBEDDING; input++) {
    for (let unit = 0; unit < units; unit++) weights['0.kernel'][input * columns + 2 * units + unit] = noise * random.normal()
  }
  vocabulary.tokens.forEach((token, id) => {
    const share = token.startsWith('verb') ? (token.endsWith('P') ? 2 : -2) / units : 0
    const random = new Random(`share ${token}`)
    for (let unit = 0; unit < units; unit++) weights['decoder'][id * units + unit] = share * (1 + 0.2 * random.normal())
  })
  return model
}

/** The planted model whose verbs read the last noun's number instead of the subject's. */
export function misledModel(units: number): Model {
  const model = plantedModel(units)
  const { decoder } = model.weights
  for (let id = 0; id < vocabulary.tokens.length; id++) {
    decoder[id * units + LAST_NOUN] = decoder[id * units + PLANTED]
    decoder[id * units + PLANTED] = 0
  }
  return model
}

/** Embedding: a subject's number, is a subject, an attractor's number, is an attractor, then noise. Gates: i f g o. */
export function plantedModel(units = UNITS): Model {
  const { config: wide, weights } = randomModel(units)
  const columns = 4 * units
  const { embedding, decoder } = weights
  vocabulary.tokens.forEach((token, id) => {
    const row = embedding.subarray(id * EMBEDDING, id * EMBEDDING + 4).fill(0)
    const sign = token.endsWith('P') ? 1 : -1
    if (token.startsWith('subject')) row.set([sign, 1, 0, 0])
    if (token.startsWith('attractor')) row.set([0, 0, sign, 1])
    const isVerb = token.startsWith('verb')
    for (let unit = 0; unit < units; unit++) decoder[id * units + unit] *= 0.1
    decoder[id * units + PLANTED] = isVerb ? 2 * sign : 0
    decoder[id * units + LAST_NOUN] = 0
  })
  const kernel = weights['0.kernel']
  const recurrent = weights['0.recurrentKernel']
  const bias = weights['0.bias']
  const set = (unit: number, gates: readonly (readonly number[])[], biases: readonly number[]) => {
    gates.forEach((inputs, gate) => {
      for (let input = 0; input < EMBEDDING; input++) kernel[input * columns + gate * units + unit] = inputs[input] ?? 0
      for (let other = 0; other < units; other++) recurrent[other * columns + gate * units + unit] = 0
      bias[gate * units + unit] = biases[gate]
    })
  }
  for (let unit = 0; unit < units; unit++) {
    for (let gate = 0; gate < 4; gate++) {
      // what a noun is and its number reach two units only, and those two do not speak to the others
      for (let input = 0; input < 4; input++) kernel[input * columns + gate * units + unit] = 0
      recurrent[PLANTED * columns + gate * units + unit] = 0
      recurrent[LAST_NOUN * columns + gate * units + unit] = 0
    }
  }
  set(PLANTED, [[0, 20], [], [5], []], [-10, 10, 0, 10])
  set(LAST_NOUN, [[0, 20, 0, 20], [0, -20, 0, -20], [5, 0, 5], []], [-10, 10, 0, 10])
  return { config: wide, vocabulary, weights }
}

/** The two forms of the verbs of this world. */
export const plantedForms: AttestedForms = {
  verb(form) {
    const [, lemma] = /^(verb\d+)[SP]$/.exec(form) ?? []
    return lemma === undefined ? undefined : { lemma, singular: `${lemma}s`, plural: `${lemma}p` }
  },
  nounLemma: (noun) => noun,
  has: (word) => vocabulary.tokens.includes(word),
  nounNumber: () => undefined,
}
