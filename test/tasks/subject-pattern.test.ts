import { describe, expect, test } from 'vitest'
import { findSubjects } from '../../src/tasks/subject-pattern.ts'

/** `the/at keys/nns are/ber` → `keys are`, with the nouns between in brackets and * where the numbers differ. */
function found(sentence: string): string[] {
  const entries = sentence.split(' ').map((entry) => entry.split('/'))
  const tokens = entries.map(([token]) => token)
  return findSubjects(tokens, entries.map(([, tag]) => tag)).map(({ subject, verb, nouns, agrees }) => {
    const between = nouns.length === 0 ? '' : ` (${nouns.map((place) => tokens[place]).join(' ')})`
    return `${tokens[subject]}${between} ${tokens[verb]}${agrees ? '' : ' *'}`
  })
}

describe('a subject and its verb', () => {
  test.each([
    ['The/at keys/nns are/ber here/rb ./.', ['keys are']],
    ['The/at keys/nns to/in the/at old/jj cabinet/nn are/ber', ['keys (cabinet) are']],
    ['The/at keys/nns next/rb to/in the/at book/nn of/in my/pp$ two/cd friends/nns are/ber',
      ['keys (book friends) are']],
    ['Old/jj houses/nns probably/rb seem/vb large/jj', ['houses seem']],
    ['He/pps said/vbd that/cs the/at price/nn in/in 1960/cd has/hvz risen/vbn', ['price has']],
    ['In/in the/at town/nn ,/, the/at steel/nn workers/nns were/bed glad/jj', ['workers were']],
    ['But/cc the/at man/nn was/bedz old/jj', ['man was']],
  ])('is found in “%s”', (sentence, expected) => expect(found(sentence)).toEqual(expected))

  test.each([
    ['The/at man/nn who/wps likes/vbz the/at dogs/nns is/bez old/jj', ['man (dogs) is']],
    ['The/at dogs/nns that/wpo the/at man/nn bought/vbd were/bed old/jj', ['dogs (man) were']],
    ['The/at dogs/nns he/pps bought/vbd in/in town/nn were/bed old/jj', ['dogs (town) were']],
    ['The/at bills/nns passed/vbn by/in the/at house/nn were/bed long/jj', ['bills (house) were']],
    ['The/at man/nn holding/vbg the/at bags/nns is/bez here/rb', ['man (bags) is']],
  ])('is found across a relative clause in “%s”', (sentence, expected) => expect(found(sentence)).toEqual(expected))

  test('that differ in number say so, as in “if the boy were here”', () => {
    expect(found('if/cs the/at boy/nn were/bed here/rb')).toEqual(['boy were *'])
  })
})

describe('nothing is said of', () => {
  test.each([
    ['coordination', 'The/at boy/nn and/cc the/at girl/nn are/ber here/rb'],
    ['a second conjunct', 'The/at boy/nn ,/, the/at man/nn and/cc the/at girls/nns are/ber here/rb'],
    ['a quantified head', 'A/at number/nn of/in boys/nns are/ber here/rb'],
    ['there is', 'There/ex is/bez a/at boy/nn'],
    ['a question', 'Are/ber the/at boys/nns that/wps are/ber here/rb old/jj ?/.'],
    ['a modal', 'The/at boys/nns may/md see/vb it/ppo'],
    ['an infinitive', 'The/at boys/nns to/to see/vb it/ppo'],
    ['an object', 'I/ppss saw/vbd the/at boys/nns work/vb'],
    ['the object of a preposition', 'In/in the/at towns/nns are/ber churches/nns'],
    ['a subjunctive', 'They/ppss insist/vb that/cs the/at boys/nns go/vb home/nr'],
    ['a noun phrase that may begin a clause', 'The/at man/nn who/wps says/vbz the/at boy/nn is/bez here/rb'],
    ['a comma in between', 'The/at boys/nns ,/, it/pps seems/vbz ,/, are/ber here/rb'],
    ['“as a rule”', 'They/ppss who/wps as/cs a/at rule/nn is/bez good/jj'],
  ])('%s', (_, sentence) => expect(found(sentence)).toEqual([]))
})
