// Running text into words and sentences, by rule. Close to how Brown writes English: contractions and possessives stay one
// word (don't, Atlanta's), punctuation is a word of its own. Only what Unicode calls letters and digits is assumed.

const ABBREVIATIONS = 'Mr|Mrs|Ms|Messrs|Dr|Prof|St|Jr|Sr|Rev|Gen|Col|Capt|Lt|Sgt|Gov|Sen|Rep|Hon|vs|etc|cf|al'

const WORD = new RegExp(
  [
    '<[^<>\\s]+>', // a placeholder such as <unk>
    '(?:\\p{L}\\.){2,}', // initials: U.S., e.g.
    `(?:${ABBREVIATIONS})\\.(?!\\p{L})`,
    "[$£€]?[\\p{L}\\p{M}\\p{N}_]+(?:(?:[-'’/&.]|(?<=\\p{N})[,:](?=\\p{N}))[\\p{L}\\p{M}\\p{N}_]+)*%?",
    '\\.{2,}|-{2,}|``|\'\'', // ellipsis, dash, Brown's quotation marks
    '\\S',
  ].join('|'),
  'gu',
)

const SENTENCE_END = new Set(['.', '!', '?', '...', '…'])
const CLOSING = new Set(['"', "'", "''", '”', '’', '»', ')', ']'])

/** `"The keys," she said.` → `" The keys , " she said .` */
export function splitWords(text: string): string[] {
  return text.match(WORD) ?? []
}

/** Words separated by white space. */
export function splitAtSpaces(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '')
}

/** A sentence ends after `.`, `!`, `?` or an ellipsis, and the quotation marks and brackets that close behind it. */
export function splitSentences(words: readonly string[]): string[][] {
  const sentences: string[][] = []
  let sentence: string[] = []
  words.forEach((word, index) => {
    sentence.push(word)
    const next = words[index + 1]
    const closes = next !== undefined && (CLOSING.has(next) || SENTENCE_END.has(next))
    const ended = SENTENCE_END.has(word) || (CLOSING.has(word) && SENTENCE_END.has(lastBefore(sentence)))
    if (ended && !closes) {
      sentences.push(sentence)
      sentence = []
    }
  })
  if (sentence.length > 0) sentences.push(sentence)
  return sentences
}

/** The last word that is not a closing mark. */
function lastBefore(sentence: readonly string[]): string {
  let last = sentence.length - 1
  while (last > 0 && CLOSING.has(sentence[last])) last--
  return sentence[last]
}
