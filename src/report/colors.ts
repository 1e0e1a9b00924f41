// The colours of coloured text: blue below the middle, white in the middle, orange above it, in steps, so that a page
// needs one CSS rule a step and no style a token. Both ends are light enough for black text (contrast above 7).

const STEPS = 10
const WHITE = [255, 255, 255] as const
const BELOW = [116, 180, 234] as const
const ABOVE = [245, 166, 75] as const

/** The colours of all steps, lowest first: 2 × STEPS + 1 of them. */
export const SCALE: readonly string[] = Array.from({ length: 2 * STEPS + 1 }, (_, step) => {
  const share = Math.abs(step - STEPS) / STEPS
  const end = step < STEPS ? BELOW : ABOVE
  return '#' + WHITE.map((white, channel) => hex(white + (end[channel] - white) * share)).join('')
})

/** The range that the scale covers: around one half for values from 0 to 1, otherwise around zero. */
export interface Range {
  readonly low: number
  readonly middle: number
  readonly high: number
}

/** Symmetric, so that equal colours mean equal distances from the middle. */
export function rangeOf(low: number, high: number): Range {
  if (low >= 0 && high <= 1) return { low: 0, middle: 0.5, high: 1 }
  const limit = Math.max(Math.abs(low), Math.abs(high))
  return { low: -limit, middle: 0, high: limit }
}

/** Index into SCALE. */
export function stepOf(value: number, range: Range): number {
  const share = (value - range.middle) / (range.high - range.middle || 1)
  return STEPS + Math.round(Math.max(-1, Math.min(1, share)) * STEPS)
}

function hex(value: number): string {
  return Math.round(value).toString(16).padStart(2, '0')
}
