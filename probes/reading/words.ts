// Words in a text of characters: letters, digits and underscores, and an apostrophe between two letters.

const PART = /^[\p{L}\p{M}\p{N}_]/u
const APOSTROPHE = /^['’]$/

/** Place of the first character of the word that a character belongs to; −1 outside of words. */
export function wordStarts(tokens: readonly string[]): Int32Array {
  const starts = new Int32Array(tokens.length).fill(-1)
  let start = -1
  tokens.forEach((token, at) => {
    const inWord = isPart(token) || (start !== -1 && APOSTROPHE.test(token) && isPart(tokens[at + 1] ?? ''))
    if (!inWord) start = -1
    else if (start === -1) start = at
    starts[at] = start
  })
  return starts
}

function isPart(token: string): boolean {
  return PART.test(token)
}
