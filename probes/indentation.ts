import { defineProbe } from '../src/probe.ts'

/** A tab goes on to the next multiple of this many columns. */
const TAB = 8

/** Asked once the line has begun: not of the spaces before it, its line end, and empty lines. */
export const indentation = defineProbe({
  name: 'indentation',
  question: 'By how many columns is this line indented?',
  answers: 'amount',
  unit: 'characters',
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label({ tokens }) {
    let columns = 0
    let begun = false
    return tokens.map((token) => {
      if (token === '\n') {
        columns = 0
        begun = false
      } else if (!begun && token === '\t') {
        columns += TAB - (columns % TAB)
      } else if (!begun && token.trim() === '') {
        columns++
      } else {
        begun = true
      }
      return begun ? columns : undefined
    })
  },
})
