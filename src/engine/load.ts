// Which engine runs. The native one where it could be compiled; TensorFlow.js where it could not, or where it is asked for.

import { UserError } from '../core/errors.ts'
import type { Engine } from './engine.ts'

export interface EngineOptions {
  /** the native engine by default, tfjs where that is missing */
  readonly engine?: Engine['name']
  /** threads of the native engine; the number of cores by default. Never changes a result. */
  readonly threads?: number
}

/** @throws UserError where the engine that was asked for cannot run here */
export async function loadEngine(options: EngineOptions = {}): Promise<Engine> {
  if (options.engine !== 'tfjs') {
    const { createNativeEngine, nativeProblem } = await import('./native/engine.ts')
    const problem = nativeProblem()
    if (problem === null) return createNativeEngine({ threads: options.threads })
    if (options.engine === 'native') {
      throw new UserError(`The native engine is not here: ${problem} Install a C++ compiler and run "npm rebuild".`)
    }
  }
  const { createTfjsEngine } = await import('./tfjs/engine.ts')
  return createTfjsEngine()
}
