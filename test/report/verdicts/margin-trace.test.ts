import { expect, test } from 'vitest'
import type { TraceRow } from '../../../src/analysis/results.ts'
import { judgeTrace } from '../../../src/report/verdicts/margin-trace.ts'

function rows(share: number, n = 300): TraceRow[] {
  return (['SP', 'PS'] as const).flatMap((condition) =>
    (['subject', 'other', 'last noun'] as const).map((role, position): TraceRow => {
      const own = role === 'subject' ? share : (1 - share) / 2
      return {
        model: 'lstm', seed: 1, moment: 'trained', task: 'nounpp', condition, site: 'embedding', position,
        distance: 2 - position, word: role, role, n, log: -1, bandLow: -2, bandHigh: 0, zeros: 0, share: own,
        low: own - 0.03, high: own + 0.03, evenShare: 1 / 3,
      }
    }),
  )
}

test('the verb hangs on its subject where that has more than an even share in every condition', () => {
  const [found] = judgeTrace(rows(0.6), 1)
  expect(found.judgement).toBe('found')
  expect(found.sentence).toBe(
    'In this model the verb hangs on its subject: of the gradient of the verb’s margin the subject has 60.0 % [57.0, 63.0] ' +
    'in SP (the last noun 20.0 %) and 60.0 % [57.0, 63.0] in PS (the last noun 20.0 %); an even share is 33.3 % (site ' +
    'embedding, n = 300 items a condition or more, 95 % intervals clustered by lemma, seed 1).',
  )
  expect(judgeTrace(rows(0.1), 1)[0].judgement).toBe('not found')
  expect(judgeTrace(rows(0.34), 1)[0].judgement).toBe('cannot tell')
  expect(judgeTrace(rows(0.6, 20), 1)[0].judgement).toBe('cannot tell')
})
