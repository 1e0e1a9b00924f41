// How the weights of a new model start. Each weight draws from its own fork of the generator, named as the weight is: a
// change to one weight's initialisation leaves the others as they were.

import { orthonormal } from '../core/orthonormal.ts'
import { Random } from '../core/random.ts'
import { GATES, type Initialization, type ModelConfig } from './config.ts'
import { viewWeights, weightShapes, type Weights } from './weights.ts'

/**
 * The starting weights of a model, as views of one buffer. Biases are 0 but for an LSTM's forget gate, and a trained
 * initial state starts at 0. `uniform` is U(±1/√n), n the embedding dimension for the embedding and the number of units
 * otherwise; `orthogonal` gives each gate an orthonormal matrix (Saxe, McClelland & Ganguli 2014).
 */
export function initializeWeights(config: ModelConfig, random: Random): Weights {
  const weights = viewWeights(config)
  for (const { name, shape } of weightShapes(config)) {
    const matrix = name.split('.').at(-1)!
    if (isInitialized(matrix)) {
      const bound = 1 / Math.sqrt(matrix === 'embedding' ? config.embedding : config.units)
      const initialization = config.initialization[matrix]
      fill(weights[name], shape, initialization, bound, gatesOf(matrix, config), random.fork(name))
    } else if (matrix === 'bias' && config.cell === 'lstm') {
      const forget = GATES.lstm.indexOf('forget')
      weights[name].fill(config.forgetBias, forget * config.units, (forget + 1) * config.units)
    }
  }
  return weights
}

/** The weights from which the model of a seed is trained. */
export function startingWeights(config: ModelConfig, seed: number): Weights {
  return initializeWeights(config, new Random(seed).fork('weights'))
}

type Initialized = keyof ModelConfig['initialization']

function isInitialized(name: string): name is Initialized {
  return ['embedding', 'kernel', 'recurrentKernel', 'decoder'].includes(name)
}

/** Matrices that stand side by side in one weight. */
function gatesOf(name: Initialized, config: ModelConfig): number {
  return name === 'kernel' || name === 'recurrentKernel' ? GATES[config.cell].length : 1
}

/** @param bound of the rule `uniform` */
function fill(
  weight: Float32Array,
  shape: readonly number[],
  initialization: Initialization,
  bound: number,
  gates: number,
  random: Random,
): void {
  if (initialization === 'zeros') return
  if (initialization === 'orthogonal') {
    const [rows, columns] = [shape[0], shape[1] / gates]
    for (let gate = 0; gate < gates; gate++) {
      const matrix = orthonormal(rows, columns, random)
      for (let row = 0; row < rows; row++) {
        weight.set(matrix.subarray(row * columns, (row + 1) * columns), row * shape[1] + gate * columns)
      }
    }
    return
  }
  const range = initialization === 'uniform' ? bound : initialization
  for (let index = 0; index < weight.length; index++) weight[index] = random.uniform(-range, range)
}
