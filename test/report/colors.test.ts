import { describe, expect, it } from 'vitest'
import { rangeOf, SCALE, stepOf } from '../../src/report/colors.ts'

/** Relative luminance, WCAG 2.1. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const value = parseInt(color.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('the colours of text', () => {
  it('leave the ink readable on every step (contrast at least 7, WCAG AAA)', () => {
    const ink = luminance('#1c1f23')
    for (const color of SCALE) expect((luminance(color) + 0.05) / (ink + 0.05)).toBeGreaterThan(7)
  })

  it('are white in the middle and as strong on both sides at equal distance', () => {
    const range = rangeOf(-0.6, 1)
    expect(SCALE[stepOf(0, range)]).toBe('#ffffff')
    expect(stepOf(0.5, range) - stepOf(0, range)).toBe(stepOf(0, range) - stepOf(-0.5, range))
    expect([stepOf(-9, range), stepOf(9, range)]).toEqual([0, SCALE.length - 1])
  })

  it('turn around one half for values from 0 to 1, which gates have', () => {
    const range = rangeOf(0.02, 0.98)
    expect(SCALE[stepOf(0.5, range)]).toBe('#ffffff')
    expect(stepOf(0, range)).toBe(0)
  })

  it('stay defined for a unit that never moves', () => {
    expect(SCALE[stepOf(0, rangeOf(-0, 0))]).toBeDefined()
  })
})
