// The key `units:`: which units an analysis looks at, by their names, or as an analysis above it chose them.

import { z } from 'zod'
import { list, show, text } from './fields.ts'

const CHOICE = /^(?:top [1-9]\d*|syntax [1-9]\d*|best for \S+|typical)$/

function notUnits({ input }: { readonly input?: unknown }): string {
  return `${show(input)} chooses no units. Write "top 2", "syntax 2", "best for inside-quotes", "typical", or a list such as [0.hidden.72].`
}

export const units = z
  .union(
    [z.string().regex(CHOICE, { error: notUnits }), list(text('A unit such as 0.hidden.72, or a choice.'), 'units')],
    { error: notUnits },
  )
  .describe(
    'Units: "top N" of the ablation sweep above, "syntax N" of the syntax-units above, "best for PROBE" of the find-units above or "typical", the unit in the ' +
      'middle of all in how much it tells its probes; or a list of units and choices, such as [0.hidden.72, typical].',
  )

export type UnitChoice = z.output<typeof units>

/** One element of `units:`. */
export type OneChoice =
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'top'; readonly count: number }
  | { readonly kind: 'syntax'; readonly count: number }
  | { readonly kind: 'best'; readonly probe: string }
  | { readonly kind: 'typical' }

/** None where nothing is chosen. */
export function choicesOf(choice: UnitChoice | undefined): readonly OneChoice[] {
  if (choice === undefined) return []
  return typeof choice === 'string' ? [choiceOf(choice)] : choice.map(choiceOf)
}

function choiceOf(text: string): OneChoice {
  if (!CHOICE.test(text)) return { kind: 'unit', unit: text }
  if (text === 'typical') return { kind: 'typical' }
  const last = text.slice(text.lastIndexOf(' ') + 1)
  if (text.startsWith('top ')) return { kind: 'top', count: Number(last) }
  return text.startsWith('syntax ') ? { kind: 'syntax', count: Number(last) } : { kind: 'best', probe: last }
}
