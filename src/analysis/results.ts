// What analyses return: rows that name their model and seed and that cannot be written without their baseline.
// Accuracies, drops and AUCs are fractions (0.87, not 87); intervals are 95 %, called low and high; margins are nats.

/** One of these per analysis of an experiment; all of them together are `results.json`. */
export type AnalysisResult =
  | TrainingResult
  | PerplexityResult
  | AgreementResult
  | AblationResult
  | RankingResult
  | DynamicsResult
  | ColoredTextResult
  | CountingResult
  | CountersResult
  | TracesResult
  | PrecisionResult
  | UnitFindingResult

interface Subject {
  readonly model: string
  readonly seed: number
}

export interface TrainingResult {
  readonly analysis: 'training'
  readonly rows: readonly TrainingRow[]
}
/** One row an evaluation. Losses are nats per token; the training loss is the mean since the row before, with dropout. */
export interface TrainingRow extends Subject {
  readonly update: number
  readonly epoch: number
  readonly trainingLoss: number
  readonly validationLoss: number
  /** training never saw the validation text; false for a language, where both are all words of the range */
  readonly heldOut: boolean
  /** unigram model on the validation text */
  readonly unigramLoss: number
  readonly learningRate: number
  /** log-mean of the gradient's norm before clipping, since the row before */
  readonly gradientNorm: number
}

export interface PerplexityResult {
  readonly analysis: 'perplexity'
  readonly rows: readonly PerplexityRow[]
  readonly orders: readonly NgramRow[]
}
/** What counting gains by looking further back: an n-gram model of one order on one text. */
export interface NgramRow {
  readonly split: PerplexityRow['split']
  readonly order: number
  readonly tokens: number
  /** nats per token */
  readonly loss: number
  /** only for characters */
  readonly bitsPerCharacter: number | null
}
export interface PerplexityRow extends Subject {
  readonly split: 'validation' | 'test'
  readonly tokens: number
  readonly documents: number
  /** nats per token; interval by bootstrap over documents, none (null) of a single document */
  readonly loss: number
  readonly lossLow: number | null
  readonly lossHigh: number | null
  readonly perplexity: number
  readonly unigramPerplexity: number
  readonly ngramPerplexity: number
  readonly ngramOrder: number
  /** only for characters */
  readonly bitsPerCharacter: number | null
}

/** Proportion right of baselines that need no model, on the same items. */
export interface AgreementBaselines {
  /** always the commoner number of the items */
  readonly majority: number
  /** the commoner of the two forms in the training text */
  readonly unigram: number
  /** the number of the last noun before the choice */
  readonly lastNoun: number
  /** the 5-gram model */
  readonly ngram: number
}

export interface AgreementResult {
  readonly analysis: 'agreement'
  readonly rows: readonly AgreementRow[]
  /** the same items by attractors and by distance, where that was asked for */
  readonly groups: readonly AgreementGroupRow[]
  /** what each word of distance changes, where distance was asked for */
  readonly trends: readonly AgreementTrendRow[]
  /** pairs of items of a template that differ in the subject's number alone */
  readonly pairs: readonly AgreementPairRow[]
  /** some items of tasks that no template made, drawn at random, for a reader to judge */
  readonly examples: readonly AgreementExample[]
  /** what was left out of each task and why */
  readonly audit: readonly { readonly task: string; readonly message: string }[]
}
/** How often a model is right on some items of a task, beside what needs no model. */
export interface AgreementShare extends Subject, AgreementBaselines {
  readonly task: string
  readonly n: number
  /** the clusters of the interval: subject and verb lemmas; subjects alone where no template drew the verbs */
  readonly lemmas: number
  readonly accuracy: number
  readonly low: number
  readonly high: number
  /** mean of log p(right) − log p(wrong) */
  readonly margin: number
  /** null where all items are of one lemma: nothing can be resampled */
  readonly marginLow: number | null
  readonly marginHigh: number | null
}
export interface AgreementRow extends AgreementShare {
  readonly condition: string
}
/**
 * Items of a task that are alike in one respect while others are held fixed: by attractors, only items all of whose
 * intervening nouns are attractors, or none (Linzen et al. 2016); by distance, only items without attractors.
 */
