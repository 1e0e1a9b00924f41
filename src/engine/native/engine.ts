// The native engine: C++ kernels behind Node-API. (In the making.)
import type { Engine } from '../engine.ts'

/** Why the compiled kernels cannot be used here, as a sentence; null where they can. */
export function nativeProblem(): string | null {
  return 'it has not been compiled yet.'
}

export function createNativeEngine(_options: { readonly threads?: number }): Engine {
  throw new Error('the native engine is not compiled')
}
