// Numbers as people read them. No locale: the same bytes everywhere.

const MINUS = '−'

/** `12,345`, `−3`. */
export function count(value: number): string {
  return sign(value) + String(Math.abs(Math.round(value))).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** With a fixed number of digits after the point and a true minus sign; never `−0.0`. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'undefined' : `${sign(value)}∞`
  const text = Math.abs(value).toFixed(digits)
  return Number(text) === 0 ? text : sign(value) + text
}

/** A fraction as `87.2 %`. */
export function percent(fraction: number, digits = 1): string {
  return `${fixed(fraction * 100, digits)} %`
}

/** A difference of fractions as `29.3 points`. */
export function points(fraction: number): string {
  return `${fixed(fraction * 100, 1)} points`
}

/** Two fractions as `[84.3, 89.6]`, in percent or points. */
export function percentInterval(low: number | null, high: number | null): string {
  return interval(low && low * 100, high && high * 100, 1)
}

/** `[84.3, 89.6]`, or that a single item, lemma or document gives none. */
export function interval(low: number | null, high: number | null, digits: number): string {
  return low === null || high === null ? '[no interval]' : `[${fixed(low, digits)}, ${fixed(high, digits)}]`
}

/** `1 item`, `300 items`. */
export function plural(number: number, noun: string, nouns = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : nouns}`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join('')
  return `${texts.slice(0, -1).join(', ')} and ${texts[texts.length - 1]}`
}

/** Rounds for drawing, so that pages stay small; tables/*.csv has every digit. */
export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}

function sign(value: number): string {
  return value < 0 ? MINUS : ''
}
