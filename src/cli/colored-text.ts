// Text in the terminal on the colours of a unit's values: the colours of the report.

import { tanh } from '../core/math.ts'
import type { ModelConfig } from '../model/config.ts'
import { isGate, parseUnit, siteName } from '../model/sites.ts'
import { rangeOf, SCALE, stepOf } from '../report/colors.ts'
import { showsColors } from './terminal.ts'

/** A unit that colours text. */
export interface ColoringUnit {
  /** name of its site */
  readonly site: string
  /** its value among those of the site; of a cell its tanh, because a cell has no bounds */
  valueOf(values: Float32Array): number
  /** a token on the colour of a value; as it is where colours are not shown */
  paint(token: string, value: number): string
  /** what the ends of the scale look like; empty where colours are not shown */
  legend(): string
}

/** @throws UserError where the model has no such unit */
export function coloringUnit(name: string, config: ModelConfig): ColoringUnit {
  const { site, index } = parseUnit(name, config)
  const isCell = site.quantity === 'cell'
  const range = isGate(site.quantity) ? rangeOf(0, 1) : rangeOf(-1, 1)
  const paint = (token: string, value: number) => onColor(token, SCALE[stepOf(value, range)])
  return {
    site: siteName(site),
    valueOf: (values) => (isCell ? tanh(values[index]) : values[index]),
    paint,
    legend: () => {
      if (!showsColors(process.stdout)) return ''
      const ends = [range.low, range.middle, range.high].map((value) => paint(` ${value} `, value))
      return `${isCell ? `tanh of ${name}` : name}  ${ends.join('')}`
    },
  }
}

/** Black on a colour of 24 bits; a line end stays outside, or the rest of the line would have its colour. */
function onColor(text: string, color: string): string {
  if (!showsColors(process.stdout)) return text
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  const colored = (piece: string) => (piece === '' ? '' : `\x1b[30;48;2;${red};${green};${blue}m${piece}\x1b[39;49m`)
  return text.split('\n').map(colored).join('\n')
}
