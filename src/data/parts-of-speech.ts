// The placeholders of rare words: Brown's tags (Francis & Kučera 1979) simplified to names close to the Penn
// Treebank's, as Linzen et al. 2016 replace rare words by their part of speech. Number survives on nouns and on
// present-tense verbs: Brown's `vb` is both the infinitive and the present without -s, so <VB> against <VBZ> is what
// agreement can see.

/** Placeholder → the Brown tags that become it. A noun keeps its possessive `'s`, which Brown writes in its word. */
const TAGS_OF: Readonly<Record<string, string>> = {
  '<NN>': 'nn nr rn',
  '<NN$>': 'nn$ nr$',
  '<NNS>': 'nns nrs',
  '<NNS$>': 'nns$',
  '<NNP>': 'np',
  '<NNP$>': 'np$',
  '<NNPS>': 'nps',
  '<NNPS$>': 'nps$',
  '<VB>': 'vb be do hv ber bem',
  '<VBD>': 'vbd dod hvd bed bedz',
  '<VBG>': 'vbg beg hvg',
  '<VBN>': 'vbn ben hvn',
  '<VBZ>': 'vbz bez doz hvz',
  '<MD>': 'md',
  '<JJ>': 'jj jj$ od',
  '<JJR>': 'jjr',
  '<JJS>': 'jjs jjt',
  '<RB>': 'rb rb$ ql qlp wql',
  '<RBR>': 'rbr',
  '<RBS>': 'rbt',
  '<RP>': 'rp',
  '<CD>': 'cd cd$',
  '<DT>': 'at ap ap$ abl abn abx dt dt$ dti dts dtx',
  '<IN>': 'in cs',
  '<CC>': 'cc',
  '<PRP>': 'pn ppo pps ppss ppl ppls pp$$',
  '<PRP$>': 'pp$ pn$',
  '<WH>': 'wdt wp$ wpo wps wrb',
  '<UH>': 'uh',
}

const PLACEHOLDER_OF = new Map(
  Object.entries(TAGS_OF).flatMap(([placeholder, tags]) => tags.split(' ').map((tag) => [tag, placeholder] as const)),
)

/** In the order in which they stand in a vocabulary. */
export const PLACEHOLDERS: readonly string[] = Object.keys(TAGS_OF)

/**
 * The placeholder of a Brown tag, such as `<NNS>` for `nns`; null for foreign words (`fw-…`), rare punctuation and
 * untagged words (`nil`). Of a contraction (`np+bez`) the first part counts; a negation (`doz*`) is left out.
 */
export function placeholderOf(tag: string): string | null {
  const plus = tag.indexOf('+')
  const first = plus === -1 ? tag : tag.slice(0, plus)
  return PLACEHOLDER_OF.get(first.endsWith('*') ? first.slice(0, -1) : first) ?? null
}
