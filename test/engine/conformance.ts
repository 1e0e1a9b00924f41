// What every engine must do. The suite runs over each implementation, beside a reference in 64-bit floats that is
// written straight from the equations (reference.ts), and states the laws that hold whatever the numbers are.

import { beforeAll, describe } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { testEdits, testIdentities } from './conformance/edits.ts'
import { testForward, testState } from './conformance/forward.ts'
import { testMistakes } from './conformance/mistakes.ts'
import { testSensitivities, testSensitivityLaws } from './conformance/sensitivities.ts'
import { testGradients, testTraining } from './conformance/training.ts'
import { CELLS } from './models.ts'

export function testEngine(name: string, makeEngine: () => Promise<Engine>): void {
  describe(`the ${name} engine`, () => {
    let engine: Engine
    beforeAll(async () => {
      engine = await makeEngine()
    })
    const current = (): Engine => engine

    describe.each(CELLS)('with %s cells', (cell) => {
      testForward(cell, current)
      testState(cell, current)
      testEdits(cell, current)
      testGradients(cell, current)
      testSensitivities(cell, current)
    })
    testIdentities(current)
    testSensitivityLaws(current)
    testTraining(current)
    testMistakes(current)
  })
}
