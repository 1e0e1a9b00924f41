// The optimisers beside PyTorch 1.13: three updates of three weights. The script, for each `make`:
//   w = torch.tensor([0.5, -1.0, 2.0], requires_grad=True); o = make([w])
//   for g in ([0.1, -0.2, 3.0], [0.4, 0.0, -1.0], [-0.3, 0.25, 0.5]): w.grad = torch.tensor(g); o.step()

import { expect, test } from 'vitest'
import { applyUpdate, momentCount, type OptimizerConfig } from '../../src/engine/optimizer.ts'

const GRADIENTS = [
  [0.1, -0.2, 3],
  [0.4, 0, -1],
  [-0.3, 0.25, 0.5],
]

const PYTORCH: readonly { readonly made: string; readonly optimizer: OptimizerConfig; readonly weights: number[] }[] = [
  {
    made: 'SGD(p, lr=0.1)',
    optimizer: { name: 'sgd', momentum: 0 },
    weights: [0.48000001907348633, -1.0049999952316284, 1.7500001192092896],
  },
  {
    made: 'SGD(p, lr=0.1, momentum=0.9)',
    optimizer: { name: 'sgd', momentum: 0.9 },
    weights: [0.4269000291824341, -0.9708000421524048, 1.3270001411437988],
  },
  {
    made: 'Adam(p, lr=0.1, betas=(0.9, 0.99), eps=1e-8)',
    optimizer: { name: 'adam', beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    weights: [0.2940918505191803, -0.8503900766372681, 1.8192055225372314],
  },
  {
    made: 'RMSprop(p, lr=0.1, alpha=0.95, eps=1e-8)',
    optimizer: { name: 'rmsprop', decay: 0.95, epsilon: 1e-8 },
    weights: [-0.11393401026725769, -0.9088410139083862, 1.624266266822815],
  },
]

test.each(PYTORCH)('updates as $made of PyTorch does', ({ optimizer, weights }) => {
  const ours = Float32Array.from([0.5, -1, 2])
  const moments = Array.from({ length: momentCount(optimizer) }, () => new Float32Array(3))
  GRADIENTS.forEach((gradient, index) => {
    applyUpdate(optimizer, ours, Float32Array.from(gradient), moments, index + 1, 0.1)
  })
  ours.forEach((weight, index) => expect(weight).toBeCloseTo(weights[index], 6)) // both round to 32 bits at each update
})

test('keeps as many moments as the equations need', () => {
  expect(PYTORCH.map(({ optimizer }) => momentCount(optimizer))).toEqual([0, 1, 2, 1])
})
