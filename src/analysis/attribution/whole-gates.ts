// Contextual decomposition of an LSTM with whole gates (the choice of Jumelet, Zuidema & Hupkes 2019): gates let parts
// through, and are not parts themselves. All parts of the sentence are followed at once and add up to the margin. Each
// has the share of a tanh that it has of what the tanh is taken of, its Aumann–Shapley value (1974).

import { sigmoid, tanh } from '../../core/math.ts'
import type { EncodedChoice } from '../../tasks/items.ts'
import { addProduct, lstmOf, startOf, vectorOf, type Lstm } from './lstm.ts'
import type { Contributions, Reading } from './reading.ts'

/** Values of each part: the words, the state before them, the biases. */
type Parts = readonly Float64Array[]

interface PartsState {
  readonly hidden: Parts
  readonly cell: Parts
}

/** Of each choice. */
export function wholeGateDecomposition(reading: Reading): Contributions[] {
  const lstm = lstmOf(reading)
  return reading.choices.map((choice) => {
    const own = decompose(reading, lstm, choice)
    return { words: Float64Array.from(own.slice(0, -2)), start: own[own.length - 2], biases: own[own.length - 1] }
  })
}

function decompose(reading: Reading, lstm: Lstm, { prefix, right, wrong }: EncodedChoice): number[] {
  const count = prefix.length + 2
  const onlyOf = (part: number, values: Float64Array): Parts =>
    Array.from({ length: count }, (_, other) => (other === part ? values : new Float64Array(values.length)))
  let states = startOf(reading).map(({ hidden, cell }): PartsState => (
    { hidden: onlyOf(prefix.length, hidden), cell: onlyOf(prefix.length, cell) }
  ))
  prefix.forEach((token, step) => {
    let input = onlyOf(step, vectorOf(reading, token))
    states = states.map((state, layer) => {
      const next = partsStep(lstm, layer, input, state)
      input = next.hidden
      return next
    })
  })
  return states[states.length - 1].hidden.map(lstm.towards(right, wrong))
}

/** The biases are the last part. */
function partsStep(lstm: Lstm, layer: number, input: Parts, { hidden, cell }: PartsState): PartsState {
  const { units } = lstm
  const { kernel, recurrentKernel, bias } = lstm.layers[layer]
  const gates = bias.slice()
  addProduct(sumOf(input), kernel, 0, gates)
  addProduct(sumOf(hidden), recurrentKernel, 0, gates)
  const candidates = input.map((x, part) => {
    const sums = part === input.length - 1 ? bias.slice(2 * units, 3 * units) : new Float64Array(units)
    addProduct(x, kernel, 2 * units, sums)
    addProduct(hidden[part], recurrentKernel, 2 * units, sums)
    return sums
  })
  shareTanh(candidates)
  const cells = candidates.map((candidate, part) => candidate.map((value, unit) =>
    sigmoid(gates[unit]) * value + sigmoid(gates[units + unit]) * cell[part][unit],
  ))
  const hiddens = cells.map((values) => values.slice())
  shareTanh(hiddens)
  for (const values of hiddens) {
    for (let unit = 0; unit < units; unit++) values[unit] *= sigmoid(gates[3 * units + unit])
  }
  return { hidden: hiddens, cell: cells }
}

/** Each part's share of the tanh of the sum of all, in place of the part. */
function shareTanh(parts: Parts): void {
  const sums = sumOf(parts)
  sums.forEach((sum, unit) => {
    const factor = sum === 0 ? 1 : tanh(sum) / sum
    for (const part of parts) part[unit] *= factor
  })
}

function sumOf(parts: Parts): Float64Array {
  const sums = new Float64Array(parts[0].length)
  for (const part of parts) for (let unit = 0; unit < sums.length; unit++) sums[unit] += part[unit]
  return sums
}
