// Which models are too small for threads: a step's products end before threads have met. Several of them are better
// trained side by side, one process each.

import { GATES, type ModelConfig } from '../model/config.ts'

/** As `together` in native/kernels/network.h. @param rows of a batch */
export function worksAlone(config: ModelConfig, rows: number): boolean {
  const { cell, layers, units, vocabulary } = config
  return rows * units ** 2 * GATES[cell].length * layers <= 2e5 && rows * units * vocabulary <= 2e6
}
