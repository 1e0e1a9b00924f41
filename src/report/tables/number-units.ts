// Tables of what the chosen units do for number.

import type {
  AblationKindRow, AblationKindsResult, OverSeedsRow, PatchedTextRow, PatchedWritingRow, PatchingResult, PatchOverSeedsRow, PatchPairsRow, PatchRow,
  RepairRow, SensitivityRow, UnitGroupRow, UnitLossRow, VerbFormRow, VerbWeightRow,
  VerbWeightsResult,
} from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function verbWeightTables({ rows, forms }: VerbWeightsResult): Table[] {
  return [
    table('verb-weights', 'Every unit of the top layer and the two forms of verbs', WEIGHTS, rows),
    table('verb-weights-forms', 'The decoder’s weight from each chosen unit to each form', FORMS, forms),
  ]
}

export function ablationKindTables({ kind, rows, groups, losses, sensitivity, overSeeds }: AblationKindsResult): Table[] {
  const [who, name] = kind === 'syntax' ? ['The syntax units', 'syntax-ablation'] : ['The chosen units', 'ablation']
  return [
    table(`${name}-kinds`, `${who} changed in several ways`, KINDS, rows),
    table(`${name}-groups`, `${who} together, removed and alone left`, GROUPS, groups),
    table(`${name}-losses`, `${who} set to their means, on ordinary text`, LOSSES, losses),
    table(`${name}-sensitivity`, 'The unit on top under other choices', SENSITIVITY, sensitivity),
    table(`${name}-over-seeds`, `${who} set to their means, over seeds`, OVER_SEEDS, overSeeds),
  ]
}

export function patchingTables({ task, pairs, rows, repairs, texts, writing, overSeeds }: PatchingResult): Table[] {
  return [
    table(`patching-${task}`, `Values copied from the sentence with the other subject, ${task}`, PATCHES, rows),
    table(`patching-over-seeds-${task}`, `Values copied at the word before the verb, over seeds, ${task}`, PATCHES_OVER_SEEDS, overSeeds),
    table(`clamping-${task}`, `The chosen units held at the mean of one number, ${task}`, REPAIRS, repairs),
    table(`patching-pairs-${task}`, `Pairs of ${task} items whose sentences can be patched`, PAIRS, pairs),
    table(`patched-writing-${task}`, `Whose number the first verb has that is written after ${task} items`, WRITING, writing),
    table(`patched-texts-${task}`, `What is written after ${task} items, values copied from the subject on`, TEXTS, texts),
  ]
}

const WEIGHTS: readonly ColumnOf<VerbWeightRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'chosen', title: 'Chosen', description: 'by the analysis above' },
  { key: 'rank', title: 'Rank', digits: 0, description: '1 moves the margin most' },
  { key: 'units', title: 'Of', digits: 0, description: 'units' },
  {
    key: 'effect',
    title: 'Effect',
    unit: 'nats',
    digits: 3,
    description: 'of one standard deviation of the unit on log p(plural) − log p(singular)',
  },
  { key: 'difference', title: 'Difference', digits: 3, description: 'mean weight of plural forms minus singular forms' },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'separation', title: 'AUC', digits: 3, description: 'plural forms against singular ones, by weight' },
  { key: 'bestByChance', title: 'Best by chance', digits: 3, description: 'best unit, swapped forms, 95th percentile' },
  { key: 'q', title: 'q', digits: 4, description: 'Benjamini–Hochberg over the units' },
  { key: 'n', title: 'Verbs', digits: 0 },
]

const FORMS: readonly ColumnOf<VerbFormRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'lemma', title: 'Verb' },
  { key: 'form', title: 'Form' },
  { key: 'number', title: 'Number' },
  { key: 'weight', title: 'Weight', digits: 3 },
]

const KINDS: readonly ColumnOf<AblationKindRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'set', title: 'Change', description: 'set to mean, zero, values of other items; or scaled' },
  { key: 'factor', title: 'Factor', digits: 2 },
  { key: 'readers', title: 'Seen by' },
  { key: 'task', title: 'Task' },
  { key: 'condition', title: 'Condition' },
  { key: 'half', title: 'Half' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'intact', title: 'Intact', digits: 3, description: 'accuracy' },
  { key: 'accuracy', title: 'Changed', digits: 3, description: 'accuracy' },
  { key: 'drop', title: 'Drop', digits: 3, description: 'positive is worse' },
  { key: 'dropLow', title: '95 % low', digits: 3 },
  { key: 'dropHigh', title: '95 % high', digits: 3 },
  { key: 'bandLow', title: 'Band from', digits: 3, description: 'smallest drop of the comparable units' },
  { key: 'bandHigh', title: 'Band to', digits: 3, description: 'largest drop of the comparable units' },
  { key: 'marginDrop', title: 'Margin drop', unit: 'nats', digits: 2 },
  { key: 'marginDropLow', title: '95 % low', unit: 'nats', digits: 2 },
  { key: 'marginDropHigh', title: '95 % high', unit: 'nats', digits: 2 },
  { key: 'marginBandLow', title: 'Band from', unit: 'nats', digits: 2 },
  { key: 'marginBandHigh', title: 'Band to', unit: 'nats', digits: 2 },
  { key: 'comparable', title: 'Comparable', digits: 0, description: 'units alike in activity, spread, outgoing norm' },
]

