// A corpus: documents of sentences of tokens, in the order of its source. Casing and rare words are as written; what a
// model knows of them is the vocabulary's business.

export interface Sentence {
  /** words, or single characters (Unicode code points) */
  readonly tokens: readonly string[]
  /** the words that stood in place of pseudo-words, where there are any: one a token */
  readonly written?: readonly string[]
  /** one tag a token, where the corpus has them: parts of speech, or the symbols of a grammar */
  readonly tags?: readonly string[]
  /** constituents that are incomplete after each token, where a grammar drew the sentence */
  readonly openNodes?: readonly number[]
  /** which words have to agree, where a grammar drew the sentence */
  readonly agreement?: SentenceAgreement
  /** never falls within a document; a larger number begins a new paragraph */
  readonly paragraph: number
}

/** Words whose form shows the same value of a feature, as a subject and its verbs. */
export interface SentenceAgreement {
  /** for each token the number of the value that it shows, from 0; −1 where its form shows none */
  readonly values: readonly number[]
  /** for each value the rules that brought it in, from the outermost: `Clause › Agent` */
  readonly rules: readonly string[]
}

export interface Document {
  /** such as `ca01` */
  readonly name: string
  /** such as the genre `A` of Brown */
  readonly category: string | null
  readonly sentences: readonly Sentence[]
  /** where it was cut out of a longer text: all sentences of that text, and the number of its first one there */
  readonly block?: { readonly of: readonly Sentence[]; readonly first: number }
}

export interface Corpus {
  /** for people, such as `Brown corpus` or the name of a file */
  readonly name: string
  readonly unit: 'words' | 'characters'
  /** what follows every sentence: `<eos>`, or the line end of running characters, which is part of the text */
  readonly end: string
  readonly documents: readonly Document[]
  /** SHA-256 of the bytes that determine it */
  readonly sha256: string
  /** of a grammar that drew it: rule → `line 18 of agreement.yaml` */
  readonly rulePlaces?: ReadonlyMap<string, string>
  /** the files of own text, in their order */
  readonly files?: readonly SourceFile[]
}

/** A file that a corpus was read from. */
export interface SourceFile {
  /** as the experiment names it, with forward slashes */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** How much a text holds; `<eos>` is not counted. */
export interface CorpusCounts {
  readonly documents: number
  readonly paragraphs: number
  readonly sentences: number
  readonly tokens: number
}

export function countCorpus(documents: readonly Document[]): CorpusCounts {
  let paragraphs = 0
  let sentences = 0
  let tokens = 0
  for (const document of documents) {
    sentences += document.sentences.length
    let last = -1
    for (const sentence of document.sentences) {
      tokens += sentence.tokens.length
      if (sentence.paragraph !== last) paragraphs++
      last = sentence.paragraph
    }
  }
  return { documents: documents.length, paragraphs, sentences, tokens }
}
