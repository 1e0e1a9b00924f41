// A text of characters as one string that is indexed as its tokens are.

/** A character that JavaScript writes with two code units becomes U+FFFD, so that every token has one. */
export function flatText(tokens: readonly string[]): string {
  return tokens.map((token) => (token.length === 1 ? token : '\uFFFD')).join('')
}