const GROUPS: readonly ColumnOf<UnitGroupRow>[] = [
  ...SUBJECT,
  { key: 'group', title: 'Units' },
  { key: 'what', title: 'What', description: 'removed: set to their means; kept: all others of their sites are' },
  { key: 'task', title: 'Task' },
  { key: 'condition', title: 'Condition' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'intact', title: 'Intact', digits: 3, description: 'accuracy' },
  { key: 'accuracy', title: 'Changed', digits: 3, description: 'accuracy' },
  { key: 'drop', title: 'Drop', digits: 3 },
  { key: 'dropLow', title: '95 % low', digits: 3 },
  { key: 'dropHigh', title: '95 % high', digits: 3 },
  { key: 'randomMedian', title: 'Others, median', digits: 3, description: 'drop of groups like it' },
  { key: 'randomExtreme', title: 'Others, 95 %', digits: 3, description: '95th percentile (removed), 5th (kept)' },
  { key: 'random', title: 'Groups', digits: 0 },
  { key: 'p', title: 'p', digits: 4, description: 'share of groups with as large (kept: as small) a drop' },
  { key: 'marginDrop', title: 'Margin drop', unit: 'nats', digits: 2 },
  { key: 'marginDropLow', title: '95 % low', unit: 'nats', digits: 2 },
  { key: 'marginDropHigh', title: '95 % high', unit: 'nats', digits: 2 },
  { key: 'marginP', title: 'p', digits: 4, description: 'of the margin' },
]

const WRITING: readonly ColumnOf<PatchedWritingRow>[] = [
  ...SUBJECT,
  { key: 'patched', title: 'Patched', description: 'from the subject on' },
  { key: 'condition', title: 'Condition' },
  { key: 'texts', title: 'Texts', digits: 0 },
  { key: 'n', title: 'With a verb', digits: 0, description: 'of any, among the first 8 words' },
  { key: 'turned', title: 'Turned', digits: 3, description: 'share of them whose first verb has the lender’s number' },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
]

const SENSITIVITY: readonly ColumnOf<SensitivityRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'before', title: 'Read before', description: 'five sentences are of training text' },
  { key: 'half', title: 'Half', description: 'of the lexicon; the discovery half chose the unit' },
  { key: 'set', title: 'Set to' },
  { key: 'task', title: 'Task' },
  { key: 'condition', title: 'Condition' },
  { key: 'n', title: 'Pairs', digits: 0 },
  { key: 'intact', title: 'Intact', digits: 3, description: 'accuracy' },
  { key: 'drop', title: 'Drop', digits: 3 },
  { key: 'dropLow', title: '95 % low', digits: 3 },
  { key: 'dropHigh', title: '95 % high', digits: 3 },
  { key: 'bandHigh', title: 'Units like it', digits: 3, description: 'largest drop' },
  { key: 'marginDrop', title: 'Margin drop', unit: 'nats', digits: 2 },
  { key: 'marginDropLow', title: '95 % low', unit: 'nats', digits: 2 },
  { key: 'marginDropHigh', title: '95 % high', unit: 'nats', digits: 2 },
  { key: 'marginBandHigh', title: 'Units like it', unit: 'nats', digits: 2, description: 'largest drop of the margin' },
  { key: 'comparable', title: 'Comparable', digits: 0 },
]

const PATCHES_OVER_SEEDS: readonly ColumnOf<PatchOverSeedsRow>[] = [
  { key: 'model', title: 'Model' },
  { key: 'seeds', title: 'Seeds', digits: 0 },
  { key: 'patched', title: 'Patched' },
  { key: 'condition', title: 'Condition' },
  { key: 'flips', title: 'Turned', digits: 3, description: 'of the items that are right in both sentences; mean over seeds' },
  { key: 'low', title: '95 % low', digits: 3, description: 'seeds, lemmas and items resampled; rather too wide than too narrow' },
  { key: 'high', title: '95 % high', digits: 3 },
]

