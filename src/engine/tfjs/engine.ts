// The TensorFlow.js engine: the definition that the kernels are checked against, and what runs without a compiler.
// lstm.ts, gru.ts and rnn.ts say what a cell computes; network.ts stacks them; run.ts and trainer.ts use the stack.

import type { Engine } from '../engine.ts'
import { setBackend } from './backend.ts'
import { differentiate } from './gradients.ts'
import { run } from './run.ts'
import { sensitivities } from './sensitivities.ts'
import { createTrainer } from './trainer.ts'

export async function createTfjsEngine(): Promise<Engine> {
  const backend = await setBackend()
  return {
    name: 'tfjs',
    numerics: backend === 'cpu' ? 'tfjs-1' : `tfjs-1-${backend}`,
    run,
    gradients({ config, weights }, batch, loss) {
      const result = differentiate(config, weights, batch, null)
      const scale = loss === 'mean' ? 1 / Math.max(1, result.targets) : 1
      for (let index = 0; index < result.flat.length; index++) result.flat[index] *= scale
      return { loss: result.loss * scale, gradients: result.gradients }
    },
    sensitivities,
    trainer: createTrainer,
  }
}
