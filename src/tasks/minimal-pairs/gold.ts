// Sentences in a .text, a line each, and in a .gold of the same name which word decides: of Linzen et al. (2016) in the
// version of Gulordava et al., place, right form, wrong form, attractors; of Gulordava et al. (2018) twelve columns.

import { splitAtSpaces } from '../../data/tokenize.ts'
import { UNKNOWN } from '../../data/vocabulary.ts'
import type { MinimalPair, PairFormat } from './pair.ts'
import { linesOf, readEach } from './problems.ts'

const END = '<eos>'

export const gold: PairFormat = {
  name: 'gold',
  about: 'a .text of sentences and a .gold of the words that decide (Linzen et al. 2016, Gulordava et al. 2018)',

  fits: ({ file, text }) => /\.(?:text|gold)$/.test(file) || readGold(linesOf(text)[0] ?? '') !== null,

  read(source) {
    const isGold = source.file.endsWith('.gold')
    const text = linesOf(isGold ? source.beside('.text') : source.text)
    const answers = linesOf(isGold ? source.text : source.beside('.gold'))
    const what = 'a .text and .gold of the same sentences'
    return readEach(source.file, what, text.length === answers.length ? answers : [''], (answer, index) => {
      if (text.length !== answers.length) return `there are ${text.length} sentences for ${answers.length} of the answers.`
      return pairOf(text[index], answer, index)
    })
  },
}

interface Answer extends Pick<MinimalPair, 'condition' | 'columns'> {
  readonly place: number
  readonly right: string
  readonly wrong: string
  readonly cluster: string | null
  /** whether one of the forms stands in the sentence; of nonce sentences it may be another word */
  readonly isWritten: boolean
}

function pairOf(sentence: string, line: string, index: number): MinimalPair | string {
  const answer = readGold(line)
  if (answer === null) return 'is no answer: place, right form, wrong form and attractors, or the twelve columns of Gulordava et al.'
  const words = splitAtSpaces(sentence).filter((word) => word !== END)
  const { place, right, wrong, cluster, condition, columns } = answer
  if (place >= words.length) return `says that word ${place} decides; its sentence has ${words.length}, counted from 0.`
  if (place === 0) return 'says that the first word decides, before which there is nothing.'
  if (answer.isWritten && ![right, wrong, UNKNOWN].includes(words[place])) {
    return `says that ${right} or ${wrong} stands at place ${place}, counted from 0; there is ${words[place]}.`
  }
  if (right === wrong) return `has ${JSON.stringify(right)} as right and as wrong.`
  return {
    id: String(index + 1),
    cluster: cluster ?? String(index + 1),
    condition,
    right: words.with(place, right),
    wrong: words.with(place, wrong),
    target: place,
    columns,
    published: {},
  }
}

function readGold(line: string): Answer | null {
  const cells = line.split('\t')
  if (cells.length === 4 && isCount(cells[0]) && isCount(cells[3])) {
    const [place, right, wrong, attractors] = cells
    return { place: Number(place), right, wrong, cluster: null, isWritten: true, condition: `${attractors} attractors`, columns: { attractors } }
  }
  if (cells.length === 12 && [1, 2, 3].every((column) => isCount(cells[column]))) {
    const [pattern, construction, sentence, place, , morphology, right, wrong] = cells
    const type = sentence === '0' ? 'original' : 'nonce'
    const number = /Number=(Sing|Plur)/.exec(morphology)?.[1] === 'Plur' ? 'plural' : 'singular'
    return {
      place: Number(place), right, wrong, cluster: `${pattern} ${construction}`, isWritten: false, condition: type,
      columns: { type, number, pattern: pattern.split('!')[1] ?? pattern, construction },
    }
  }
  return null
}

function isCount(cell: string): boolean {
  return /^\d+$/.test(cell)
}
