import { defineProbe } from '../src/probe.ts'
import { flatText } from './reading/flat-text.ts'

const URL_START = /(?<![\p{L}\p{N}])(?:(?:https?|ftp):\/\/|www\.)[^\s<>"'`{}|\\^[\]“”‘’«»]+/giu

/** From its first character to its last; punctuation that follows an address is not part of it. */
export const insideUrl = defineProbe({
  name: 'inside-url',
  question: 'Is this character part of a web address?',
  answers: 'yes-no',
  unit: 'characters',
  reference: 'Karpathy (2015), The Unreasonable Effectiveness of Recurrent Neural Networks',
  label({ tokens }) {
    const inside = tokens.map(() => false)
    for (const { 0: match, index } of flatText(tokens).matchAll(URL_START)) {
      inside.fill(true, index, index + withoutPunctuation(match).length)
    }
    return inside
  },
})

/** Without what ends the sentence around it; a closing parenthesis stays where the address opens one. */
function withoutPunctuation(address: string): string {
  const marks = address.includes('(') ? '.,;:!?*_' : '.,;:!?*_)'
  let end = address.length
  while (marks.includes(address[end - 1])) end--
  return address.slice(0, end)
}
