// TensorFlow.js engine. (In the making.)
import type { Engine } from '../engine.ts'

export async function createTfjsEngine(): Promise<Engine> {
  throw new Error('not written yet')
}
