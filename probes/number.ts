import { defineProbe } from '../src/probe.ts'

export const number = defineProbe({
  name: 'number',
  question: 'Is the subject plural?',
  answers: 'yes-no',
  reference: 'Lakretz et al. (2019), The emergence of number and syntax units in LSTM language models',
  label({ tokens, item }) {
    const subject = item?.['subjectPosition']
    const plural = item?.['number'] === 'plural'
    return tokens.map((_, position) => (typeof subject === 'number' && position >= subject ? plural : undefined))
  },
})
