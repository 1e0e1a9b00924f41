// Every engine that can run here does the same. Where there is no compiler the native engine is reported as skipped.

import { describe, test } from 'vitest'
import { createNativeEngine, nativeProblem } from '../../src/engine/native/engine.ts'
import { createTfjsEngine } from '../../src/engine/tfjs/engine.ts'
import { testEngine } from './conformance.ts'

testEngine('tfjs', createTfjsEngine)

const problem = nativeProblem()
if (problem === null) {
  testEngine('native', async () => createNativeEngine({ threads: 2 }))
} else {
  describe.skip(`the native engine is not here: ${problem}`, () => {
    test('answers as the reference does', () => {})
  })
}
