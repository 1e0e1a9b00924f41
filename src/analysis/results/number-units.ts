// What units that matter for number do: who reads them, how removing them in other ways changes choices, and whether
// their values alone carry a choice from one sentence to another.

import type { Reader } from '../../model/edits.ts'
import type { Subject } from './subject.ts'
import type { DropRow } from './units.ts'

export interface VerbWeightsResult {
  readonly analysis: 'verb-weights'
  /** every unit that the decoder reads */
  readonly rows: readonly VerbWeightRow[]
  /** of the chosen units, one by one */
  readonly forms: readonly VerbFormRow[]
}

/** What the decoder makes of a unit in the choice between the two forms of verbs. */
export interface VerbWeightRow extends Subject {
  readonly unit: string
  /** the analysis above chose it */
  readonly chosen: boolean
  /** verb lemmas */
  readonly n: number
  /** mean over lemmas of the plural form's weight minus the singular form's */
  readonly difference: number
  readonly low: number | null
  readonly high: number | null
  /** times the unit's standard deviation over ordinary text: nats by which one of it moves the margin to the plural */
  readonly effect: number
  /** 1 for the largest |effect| */
  readonly rank: number
  /** of how many units */
  readonly units: number
  /** AUC of the plural forms' weights against the singular forms'; 0 and 1 are both full separation */
  readonly separation: number
  /** of |AUC − 0.5| + 0.5: what the best of all units reaches in 95 % of swaps of the forms of whole lemmas */
  readonly bestByChance: number
  /** Benjamini and Hochberg over the units */
  readonly q: number
}

/** The decoder's weight from a unit to one form of a verb. */
export interface VerbFormRow extends Subject {
  readonly unit: string
  readonly lemma: string
  readonly form: string
  readonly number: 'singular' | 'plural'
  readonly weight: number
}

export interface AblationKindsResult {
  readonly analysis: 'ablation-kinds'
  /** as which units were chosen: of number, by a sweep or by hand, or of syntax */
  readonly kind: 'number' | 'syntax'
  readonly rows: readonly AblationKindRow[]
  readonly groups: readonly UnitGroupRow[]
  readonly losses: readonly UnitLossRow[]
  readonly sensitivity: readonly SensitivityRow[]
  readonly overSeeds: readonly OverSeedsRow[]
}

/** The chosen unit on top, on items of one half of the lexicon, after one beginning; the discovery half chose it. */
export interface SensitivityRow extends DropRow {
  /** what is read before each item: nothing at all; the token that ends a sentence; five sentences of training text */
  readonly before: 'nothing' | 'end of sentence' | 'five sentences'
  readonly set: 'mean' | 'zero'
}

/** The mean over the seeds of a model; intervals resample seeds, and with them the lemmas of the items. */
export interface OverSeedsRow {
  readonly model: string
  readonly seeds: number
  /** the first of the chosen units, or all of them, set to their means */
  readonly what: 'unit on top' | 'chosen units'
  readonly task: string
  readonly condition: string
  readonly n: number
  readonly drop: number
  readonly dropLow: number | null
  readonly dropHigh: number | null
  /** nats */
  readonly marginDrop: number
  readonly marginDropLow: number | null
  readonly marginDropHigh: number | null
}

/** What a chosen unit, set to its mean, costs on ordinary held-out text: a unit of number alone costs little. */
export interface UnitLossRow extends Subject {
  readonly unit: string
  /** tokens */
  readonly n: number
  /** of the loss, nats per token */
  readonly change: number
  /** median and standard deviation of the same of units like it */
  readonly likeMedian: number
  readonly likeDeviation: number
  readonly comparable: number
}

/** How a unit is changed, and who sees it. */
export interface AblationKind {
  /** its mean over ordinary text; zero; its values in other items of the task; or its own values times `factor` */
  readonly set: 'mean' | 'zero' | 'resample' | 'scale'
  /** of `scale` */
  readonly factor: number | null
  readonly readers: 'all' | Reader
}

/** A chosen unit changed in one way, on items that did not choose it. */
export interface AblationKindRow extends DropRow, AblationKind {}