const LOSSES: readonly ColumnOf<UnitLossRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'change', title: 'Loss change', unit: 'nats/token', digits: 4, description: 'on held-out text' },
  { key: 'likeMedian', title: 'Units like it', unit: 'nats/token', digits: 4, description: 'median' },
  { key: 'likeDeviation', title: 'Deviation', unit: 'nats/token', digits: 4, description: 'of units like it' },
  { key: 'comparable', title: 'Comparable', digits: 0 },
  { key: 'n', title: 'Tokens', digits: 0 },
]

const OVER_SEEDS: readonly ColumnOf<OverSeedsRow>[] = [
  { key: 'model', title: 'Model' },
  { key: 'seeds', title: 'Seeds', digits: 0 },
  { key: 'what', title: 'Removed' },
  { key: 'task', title: 'Task' },
  { key: 'condition', title: 'Condition' },
  { key: 'drop', title: 'Drop', digits: 3, description: 'mean over seeds; positive is worse' },
  { key: 'dropLow', title: '95 % low', digits: 3, description: 'seeds, lemmas and items resampled' },
  { key: 'dropHigh', title: '95 % high', digits: 3 },
  { key: 'marginDrop', title: 'Margin drop', unit: 'nats', digits: 2 },
  { key: 'marginDropLow', title: '95 % low', unit: 'nats', digits: 2 },
  { key: 'marginDropHigh', title: '95 % high', unit: 'nats', digits: 2 },
  { key: 'n', title: 'Items', digits: 0 },
]

const PATCHES: readonly ColumnOf<PatchRow>[] = [
  ...SUBJECT,
  { key: 'patched', title: 'Patched' },
  { key: 'size', title: 'Units', digits: 0 },
  { key: 'task', title: 'Task' },
  { key: 'condition', title: 'Condition', description: 'of the sentence that is patched' },
  { key: 'position', title: 'Position', digits: 0, description: 'from 0' },
  { key: 'word', title: 'Word' },
  { key: 'n', title: 'Items', digits: 0, description: 'right without a patch, both sentences of the pair' },
  { key: 'flips', title: 'Turned', digits: 3, description: 'share that now prefers the other number' },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'bandLow', title: 'Band from', digits: 3, description: 'fewest among units or groups like these' },
  { key: 'bandHigh', title: 'Band to', digits: 3, description: 'most among units or groups like these' },
  { key: 'comparable', title: 'Comparable', digits: 0, description: 'units or groups' },
  { key: 'moved', title: 'Moved', digits: 3, description: 'share of the way to the other sentence’s margin' },
  { key: 'movedLow', title: '95 % low', digits: 3 },
  { key: 'movedHigh', title: '95 % high', digits: 3 },
  { key: 'movedBandLow', title: 'Band from', digits: 3 },
  { key: 'movedBandHigh', title: 'Band to', digits: 3 },
]

const REPAIRS: readonly ColumnOf<RepairRow>[] = [
  ...SUBJECT,
  { key: 'group', title: 'Units' },
  { key: 'heldAt', title: 'Held at', description: 'the mean, word by word, of other sentences with that number that are right' },
  { key: 'task', title: 'Task' },
  { key: 'condition', title: 'Condition' },
  { key: 'errors', title: 'Wrong', digits: 0, description: 'items, without it' },
  { key: 'repaired', title: 'Repaired', digits: 3, description: 'share of them' },
  { key: 'repairedLow', title: '95 % low', digits: 3 },
  { key: 'repairedHigh', title: '95 % high', digits: 3 },
  { key: 'repairedByOthers', title: 'By others', digits: 3, description: 'most that a group like it repairs' },
  { key: 'rights', title: 'Right', digits: 0, description: 'items, without it' },
  { key: 'broken', title: 'Broken', digits: 3, description: 'share of them' },
  { key: 'brokenLow', title: '95 % low', digits: 3 },
  { key: 'brokenHigh', title: '95 % high', digits: 3 },
  { key: 'brokenByOthers', title: 'By others', digits: 3, description: 'most that a group like it breaks' },
  { key: 'random', title: 'Groups', digits: 0 },
]

const TEXTS: readonly ColumnOf<PatchedTextRow>[] = [
  ...SUBJECT,
  { key: 'condition', title: 'Condition' },
  { key: 'sentence', title: 'After' },
  { key: 'patched', title: 'Patched' },
  { key: 'written', title: 'Written' },
]

const PAIRS: readonly ColumnOf<PatchPairsRow>[] = [
  ...SUBJECT,
  { key: 'pairs', title: 'Pairs', digits: 0 },
  { key: 'right', title: 'Both right', digits: 0, description: 'without a patch; only these count' },
]