export interface AgreementGroupRow extends AgreementShare {
  readonly by: 'attractors' | 'distance'
  /** such as `no noun`, `1 attractor`, `3–4 words` */
  readonly group: string
}
/**
 * The least-squares slope of being right (1 or 0) on the words between subject and choice, over all items of a task
 * without attractors; of each baseline the same slope.
 */
export interface AgreementTrendRow extends Subject, AgreementBaselines {
  readonly task: string
  readonly n: number
  /** items with a word between subject and choice */
  readonly apart: number
  readonly lemmas: number
  /** change of accuracy with each further word, a fraction */
  readonly slope: number
  readonly low: number | null
  readonly high: number | null
  /** most words between */
  readonly farthest: number
}
/**
 * Two items of a template that differ in the number of the subject alone are right together where their margins sum to
 * more than 0: a verb's preference for one of its forms, the same in both, cancels. Chance is ½, and so is every
 * baseline that does not see the subject.
 */
export interface AgreementPairRow extends Subject {
  readonly task: string
  /** such as `SP and PP` */
  readonly conditions: string
  readonly n: number
  readonly lemmas: number
  readonly together: number
  readonly low: number
  readonly high: number
  /** the 5-gram model */
  readonly ngram: number
}
export interface AgreementExample extends Subject {
  readonly task: string
  /** as the corpus has it, up to the choice */
  readonly sentence: string
  readonly subject: string
  readonly right: string
  readonly wrong: string
  readonly attractors: number
  readonly distance: number
  /** log p(right) − log p(wrong), nats */
  readonly margin: number
}

export interface AblationResult {
  readonly analysis: 'ablation-sweep'
  readonly site: string
  readonly rows: readonly AblationRow[]
  /** top units of the discovery half, measured once on the other half */
  readonly confirmed: readonly AblationRow[]
}
/** One unit removed, on the items of one condition. A drop is intact minus ablated: positive is worse. */
export interface AblationRow extends Subject {
  readonly unit: string
  readonly set: 'mean' | 'zero'
  readonly task: string
  /** such as `SP`; or `SP and PP`: pairs of items that differ in the subject alone, right or wrong together */
  readonly condition: string
  readonly half: 'discovery' | 'confirmation' | 'all'
  readonly n: number
  readonly intact: number
  readonly accuracy: number
  readonly drop: number
  /** null, as that of the margin, where all items are of one lemma */
  readonly dropLow: number | null
  readonly dropHigh: number | null
  /** fall of the mean margin, nats */
  readonly marginDrop: number
  readonly marginDropLow: number | null
  readonly marginDropHigh: number | null
  /** smallest and largest drop among the comparable units (activity, spread, outgoing norm), removed the same way */
  readonly bandLow: number
  readonly bandHigh: number
  readonly marginBandLow: number
  readonly marginBandHigh: number
  readonly comparable: number
  /** change of the loss on ordinary held-out text, nats per token, where it was measured */
  readonly lossChange: number | null
  /** of confirmed units: their drop on the items that chose them minus this one; what choosing flattered */
  readonly shrinkage: number | null
  readonly shrinkageLow: number | null
  readonly shrinkageHigh: number | null
}

export interface RankingResult {
  readonly analysis: 'unit-ranking'
  readonly probe: string
  readonly rows: readonly RankingRow[]
}
export interface RankingRow extends Subject {
  readonly unit: string
  readonly site: string
  /** before the verb, on incongruent items; below 0.5 the unit is lower for the plural */
  readonly auc: number
  readonly low: number
  readonly high: number
  readonly n: number
  /** Benjamini and Hochberg over all units of the table */
  readonly q: number
  /** AUC at the subject, where it is word identity, and at the attractor */
  readonly aucAtSubject: number
  readonly aucAtAttractor: number
  /** best |AUC − 0.5| + 0.5 of any unit under shuffled labels, 95th percentile over permutations: what the best of so
   *  many units reaches by chance */
  readonly chanceBest: number
  /** the same unit on the confirmation half; null where the lexicon was not split */
  readonly confirmedAuc: number | null
  /** how much nearer to 0.5, from the side of `auc`, the AUC is on the confirmation half */
  readonly shrinkage: number | null
}

