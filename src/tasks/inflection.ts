// English -s: the spelling of plural nouns and of verbs in the third person singular. A form counts only where the
// corpus has it with the right tag, so a rule may offer spellings that do not exist.

const IRREGULAR: Readonly<Record<string, string>> = {
  man: 'men', woman: 'women', child: 'children', foot: 'feet', tooth: 'teeth', mouse: 'mice', wife: 'wives',
  life: 'lives', knife: 'knives', leaf: 'leaves', half: 'halves', wolf: 'wolves', shelf: 'shelves', thief: 'thieves',
}

/** Spellings that the plural of a noun may have, the likeliest first. */
export function pluralSpellings(noun: string): string[] {
  if (Object.hasOwn(IRREGULAR, noun)) return [IRREGULAR[noun]]
  if (/man$/.test(noun)) return [`${noun.slice(0, -2)}en`, ...spellingsWithS(noun)] // "policemen", but "humans"
  return spellingsWithS(noun)
}

/** Spellings that a verb may have in the third person singular, the likeliest first. */
export function spellingsWithS(word: string): string[] {
  if (/[^aeiou]y$/.test(word)) return [`${word.slice(0, -1)}ies`]
  if (/(?:s|x|z|ch|sh)$/.test(word)) return [`${word}es`, `${word}s`] // "stomachs"
  if (/o$/.test(word)) return [`${word}es`, `${word}s`]
  return [`${word}s`]
}
