// A probe's answers drawn under the text that they are about: # yes, . no, a digit, ? not decided.

import type { Answer, Probe } from '../../src/probe.ts'

/**
 * The same drawing with what the probe answers.
 * @param drawing lines of text, each with its answers in the line below; ⏎ stands for a line end. A line end without
 *   ⏎ is none of the text
 */
export function answered(probe: Probe, drawing: string): string {
  const lines = drawing.split('\n').filter((_, number) => number % 2 === 0)
  const tokens = [...lines.join('').replaceAll('⏎', '\n')]
  const answers = probe.label({ tokens }).map(mark)
  let done = 0
  return lines.map((line) => `${line}\n${answers.slice(done, (done += [...line].length)).join('')}`).join('\n')
}

/** The answers themselves, `null` where one is not decided. */
export function amounts(probe: Probe, text: string): (Answer | null)[] {
  return probe.label({ tokens: [...text] }).map((answer) => answer ?? null)
}

function mark(answer: Answer | undefined): string {
  if (answer === undefined) return '?'
  if (typeof answer === 'boolean') return answer ? '#' : '.'
  return String(answer)
}
