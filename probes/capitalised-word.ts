import { defineProbe } from '../src/probe.ts'
import { wordStarts } from './reading/words.ts'

/** Asked inside words only. */
export const capitalisedWord = defineProbe({
  name: 'capitalised-word',
  question: 'Does this word begin with a capital letter?',
  answers: 'yes-no',
  unit: 'characters',
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label({ tokens }) {
    const capital = tokens.map((token) => /^\p{Lu}/u.test(token))
    return Array.from(wordStarts(tokens), (start) => (start === -1 ? undefined : capital[start]))
  },
})
