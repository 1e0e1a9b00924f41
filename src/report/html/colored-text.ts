// Sentences coloured by a unit. A token carries its value and surprisal as data; the page's one script shows them on
// hover, on focus and on touch. A passage is one stop of the tab key; arrow keys walk its tokens.

import type { ColoredPassage, ColoredText } from '../../analysis/results.ts'
import { rangeOf, SCALE, stepOf, type Range } from '../colors.ts'
import { fixed } from '../format.ts'
import { html, type Markup } from './markup.ts'

export function coloredTextMarkup(text: ColoredText): Markup {
  const range = rangeOf(text.low, text.high)
  return html`
<figure class="text">
<figcaption>
<span>Unit <code>${text.unit}</code> of ${text.model}, seed ${text.seed}</span>
${legend(range)}
</figcaption>
${text.passages.map((passage) => passageMarkup(passage, range))}
</figure>`
}

function legend({ low, middle, high }: Range): Markup {
  const description = `Colour scale from ${fixed(low, 2)} through ${fixed(middle, 2)} to ${fixed(high, 2)}`
  return html`<span class="scale" role="img" aria-label="${description}"
><span>${fixed(low, 2)}</span><span class="ramp"></span><span>${fixed(high, 2)}</span></span>`
}

function passageMarkup({ title, tokens, values, surprisals }: ColoredPassage, range: Range): Markup {
  const characters = tokens.every((token) => token.length <= 1)
  const spans = tokens.map((token, index) => {
    const surprisal = surprisals[index]
    const tip = `${fixed(values[index], 3)}${surprisal === null ? '' : ` · surprisal ${fixed(surprisal, 2)} nats`}`
    const focus = index === 0 ? html`0` : html`-1`
    const label = token === '\n' ? html`↵` : token
    const step = `c${stepOf(values[index], range)}`
    const span = html`<span class="${step}" tabindex="${focus}" data-tip="${tip}">${label}</span>`
    return html`${span}${token === '\n' ? html`<br>` : characters ? null : html` `}`
  })
  const kind = characters ? 'tokens characters' : 'tokens'
  return html`<div class="passage"><p class="passage-title">${title}</p>
<p class="${kind}" role="group" aria-label="${title}">${spans}</p></div>
`
}

/** One rule a step of the scale, and the legend's ramp. */
export function colorRules(): string {
  const steps = SCALE.map((color, step) => `.c${step}{background:${color}}`).join('')
  const [low, middle, high] = [SCALE[0], SCALE[(SCALE.length - 1) / 2], SCALE[SCALE.length - 1]]
  return `${steps}.ramp{background:linear-gradient(to right,${low},${middle},${high})}`
}
