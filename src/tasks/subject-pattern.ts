// Where real text has a subject and its verb, told from Brown's tags alone. Every token becomes one letter, and one
// regular expression reads the letters up to a finite verb: a noun phrase where a clause begins, then prepositional
// phrases, adverbs and relative clauses. Meant to be right rather than complete: no comma, no coordination, no question
// stands between subject and verb.

export interface SubjectVerb {
  /** index of the subject's head noun */
  readonly subject: number
  /** index of the finite verb */
  readonly verb: number
  /** indices of the nouns between them */
  readonly nouns: readonly number[]
}

/** Letter → the tags that it stands for; x is any other. Verbs in z agree with a singular, those in b with a plural. */
const LETTERS: Readonly<Record<string, string>> = {
  D: 'at dt dti dts pp$ np$ nn$ nns$', // determiners and possessors
  L: 'abn abx', // all, half, both
  A: 'jj jjr jjs jjt od ap cd',
  Q: 'ql',
  n: 'nn',
  N: 'nns',
  m: 'np',
  M: 'nps',
  I: 'in',
  B: 'rb rbr rbt',
  W: 'wps wdt wpo',
  p: 'pps ppss',
  o: 'ppo',
  z: 'vbz bez bedz hvz doz',
  b: 'vb ber bed hv do',
  d: 'vbd hvd dod',
  k: 'md',
  e: 'be ben',
  v: 'vbn hvn',
  g: 'vbg beg hvg',
  r: 'rp',
  c: 'cs wrb',
  C: 'cc',
  ',': ', . : --',
  '"': '``',
}

const LETTER_OF = new Map(
  Object.entries(LETTERS).flatMap(([letter, tags]) => tags.split(' ').map((tag) => [tag, letter] as const)),
)

const NOUNS = '[nNmM]+'
const DETERMINED = `L?D[QAgv]*${NOUNS}`
const ANY_PHRASE = `(?:${DETERMINED}|[QA]*${NOUNS})`
/** `of the steel plants`, `in 1960`, `of them` */
const PREPOSITIONAL = `I(?:${ANY_PHRASE}|[Dgv][QAgv]*${NOUNS}|A+|o)`
const ADVERB = 'Q?B'
const LOOSE = `(?:${PREPOSITIONAL}|${ADVERB}|r)`
/** `likes`, `may not be seen`, `was built` */
const VERBS = '(?:kB*[be]|[zbd])B*(?:[evg]B*)*'
/** `who live in the house`, `which the man built`, `he built`, `living in the house`, `built by the man` */
const RELATIVE =
  `(?:W${VERBS}(?:${ANY_PHRASE}|o|Q?A)?${LOOSE}*|W?p${VERBS}${LOOSE}*|W${DETERMINED}${VERBS}${LOOSE}*|` +
  `v${LOOSE}+|g${DETERMINED}?${LOOSE}*)`
const BETWEEN = `(?:${PREPOSITIONAL}|${ADVERB})*(?:${RELATIVE})?(?:${ADVERB})*`
/** Where a clause may begin: a sentence, after a comma or a conjunction, in an object relative clause. */
const CLAUSE = '(?<=^"?C?(?:B,?)?"?|[,cW]"?)'
const CLAUSE_BARE = '(?<=^"?C?(?:B,?)?"?|c"?)'
/** A phrase without a determiner is trusted only at the start of a sentence or after a conjunction. */
const BEFORE_VERB = new RegExp(
  `(?:${CLAUSE}(L?D[QAgv]*[nNmM]*[nN])|${CLAUSE_BARE}([QA]*[nNmM]*[nN]))(${BETWEEN})$`,
)

/** Conjunctions that no clause need follow: `as a rule`. */
const NO_CLAUSE = new Set(['as', 'than', 'like'])
/** Heads that agree by meaning, or look the same in both numbers. */
const AMBIGUOUS_HEADS = new Set(
  ('number majority minority series group groups variety couple lot lots pair pairs kind kinds sort type rest part ' +
    'half range total percent per bulk handful dozen dozens mass score plenty bunch deal amount host third quarter ' +
    'most species means headquarters sheep fish aircraft data media family staff committee team crew crowd ' +
    'audience percentage proportion portion set one ones').split(' '),
)
/** `insist that they go`: the base form is no plural there. */
const SUBJUNCTIVE = startsWith(
  'suggest insist demand recommend requir propos urg ask request mov order direct wish lest essential important ' +
    'necessary imperative',
)
/** `who says the man is`: the noun phrase after these begins a clause of its own. */
const TAKES_CLAUSE = startsWith(
  'say said think thought know knew believ feel felt see saw hear hop mean suppos show prov indicat claim assum ' +
    'suggest admit argu insist fear guess wish tell told learn discover find found mak made let help watch',
)

function startsWith(stems: string): RegExp {
  return new RegExp(`^(?:${stems.replaceAll(' ', '|')})`)
}

/** Every subject and verb of a sentence that the pattern is sure of. `agrees` false: head and verb differ in number. */
export function findSubjects(
  tokens: readonly string[],
  tags: readonly string[],
): (SubjectVerb & { readonly agrees: boolean })[] {
  if (tokens.at(-1) === '?' || tokens.at(-2) === '?') return []
  const words = tokens.map((token) => token.toLowerCase())
  const letters = tags.map((tag, place) => (NO_CLAUSE.has(words[place]) ? 'x' : LETTER_OF.get(tag) ?? 'x')).join('')
  return [...letters].flatMap((letter, verb) => {
    if (letter !== 'z' && letter !== 'b') return []
    const match = BEFORE_VERB.exec(letters.slice(0, verb))
    if (!match) return []
    const [, determined, bare, between] = match
    const start = match.index
    const subject = start + (determined ?? bare).length - 1
    if (AMBIGUOUS_HEADS.has(words[subject])) return []
    if (words.slice(0, start).some((word) => SUBJUNCTIVE.test(word)) && tags[verb] === 'vb') return []
    if (/[Wpvg]/.test(between) && words.slice(subject, verb).some((word) => TAKES_CLAUSE.test(word))) return []
    const nouns = Array.from({ length: verb - subject - 1 }, (_, index) => subject + 1 + index)
    const agrees = (letter === 'z') === (letters[subject] === 'n')
    return [{ subject, verb, nouns: nouns.filter((place) => /[nNmM]/.test(letters[place])), agrees }]
  })
}
