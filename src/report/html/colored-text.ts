// Passages coloured by a unit. A token carries its value and surprisal as data; scripts show them on hover, on focus and
// on touch, and colour the same tokens by other units. A passage is one stop of the tab key; arrow keys walk its tokens.
// Without scripts the passages stand in the colours of the first unit.

import type { ColoredPassage, ColoredText } from '../../analysis/results.ts'
import { tanh } from '../../core/math.ts'
import { groupBy } from '../../core/rows.ts'
import { rangeOf, SCALE, stepOf, type Range } from '../colors.ts'
import { fixed, rounded } from '../format.ts'
import { html, type Markup } from './markup.ts'

/** @param texts the same passages in the colours of several units */
export function coloredTextMarkup(texts: readonly ColoredText[]): Markup {
  const [first] = texts
  const { passages } = first
  const chooser = texts.length > 1 ? unitChooser(texts) : null
  return html`
<figure class="text">
<figcaption>
<div class="shades"><div class="shade"><span class="${chooser ? 'unscripted' : 'named'}">${nameOf(first)}</span>
${chooser}${legend(first)}</div></div>
<div class="actions scripted">${texts.length > 1 ? ADD : null}${passages.length > 1 ? passageChooser(passages) : null}${JUMP}</div>
</figcaption>
${passages.map((passage) => passageMarkup(passage, first))}
</figure>`
}

const ADD = html`<button type="button" class="save" data-act="add">Add a unit below</button>`
const JUMP = html`<button type="button" class="save" data-act="jump">Go to its highest value</button>`

function nameOf({ model, seed, unit, note }: ColoredText): Markup {
  return html`Unit <code>${unit}</code>${note === '' ? '' : `, ${note},`} of ${model}, seed ${seed}`
}

function unitChooser(texts: readonly ColoredText[]): Markup {
  const numbered = texts.map((text, number) => ({ text, number }))
  const models = [...groupBy(numbered, ({ text: { model, seed } }) => `${model}, seed ${seed}`)]
  const groups = models.map(([title, own]) => html`<optgroup label="${title}">${own.map(option)}</optgroup>`)
  return html`<label class="scripted">Unit <select data-choose="unit">${groups}</select></label>`

  function option({ text: { unit, note }, number }: (typeof numbered)[number]): Markup {
    return html`<option value="${number}">${note === '' ? unit : `${unit}, ${note}`}</option>`
  }
}

function passageChooser(passages: readonly ColoredPassage[]): Markup {
  const options = passages.map(({ title, tokens }, number) => {
    const beginning = `${tokens.slice(0, 4).join(' ')} …`
    return html`<option value="${number}">${title === '' ? beginning : `${number + 1}. ${title}`}</option>`
  })
  return html`<label>Passage <select data-choose="passage"><option value="">all</option>${options}</select></label>`
}

function legend(text: ColoredText): Markup {
  const [low, middle, high] = endsOf(text)
  return html`<span class="scale" role="img" aria-label="Colour scale from ${low} through ${middle} to ${high}"
><span class="low">${low}</span><span class="ramp"></span><span class="high">${high}</span></span>`
}

function endsOf({ low, high }: ColoredText): readonly string[] {
  const range = rangeOf(low, high)
  return [range.low, range.middle, range.high].map((value) => fixed(value, 2))
}

function passageMarkup({ title, tokens, values, surprisals }: ColoredPassage, text: ColoredText): Markup {
  const characters = tokens.every((token) => token.length <= 1)
  const shade = shading(text)
  const spans = tokens.map((token, index) => {
    const surprisal = surprisals[index]
    const tip = `${fixed(values[index], 3)}${surprisal === null ? '' : ` · surprisal ${fixed(surprisal, 2)} nats`}`
    const focus = index === 0 ? html`0` : html`-1`
    const label = token === '\n' ? html`↵` : token
    const span = html`<span class="c${shade(values[index])}" tabindex="${focus}" data-tip="${tip}">${label}</span>`
    return html`${span}${token === '\n' ? html`<br>` : characters ? null : html` `}`
  })
  const kind = characters ? 'tokens characters' : 'tokens'
  return html`<div class="passage"><p class="passage-title">${title}</p>
<p class="${kind}" role="group" aria-label="${title}">${spans}</p></div>
`
}

/** The step of the colour scale for a value; of a cell, which has no bounds, the scale is one of its tanh. */
function shading({ unit, low, high }: ColoredText): (value: number) => number {
  if (!/\bcell\.\d+$/.test(unit)) return (value) => stepOf(value, rangeOf(low, high))
  const range: Range = rangeOf(tanh(low), tanh(high))
  return (value) => stepOf(tanh(value), range)
}

/** What the script needs to colour the tokens of one figure by any of its units. */
export interface TextData {
  /** of every unit, in the order of the chooser */
  readonly units: readonly {
    readonly name: string
    /** the ends of its scale and their middle, as shown */
    readonly ends: readonly string[]
    /** for each passage the value of every token */
    readonly values: readonly (readonly number[])[]
    /** for each passage a letter a token, `a` for the lowest step of the colour scale */
    readonly steps: readonly string[]
    /** which list of surprisals is that of its model */
    readonly reader: number
  }[]
  /** for each model and passage, of every token; null for the first */
  readonly surprisals: readonly (readonly (readonly (number | null)[])[])[]
}

export function coloredTextData(texts: readonly ColoredText[]): TextData {
  const readers = [...groupBy(texts, ({ model, seed }) => `${model} ${seed}`).values()]
  return {
    units: texts.map((text) => {
      const shade = shading(text)
      return {
        name: text.unit,
        ends: endsOf(text),
        values: text.passages.map(({ values }) => values.map((value) => rounded(value, 3))),
        steps: text.passages.map(({ values }) => values.map((value) => String.fromCharCode(LETTER + shade(value))).join('')),
        reader: readers.findIndex((own) => own.includes(text)),
      }
    }),
    surprisals: readers.map(([{ passages }]) =>
      passages.map(({ surprisals }) => surprisals.map((value) => value && rounded(value, 2))),
    ),
  }
}

const LETTER = 'a'.charCodeAt(0)

/** One rule a step of the scale, and the legend's ramp. */
export function colorRules(): string {
  const variables = SCALE.map((color, step) => `--c${step}:${color}`).join(';')
  const steps = SCALE.map((_, step) => `.c${step}{background:var(--c${step})}`).join('')
  const [low, middle, high] = [SCALE[0], SCALE[(SCALE.length - 1) / 2], SCALE[SCALE.length - 1]]
  return `:root{${variables}}${steps}.ramp{background:linear-gradient(to right,${low},${middle},${high})}`
}