/** The chosen units together, on items that did not choose them. A drop is intact minus changed. */
export interface UnitGroupRow extends Subject {
  /** names, with commas */
  readonly group: string
  readonly size: number
  /** removed: they are set to their means; kept: all other units of their sites are */
  readonly what: 'removed' | 'kept'
  readonly task: string
  readonly condition: string
  readonly n: number
  readonly intact: number
  readonly accuracy: number
  readonly drop: number
  readonly dropLow: number | null
  readonly dropHigh: number | null
  /** nats */
  readonly marginDrop: number
  readonly marginDropLow: number | null
  readonly marginDropHigh: number | null
  /** different groups, each unit replaced by one of those most like it, changed the same way */
  readonly random: number
  /** median of their drops */
  readonly randomMedian: number
  /** 95th percentile of their drops (removed), 5th (kept) */
  readonly randomExtreme: number
  /** share of them with at least this drop (removed) or at most this drop (kept), the group itself counted in */
  readonly p: number
  /** the same of the drop of the margin */
  readonly marginP: number
}

export interface PatchingResult {
  readonly analysis: 'patching'
  readonly task: string
  /** every trained model, those included of which nothing can be patched */
  readonly pairs: readonly PatchPairsRow[]
  readonly rows: readonly PatchRow[]
  readonly repairs: readonly RepairRow[]
  readonly texts: readonly PatchedTextRow[]
  readonly writing: readonly PatchedWritingRow[]
  readonly overSeeds: readonly PatchOverSeedsRow[]
}

/** Values copied at the word before the verb: means over the seeds of a model; intervals resample seeds, lemmas and items. */
export interface PatchOverSeedsRow {
  readonly model: string
  readonly seeds: number
  readonly patched: PatchRow['patched']
  readonly task: string
  readonly condition: string
  /** share in which the form of the other number is now preferred */
  readonly flips: number
  readonly low: number | null
  readonly high: number | null
}

/** Pairs of items that differ in the subject's number alone: of how many are both right, so that a preference can turn? */
export interface PatchPairsRow extends Subject {
  readonly task: string
  readonly pairs: number
  readonly right: number
}

/** What a model writes after an item, as it is and with values copied from the sentence with the other subject. */
export interface PatchedTextRow extends Subject {
  readonly task: string
  readonly condition: string
  /** the item, words separated by spaces */
  readonly sentence: string
  /** at every word from the subject on */
  readonly patched: 'nothing' | 'chosen units' | 'units like them'
  readonly written: string
}

/** Over sentences in which nouns disagree: whose number has the first verb that is written? */
export interface PatchedWritingRow extends Subject {
  readonly task: string
  readonly condition: string
  readonly patched: PatchedTextRow['patched']
  /** written, one a sentence */
  readonly texts: number
  /** of these, texts with a verb in them */
  readonly n: number
  /** share of them whose first verb has the number of the subject that lends; null of none */
  readonly turned: number | null
  readonly low: number | null
  readonly high: number | null
}

/** At one word, units take the values that they have in the sentence that differs in the subject's number alone. */
export interface PatchRow extends Subject {
  /** a chosen unit by name, the chosen units together, all others, or all */
  readonly patched: 'chosen units' | 'all other units' | 'all units' | (string & {})
  readonly size: number
  readonly task: string
  /** of the sentence that is patched; those that lend have the other subject */
  readonly condition: string
  readonly position: number
  readonly word: string
  /** items that are right without a patch, as is the one that lends */
  readonly n: number
  /** share in which the form of the other number is now preferred */
  readonly flips: number
  readonly low: number
  readonly high: number
  /** of the way from the item's own margin to that of the lending sentence for the same form, summed over items */
  readonly moved: number
  readonly movedLow: number | null
  readonly movedHigh: number | null
  /** fewest and most flips among units, or groups, like these; null for the last two, which are a baseline themselves */
  readonly bandLow: number | null
  readonly bandHigh: number | null
  /** the same of `moved` */
  readonly movedBandLow: number | null
  readonly movedBandHigh: number | null
  readonly comparable: number
}

/** The chosen units held, from the subject on, at what they are on average in other sentences with a subject of one number
 *  that the model gets right. */
export interface RepairRow extends Subject {
  readonly group: string
  readonly size: number
  /** of the sentence's own subject, or the other one */
  readonly heldAt: 'own number' | 'other number'
  readonly task: string
  readonly condition: string
  /** items that are wrong without it, and the share of them that it makes right; null where none is wrong */
  readonly errors: number
  readonly repaired: number | null
  readonly repairedLow: number | null
  readonly repairedHigh: number | null
  /** largest share that a group like it repairs */
  readonly repairedByOthers: number | null
  /** items that are right without it, and the share of them that it makes wrong */
  readonly rights: number
  readonly broken: number | null
  readonly brokenLow: number | null
  readonly brokenHigh: number | null
  readonly brokenByOthers: number | null
  /** groups like it */
  readonly random: number
}
