// Contextual decomposition of an LSTM (Murdoch, Liu & Yu 2018): every value is split into what comes from one part of the
// sentence, β, and all the rest, γ; gates are split too. A product of both counts for the rest, so that the parts of all
// words do not add up to the margin: what is missing is what words do together. The published code leaves the product
// of the biases to the rest where the phrase is one word; here the biases, at every step, are a part of their own.

import { sigmoid, tanh } from '../../core/math.ts'
import type { EncodedChoice } from '../../tasks/items.ts'
import { addProduct, lstmOf, startOf, vectorOf, type Lstm } from './lstm.ts'
import { decoderBiasOf, type Contributions, type Reading } from './reading.ts'

export interface ContextualDecomposition extends Contributions {
  /** what β, γ and the decoder's biases add up to, for each part: the margin, but for rounding */
  readonly margins: readonly number[]
}

/** What is relevant: one word, by its place, the state before the first word, or the biases of the layers. */
type Part = number | 'start' | 'biases'

/** A value in two: what comes from the part, and the rest. */
interface Split {
  readonly own: Float64Array
  readonly rest: Float64Array
}

interface SplitState {
  readonly hidden: Split
  readonly cell: Split
}

/** Of each choice. */
export function contextualDecomposition(reading: Reading): ContextualDecomposition[] {
  const lstm = lstmOf(reading)
  return reading.choices.map((choice) => {
    const parts: readonly Part[] = [...choice.prefix.keys(), 'start', 'biases']
    const split = parts.map((part) => decompose(reading, lstm, choice, part))
    const own = split.map(({ own }) => own)
    return {
      words: Float64Array.from(own.slice(0, -2)),
      start: own[own.length - 2],
      biases: own[own.length - 1],
      margins: split.map(({ own, rest }) => own + rest + decoderBiasOf(reading, choice)),
    }
  })
}

/** The margin, less the decoder's biases, in two. */
function decompose(reading: Reading, lstm: Lstm, { prefix, right, wrong }: EncodedChoice, part: Part) {
  const none = () => new Float64Array(lstm.units)
  let states = startOf(reading).map(({ hidden, cell }): SplitState => {
    const splitOf = (values: Float64Array): Split =>
      part === 'start' ? { own: values, rest: none() } : { own: none(), rest: values }
    return { hidden: splitOf(hidden), cell: splitOf(cell) }
  })
  prefix.forEach((token, step) => {
    const word = vectorOf(reading, token)
    const nothing = new Float64Array(word.length)
    let input: Split = step === part ? { own: word, rest: nothing } : { own: nothing, rest: word }
    states = states.map((state, layer) => {
      const next = splitStep(lstm, layer, input, state, part === 'biases')
      input = next.hidden
      return next
    })
  })
  const { hidden } = states[states.length - 1]
  const way = lstm.towards(right, wrong)
  return { own: way(hidden.own), rest: way(hidden.rest) }
}

function splitStep(lstm: Lstm, layer: number, input: Split, { hidden, cell }: SplitState, biasesAreOwn: boolean): SplitState {
  const { units } = lstm
  const { kernel, recurrentKernel, bias } = lstm.layers[layer]
  const gatesOf = (x: Float64Array, h: Float64Array) => {
    const sums = new Float64Array(4 * units)
    addProduct(x, kernel, 0, sums)
    addProduct(h, recurrentKernel, 0, sums)
    return sums
  }
  const [own, rest] = [gatesOf(input.own, hidden.own), gatesOf(input.rest, hidden.rest)]
  const next = { hidden: empty(units), cell: empty(units) }
  for (let unit = 0; unit < units; unit++) {
    const [i, f, g, o] = [unit, units + unit, 2 * units + unit, 3 * units + unit]
    const input = splitOfThree(own[i], rest[i], bias[i], sigmoid)
    const forget = splitOfThree(own[f], rest[f], bias[f], sigmoid)
    const candidate = splitOfThree(own[g], rest[g], bias[g], tanh)
    const output = sigmoid(own[o] + rest[o] + bias[o])
    const byBiases = input.bias * candidate.bias
    next.cell.own[unit] =
      input.own * (candidate.own + candidate.bias) + input.bias * candidate.own +
      (forget.own + forget.bias) * cell.own[unit] + (biasesAreOwn ? byBiases : 0)
    next.cell.rest[unit] =
      input.rest * (candidate.own + candidate.rest + candidate.bias) + (input.own + input.bias) * candidate.rest +
      (forget.own + forget.rest + forget.bias) * cell.rest[unit] + forget.rest * cell.own[unit] + (biasesAreOwn ? 0 : byBiases)
    const [a, b] = [next.cell.own[unit], next.cell.rest[unit]]
    next.hidden.own[unit] = (output * (tanh(a) + tanh(a + b) - tanh(b))) / 2
    next.hidden.rest[unit] = (output * (tanh(b) + tanh(a + b) - tanh(a))) / 2
  }
  return next
}

function empty(units: number): Split {
  return { own: new Float64Array(units), rest: new Float64Array(units) }
}

/** f(own + rest + bias) in three: the bias comes first, the others before and after each other. */
function splitOfThree(own: number, rest: number, bias: number, f: (x: number) => number) {
  const [all, ofBias, withOwn, withRest] = [f(own + rest + bias), f(bias), f(own + bias), f(rest + bias)]
  return {
    own: (withOwn - ofBias + all - withRest) / 2,
    rest: (withRest - ofBias + all - withOwn) / 2,
    bias: ofBias,
  }
}