export interface DynamicsResult {
  readonly analysis: 'dynamics'
  readonly task: string
  readonly rows: readonly DynamicsRow[]
}
/** A unit of one site at one word of the template, over the items of a condition. All items count, right or wrong. */
export interface DynamicsRow extends Subject {
  /** such as `0.61`: layer and unit, the same in each site */
  readonly unit: string
  readonly site: string
  readonly condition: string
  readonly position: number
  readonly word: string
  readonly n: number
  readonly mean: number
  readonly deviation: number
}

export interface ColoredTextResult {
  readonly analysis: 'text'
  readonly texts: readonly ColoredText[]
}
/** Sentences coloured by one unit, with the range of its values over the recorded text. */
export interface ColoredText extends Subject {
  readonly unit: string
  readonly low: number
  readonly high: number
  readonly passages: readonly ColoredPassage[]
}
export interface ColoredPassage {
  readonly title: string
  readonly tokens: readonly string[]
  readonly values: readonly number[]
  /** nats for each token; null for the first */
  readonly surprisals: readonly (number | null)[]
}

/** What a count can be kept in: the state of a GRU and of a tanh RNN is bounded, that of the others is not. */
export type CountingCell = 'lstm' | 'gru' | 'tanh rnn' | 'relu rnn'

/** A network and the language x^n y^n … that it learned. Weights set by hand have seed 1. */
export interface CountingSubject extends Subject {
  /** spelled `a^n b^n` */
  readonly language: string
  readonly cell: CountingCell
  /** the largest n of training */
  readonly trainedTo: number
}

export interface CountingResult {
  readonly analysis: 'counting'
  readonly rows: readonly HorizonRow[]
  readonly rules: readonly RuleRow[]
  readonly acceptance: readonly AcceptanceRow[]
  readonly comparisons: readonly HorizonComparison[]
}
/** The horizon: the largest n up to which every word is right wherever the language determines the next symbol. */
export interface HorizonRow extends CountingSubject {
  readonly parameters: number
  readonly units: number
  /** false: the weights were set by hand */
  readonly trained: boolean
  /** every word of the training range is right where it is determined */
  readonly converged: boolean
  /** equal to `tested`: at least so far */
  readonly horizon: number
  readonly tested: number
  /** the 5-gram model */
  readonly ngramHorizon: number
  /** the same network before training */
  readonly untrainedHorizon: number
  /** nats a word */
  readonly validationLoss: number
  /** nats a word: of the best possible predictor, the entropy of n */
  readonly bestLoss: number
}
/** The rule of Weiss et al. (2018): a word is accepted if each of its symbols, and its end, is above a threshold. */
export interface RuleRow extends CountingSubject {
  readonly threshold: number
  /** every n up to it is accepted */
  readonly acceptedTo: number
  /** shares within the training range: of the words, and of those whose last block is too short or too long */
  readonly accepted: number
  readonly falselyAccepted: number
  /** the same beyond it, as far as was tested */
  readonly acceptedBeyond: number
  readonly falselyAcceptedBeyond: number
}
/**
 * The share of the seeds that accept x^n … y^(n + offset), mean over the n of a stretch. Each stretch begins a quarter
 * farther out than the one before, and the end of the training range is one of its own; neighbours of one share are
 * joined.
 */
export interface AcceptanceRow {
  readonly model: string
  readonly language: string
  readonly cell: CountingCell
  readonly trainedTo: number
  readonly threshold: number
  readonly offset: number
  /** first and last n of the stretch */
  readonly from: number
  readonly to: number
  readonly share: number
  readonly seeds: number
}
/** The horizons of two models over the same seeds. */
export interface HorizonComparison {
  readonly language: string
  readonly model: string
  readonly other: string
  readonly seeds: number
  /** seeds in which `model` reaches farther, and in which `other` does */
  readonly wins: number
  readonly losses: number
  readonly ties: number
  /** horizon of `model` minus that of `other` */
  readonly medianDifference: number
  /** exact Wilcoxon signed-rank test, two-sided */
  readonly p: number
  /** what so many seeds can reach at best */
  readonly smallestP: number
}

