// placeholder for the type; written by the data part
export interface Vocabulary {
  readonly kind: 'words' | 'characters'
  /** a token's id is its index */
  readonly tokens: readonly string[]
  /** what stands for a token outside: one `<unk>`, or its part of speech as in Linzen et al. 2016 */
  readonly rare: 'unknown' | 'part-of-speech'
}
