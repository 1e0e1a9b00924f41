// Which models are too small for threads: a step's products end before threads have met. Several of them are better
// trained side by side, one process each.

import { GATES, outputsOf, outputWidth, type ModelConfig } from '../model/config.ts'
import { layersOf } from '../model/sites.ts'

/** The fewest rows of a batch with which threads pay. The kernels are told (native/engine.ts) and keep to it. */
export function rowsForThreads(config: ModelConfig): number {
  const { cell, units } = config
  const ofCells = 2e5 / (units ** 2 * GATES[cell].length * layersOf(config).length)
  const ofDecoder = 2e6 / (outputWidth(config) * outputsOf(config))
  return Math.floor(Math.min(ofCells, ofDecoder)) + 1
}

/** @param rows of a batch */
export function worksAlone(config: ModelConfig, rows: number): boolean {
  return rows < rowsForThreads(config)
}