export interface CountersResult {
  readonly analysis: 'counters'
  readonly rows: readonly CounterRow[]
  readonly interventions: readonly InterventionRow[]
  readonly steps: readonly StepSizeRow[]
}
/**
 * One unit of the state in one block of the word: straight lines through its value against the symbols read in it.
 * Numbers have 6 digits, as many as float32 supports: there are thousands of rows, and every page carries them all.
 */
export interface CounterRow extends CountingSubject {
  readonly unit: string
  /** the letter */
  readonly block: string
  /** change of the value a symbol, n within the training range */
  readonly slope: number
  readonly r2: number
  /** the same where n is beyond the training range */
  readonly slopeOutside: number
  readonly r2Outside: number
  /** mean of each gate and of the candidate in mid-block */
  readonly gates: Readonly<Record<string, number>>
  /** of the unit, by the finder's rule, which was fixed before results were seen */
  readonly counter: boolean
  /** the weights were set by hand so that it counts, or not; null where they were trained */
  readonly planted: boolean | null
}
/**
 * What becomes of the model when a unit is changed.
 * - removed: set to its mean over the longest word of training
 * - frozen: kept at the value that it has when a word begins
 * - shifted: moved by as much as some symbols move it, with the last symbol before the block in which it counts back
 */
export interface InterventionRow extends CountingSubject {
  /** several, as in `0.cell.5 and 0.cell.7`, where they were shifted together */
  readonly unit: string
  readonly counter: boolean
  readonly change: 'removed' | 'frozen' | 'shifted'
  /** in symbols; null but for `shifted` */
  readonly shift: number | null
  /** null for `shifted` */
  readonly horizon: number | null
  readonly intactHorizon: number
  /** by how many symbols the block in which it counts back should be, and on average is, too long; a block that does not
   *  end counts as twice the shift; null but for `shifted` */
  readonly expectedOff: number | null
  readonly meanOff: number | null
  /** of the lengths at which it is off by exactly as much as expected; null but for `shifted` */
  readonly share: number | null
  /** how many lengths; horizons are tested up to it */
  readonly n: number
  /** the other units that do not count, changed alike: how many, and their range of `horizon`, or of `meanOff` */
  readonly comparable: number
  readonly comparableLow: number | null
  readonly comparableHigh: number | null
}
/**
 * How much the state moves at one step of the first block, ‖state(t) − state(t − 1)‖, 4 digits: a bounded state comes
 * to rest. Steps are evenly spread over a logarithmic axis.
 */
export interface StepSizeRow extends CountingSubject {
  readonly step: number
  readonly size: number
}

export interface TracesResult {
  readonly analysis: 'traces'
  readonly traces: readonly Trace[]
}
/** Every unit of one site over one word. */
export interface Trace extends CountingSubject {
  readonly site: string
  readonly n: number
  /** spelled `a^1000 b^1000` */
  readonly word: string
  /** one value a symbol */
  readonly units: readonly { readonly unit: string; readonly counter: boolean; readonly values: readonly number[] }[]
}

export interface PrecisionResult {
  readonly analysis: 'precision'
  readonly rows: readonly PrecisionRow[]
}
/** The horizon after weights and state were rounded, or the weights multiplied. */
export interface PrecisionRow extends CountingSubject {
  /** such as `none`, `bfloat16`, `times 10` */
  readonly change: string
  readonly horizon: number
  readonly intactHorizon: number
  readonly tested: number
}

export interface UnitFindingResult {
  readonly analysis: 'find-units'
  readonly rows: readonly FoundUnitRow[]
  /** the best units of each probe */
  readonly scores: readonly UnitScoreRow[]
  /** what it costs to remove the best units of probes that serve something */
  readonly causes: readonly CauseRow[]
  /** probes that could not be asked, and why */
  readonly audit: readonly string[]
}
/**
 * The unit that tells the answers of a probe best. Scores are areas under the ROC curve for yes or no (0 and 1 are
 * equally good), Pearson's correlation for an amount; their strength is the distance from chance, from 0 to 1.
 */
