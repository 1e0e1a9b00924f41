// The text as n-grams see it: sequences one after the other, each with the end token before it as its first context and
// a stop behind it that no n-gram reaches across.

/** Stands behind a sequence; sorts before every token. */
export const STOP = -1

export interface Layout {
  /** end token, tokens of the first sequence, STOP, end token, tokens of the second, STOP, … */
  readonly stream: Int32Array
  /** 1 where the token is the context before a sequence and not part of the text */
  readonly isStart: Uint8Array
}

/** @param starts where sequences begin in `tokens`, in rising order, the first at 0 */
export function layOut(tokens: Int32Array, starts: ArrayLike<number>, end: number): Layout {
  const stream = new Int32Array(tokens.length + 2 * starts.length)
  const isStart = new Uint8Array(stream.length)
  let at = 0
  for (let sequence = 0; sequence < starts.length; sequence++) {
    isStart[at] = 1
    stream[at++] = end
    const words = tokens.subarray(starts[sequence], starts[sequence + 1] ?? tokens.length)
    stream.set(words, at)
    at += words.length
    stream[at++] = STOP
  }
  return { stream, isStart }
}
