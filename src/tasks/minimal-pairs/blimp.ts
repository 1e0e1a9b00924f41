// BLiMP (Warstadt et al. 2020): a line of JSON a pair. Whole sentences are compared; where the file says that one word
// decides after a common beginning, that word alone can be.

import * as z from 'zod'
import { parseJson } from '../../core/json.ts'
import { splitWords } from '../../data/tokenize.ts'
import type { MinimalPair, PairFormat } from './pair.ts'
import { linesOf, readEach } from './problems.ts'

const schema = z.object({
  sentence_good: z.string().min(1),
  sentence_bad: z.string().min(1),
  one_prefix_method: z.boolean().optional(),
  UID: z.string().optional(),
  linguistics_term: z.string().optional(),
  field: z.string().optional(),
  pairID: z.union([z.string(), z.number()]).optional(),
})

export const blimp: PairFormat = {
  name: 'blimp',
  about: 'a line of JSON a pair, with sentence_good and sentence_bad (BLiMP)',

  fits: ({ text }) => /^\s*\{.*"sentence_good"\s*:/.test(text),

  read({ file, text }) {
    return readEach(file, 'a file of BLiMP', linesOf(text), readPair)
  },
}

function readPair(line: string, index: number): MinimalPair | string {
  const parsed = schema.safeParse(parseJson(line))
  if (!parsed.success) return 'is no JSON with the texts sentence_good and sentence_bad.'
  const { sentence_good: good, sentence_bad: bad, one_prefix_method: decides, UID, field, linguistics_term: term, pairID } = parsed.data
  const [right, wrong] = [splitWords(good), splitWords(bad)]
  const first = (right.length > wrong.length ? right : wrong).findIndex((_, place) => right[place] !== wrong[place])
  if (first === -1) return 'has the same words in both sentences.'
  const id = String(pairID ?? index + 1)
  return {
    id: UID === undefined ? id : `${UID} ${id}`,
    cluster: UID === undefined ? id : `${UID} ${id}`,
    condition: UID ?? '',
    right,
    wrong,
    target: decides === true && first > 0 && first < Math.min(right.length, wrong.length) ? first : null,
    columns: { ...(UID !== undefined && { UID }), ...(field !== undefined && { field }), ...(term !== undefined && { term }) },
    published: {},
  }
}