export interface FoundUnitRow extends Subject {
  readonly probe: string
  readonly question: string
  readonly answers: 'yes-no' | 'amount'
  readonly unit: string
  readonly site: string
  /** in the documents in which it was chosen */
  readonly score: number
  /** in the other documents, with its interval over documents */
  readonly heldOut: number
  readonly low: number | null
  readonly high: number | null
  /** strength where it was chosen minus strength in the other documents */
  readonly shrinkage: number
  /** characters looked at, and their documents */
  readonly n: number
  readonly documents: number
  /** bits that the unit's value tells of the answer, and bits of the answer, in the other documents */
  readonly information: number
  readonly entropy: number
  /** |r| with the answers where it was chosen; what the best of all units reaches in 5 % of deals of whole blocks */
  readonly correlation: number
  readonly chanceBest: number
  /** of the unit against the best of all units under such deals; q after Benjamini and Hochberg over the probes */
  readonly p: number
  readonly q: number
  /** held-out score of the best unit of the untrained network, and of the best of as many rotated directions */
  readonly untrained: number
  readonly rotated: number
  /** the other probe whose answers the unit tells best, in the other documents; null where there is none */
  readonly nextProbe: string | null
  readonly nextScore: number | null
  /** strength for its probe minus that for the next one */
  readonly selectivity: number | null
}
export interface UnitScoreRow extends Subject {
  readonly probe: string
  readonly unit: string
  readonly site: string
  readonly score: number
  readonly heldOut: number
  /** the score that says nothing */
  readonly chance: number
}
/** What it costs to set a unit to its mean or to zero, where the probe's answer is of use. Rises are nats a token. */
export interface CauseRow extends Subject {
  readonly probe: string
  readonly unit: string
  readonly set: 'mean' | 'zero'
  /** what the answer helps to predict, such as `closing quotation marks` */
  readonly serves: string
  /** how many of them there were, and in how many documents */
  readonly events: number
  readonly documents: number
  /** mean surprisal of the intact model there, nats */
  readonly intactLoss: number
  /** rise of the surprisal there, with its interval over documents; null in a single one */
  readonly rise: number
  readonly low: number | null
  readonly high: number | null
  /** rise at all other tokens */
  readonly elsewhere: number
  /** smallest and largest rise there among comparable units (activity, spread, outgoing norm), changed alike */
  readonly bandLow: number
  readonly bandHigh: number
  readonly comparable: number
}

/** Where on its way a training was. */
export type Moment = 'untrained' | 'half way' | 'trained'

/** A network at one moment of its training. Untrained ones are what the trained stand beside. */
interface MomentSubject extends Subject {
  readonly moment: Moment
}

/**
 * Logarithms to base 10 of a quantity at several places of a text, for the mean of norms is that of their outliers.
 * Places where it is exactly 0 are left out; null where it is 0 at all of them.
 */
export interface LogBand {
  readonly log: number | null
  /** the middle 80 % of the places */
  readonly bandLow: number | null
  readonly bandHigh: number | null
  /** share of the places where it is 0 */
  readonly zeros: number
}

export interface LagCurvesResult {
  readonly analysis: 'lag-curves'
  readonly rows: readonly LagRow[]
  readonly pooled: readonly PooledLagRow[]
  readonly effects: readonly TokenEffectRow[]
}
/** ‖∂L/∂site‖ some steps before a token, L the loss of that token alone, back through the whole text and unclipped. */
export interface LagRow extends MomentSubject, LogBand, RelativeBand {
  readonly site: string
  /** steps back; 0 is the step that predicts the token */
  readonly lag: number
  readonly places: number
}
/** The same of each norm divided by that of lag 0 at its place. */
interface RelativeBand {
  readonly relative: number | null
  readonly relativeBandLow: number | null
  readonly relativeBandHigh: number | null
}
/** The curves of all seeds together; intervals by bootstrap over seeds, none of a single one. */
export interface PooledLagRow extends LogBand, RelativeBand {
  readonly model: string
  readonly moment: Moment
  readonly site: string
  readonly lag: number
  readonly seeds: number
  /** of all seeds */
  readonly places: number
  readonly low: number | null
  readonly high: number | null
  readonly relativeLow: number | null
  readonly relativeHigh: number | null
}
/** What the loss of a token depends on one token before it: another token of the text is put there instead. */
export interface TokenEffectRow extends MomentSubject {
  readonly lag: number
  readonly places: number
  /** mean |change of the loss|, nats; interval by bootstrap over sequences. Below some 1e-7 it is rounding. */
  readonly change: number
  readonly low: number | null
  readonly high: number | null
}

