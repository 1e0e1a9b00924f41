// Asking a run for everything it can answer, and comparing all of it with the reference.

import { expect } from 'vitest'
import type { Batch, RunOptions, RunResult } from '../../../src/engine/engine.ts'
import { outputsOf } from '../../../src/model/config.ts'
import { siteName, sitesOf } from '../../../src/model/sites.ts'
import { expectClose, FORWARD } from '../close.ts'
import type { smallBatch, SmallModel } from '../models.ts'
import type { ReferenceResult } from '../reference.ts'

/** Records every site and asks the decoder in all three ways. */
export function askEverything({ config }: SmallModel, batch: ReturnType<typeof smallBatch>): RunOptions {
  const inside = [...batch.tokens.keys()].filter(
    (position) => position % batch.steps < (batch.lengths?.[Math.floor(position / batch.steps)] ?? batch.steps),
  )
  const someBackwards = inside.filter((_, index) => index % 2 === 0).reverse()
  const positions = Int32Array.from([...someBackwards, inside[0]]) // one position twice
  const width = 3
  return {
    record: sitesOf(config).map(siteName),
    targets: batch.targets,
    logitsAt: Int32Array.from(inside),
    candidates: {
      positions,
      width,
      tokens: Int32Array.from({ length: positions.length * width }, (_, index) => (index * 7) % outputsOf(config)),
    },
  }
}

/** Everything but what stands beyond the end of a row, where a recording has no meaning. */
export function expectSame(actual: RunResult, expected: ReferenceResult, batch: Batch): void {
  const { rows, steps, lengths } = batch
  for (const [site, values] of Object.entries(expected.recorded)) {
    const width = values.length / (rows * steps)
    const ours = actual.recorded[site].map((value, index) => {
      const position = Math.floor(index / width)
      return position % steps < (lengths?.[Math.floor(position / steps)] ?? steps) ? value : 0
    })
    expectClose(ours, values, FORWARD, site)
  }
  expect(Object.keys(actual.recorded).sort()).toEqual(Object.keys(expected.recorded).sort())
  for (const [name, values] of Object.entries(expected.state)) {
    expectClose(actual.state[name], values, FORWARD, `state ${name}`)
  }
  expectClose(actual.logProbabilities!, expected.logProbabilities, FORWARD, 'log probabilities')
  expectClose(actual.candidateLogits!, expected.candidateLogits, FORWARD, 'candidates')
  expectClose(actual.logits!, expected.logits, FORWARD, 'logits')
}
