// Running text into words and sentences, by rule. Close to how Brown writes English: contractions and possessives stay
// one word (don't, Atlanta's), punctuation is a word of its own. Only what Unicode calls letters and digits is assumed.

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
const CLOSING = new Set(["''", '”', '’', '»', ')', ']'])
/** Open and close alike: every second one of a paragraph closes. */
const STRAIGHT = new Set(['"', "'"])

/** `"The keys," she said.` → `" The keys , " she said .` */
export function splitWords(text: string): string[] {
  return text.match(WORD) ?? []
}

/** Words separated by white space. */
export function splitAtSpaces(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '')
}

/**
 * A sentence ends after `.`, `!`, `?` or an ellipsis, and the quotation marks and brackets that close behind it.
 * @param words those of one paragraph
 */
export function splitSentences(words: readonly string[]): string[][] {
  const sentences: string[][] = []
  let sentence: string[] = []
  let ended = false
  const open = new Set<string>()
  for (const word of words) {
    const closing = CLOSING.has(word) || open.has(word)
    if (ended && !closing && !SENTENCE_END.has(word)) {
      sentences.push(sentence)
      sentence = []
      ended = false
    }
    sentence.push(word)
    ended ||= SENTENCE_END.has(word)
    if (STRAIGHT.has(word) && !open.delete(word)) open.add(word)
  }
  if (sentence.length > 0) sentences.push(sentence)
  return sentences
}