export interface JacobiansResult {
  readonly analysis: 'jacobians'
  readonly rows: readonly JacobianRow[]
  readonly spectrum: readonly ExponentRow[]
}
/** The largest singular value of ∂state(t) / ∂state(t − lag): the whole state, all layers. */
export interface JacobianRow extends MomentSubject, LogBand {
  readonly lag: number
  readonly places: number
  /** its natural logarithm divided by the lag: the finite-time growth rate, nats a step */
  readonly growth: number | null
  /** log10 of what no product of so many steps exceeds, σ(U)^lag; only of one layer of simple cells */
  readonly bound: number | null
  /** log10 of the product of the forget gates, in a GRU of 1 − update: mean over units and places, and mean over places
   *  of the best unit; null for simple cells, which have no gate */
  readonly gates: number | null
  readonly bestGate: number | null
}
/** One of the finite-time Lyapunov exponents, nats a step; as many as the state has units, the largest first. */
export interface ExponentRow extends MomentSubject {
  readonly rank: number
  /** over so many steps */
  readonly steps: number
  readonly places: number
  /** null where a direction is lost altogether */
  readonly exponent: number | null
  readonly bandLow: number | null
  readonly bandHigh: number | null
}

export interface SensitivityMapResult {
  readonly analysis: 'sensitivity-map'
  readonly maps: readonly SensitivityMap[]
}
/** What the top layer's hidden values depend on which input (Graves 2012); log10, mean over texts of one length. */
export interface SensitivityMap extends MomentSubject {
  readonly texts: number
  /** where there is one text */
  readonly words: readonly string[] | null
  /** of ‖∂hidden(t) / ∂embedding(s)‖, Frobenius: a row for each t, a value for each s up to t; null where it is 0 */
  readonly steps: readonly (readonly (number | null)[])[]
  /** of ‖∂hidden unit(t) / ∂embedding(0)‖: a value for each t */
  readonly units: readonly { readonly unit: string; readonly values: readonly (number | null)[] }[]
}

export interface MarginTraceResult {
  readonly analysis: 'margin-trace'
  readonly rows: readonly TraceRow[]
  readonly distances: readonly TraceDistanceRow[]
}
/** ‖∂ margin / ∂site‖ at one word before the choice, over the items of a condition that have as many words. */
export interface TraceRow extends MomentSubject, LogBand {
  readonly task: string
  readonly condition: string
  readonly site: string
  /** index of the word, and how many words stand between it and the choice */
  readonly position: number
  readonly distance: number
  /** its slot in the template, or the most frequent word */
  readonly word: string
  readonly role: 'subject' | 'last noun' | 'other'
  readonly n: number
  /** mean share of the norms of all words; interval by bootstrap over lemmas */
  readonly share: number
  readonly low: number | null
  readonly high: number | null
  /** 1 / number of words */
  readonly evenShare: number
}
/** The subject beside the other words that stand as far from the choice; log10 of norms, means. */
export interface TraceDistanceRow extends MomentSubject {
  readonly task: string
  readonly site: string
  /** words between it and the choice */
  readonly distance: number
  readonly subjects: number
  /** null where every gradient is 0 */
  readonly subject: number | null
  readonly subjectLow: number | null
  readonly subjectHigh: number | null
  /** other words at that distance, of items whose subject stands elsewhere; null where there are none */
  readonly others: number
  readonly other: number | null
  readonly otherLow: number | null
  readonly otherHigh: number | null
}
