// The engine of a call that names none: loaded when it is first needed, once.

import type { Engine } from '../engine/engine.ts'
import { loadEngine } from '../engine/load.ts'

let loading: Promise<Engine> | undefined

export function defaultEngine(): Promise<Engine> {
  loading ??= loadEngine()
  return loading
}
