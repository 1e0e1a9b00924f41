// What the models write, coloured by units, and with these units held at values.

import { writeSamples } from '../../analysis/samples.ts'
import { inTurn } from '../../core/in-turn.ts'
import { Random } from '../../core/random.ts'
import { encode, tokensOf } from '../../data/vocabulary.ts'
import { chosenUnits } from './chosen-units.ts'
import { defineAnalysis } from './context.ts'

export const samplesAnalysis = defineAnalysis({
  name: 'samples',
  prepare: ({ prompt }, { dataset: { vocabulary } }) => encode(vocabulary, tokensOf(prompt, vocabulary)),
  ask(subject, prompt, { section, engine, chosen, signal }) {
    const { hold: held, length, temperature: temperatures, initial } = section
    const options = { held, length, temperatures, prompt, initial, random: new Random('samples'), signal }
    return inTurn(chosenUnits(section.units, subject, chosen), (unit) => writeSamples(engine, subject, unit, options))
  },
  combine(answers) {
    const written = answers.flat()
    return [{ analysis: 'samples', texts: written.map(({ text }) => text), rows: written.flatMap(({ rows }) => rows) }]
  },
})
