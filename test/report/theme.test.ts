import { expect, it } from 'vitest'
import { spreadLabels } from '../../src/report/charts/theme.ts'

const heights = (values: readonly number[], gap: number) => spreadLabels(values.map((y) => ({ y })), ({ y }) => y, gap)

it('labels stay at their points where there is room, and stand around them where there is none', () => {
  expect(heights([5, 1, 3], 1).map(({ labelY }) => labelY)).toEqual([1, 3, 5])
  expect(heights([2, 2, 2, 9], 1).map(({ y, labelY }) => [y, labelY])).toEqual([[2, 1], [2, 2], [2, 3], [9, 9]])
  expect(heights([], 1)).toEqual([])
})

it('no two labels are nearer than the gap, whatever the points', () => {
  const crowded = heights(Array.from({ length: 30 }, (_, index) => Math.sin(index) * 4), 0.5)
  const rising = crowded.map(({ labelY }) => labelY)
  rising.slice(1).forEach((height, index) => expect(height - rising[index]).toBeGreaterThan(0.5 - 1e-9))
})
