// How often the right one of two sentences is preferred, group by group, beside models that count and beside what the file
// says of others.

import type { PairShareRow, PublishedRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Chart } from '../document.ts'
import { count, percent, percentInterval, rounded } from '../format.ts'
import { quiet, shareChart } from './shares.ts'
import { COLORS } from './theme.ts'

/** More groups than these are in the table. */
const MOST_GROUPS = 24
/** More columns of a file than these are in the table. */
const MOST_SOURCES = 2

/** One chart a model and file; seeds lie beside each other in a row. */
export function pairCharts(rows: readonly PairShareRow[], published: readonly PublishedRow[]): Chart[] {
  return [...groupBy(rows, ({ model, task }) => `${model}-${task}`)].map(([name, own]) =>
    chartOf(name, own, published.filter(({ task }) => task === own[0].task)))
}

function chartOf(name: string, rows: readonly PairShareRow[], published: readonly PublishedRow[]): Chart {
  const { model, task } = rows[0]
  const groups = [...groupBy(rows, labelOf)].slice(0, MOST_GROUPS)
  const drawn = groups.flatMap(([, own]) => own)
  const sources = [...new Set(published.map(({ source }) => source))].slice(0, MOST_SOURCES)
  const counted = groups.flatMap(([label, [row]]) => [
    { label, who: '5-gram model', right: rounded(row.ngram * 100, 1) },
    { label, who: 'unigram model', right: rounded(row.unigram * 100, 1) },
  ])
  const others = published.filter(({ source }) => sources.includes(source)).flatMap((row) => {
    const own = groups.find(([, [{ by, group }]]) => by === row.by && group === row.group)
    return own ? [{ label: own[0], who: row.source, right: rounded(row.right * 100, 1) }] : []
  })
  return shareChart({
    name,
    title: `${model}: ${task}`,
    description: drawn.map((row) => `${row.group}: ${hintOf(row)}.`).join(' '),
    model,
    of: 'right, % of pairs',
    points: drawn.map((row) => ({
      label: labelOf(row),
      seed: `seed ${row.seed}`,
      right: rounded(row.right * 100, 1),
      low: rounded(row.low * 100, 1),
      high: rounded(row.high * 100, 1),
      hint: hintOf(row),
    })),
    others: [...counted, ...others],
    looks: [
      quiet('5-gram model', 'diamond'), quiet('unigram model', 'square'),
      ...sources.map((who, index) => ({ who, shape: ['triangle-up', 'triangle-down'][index], color: COLORS.vermillion })),
    ],
    axis: { labelLimit: 170 },
    legend: { columns: 1, labelLimit: 150 },
    rowHeight: 34,
  })
}

/** `SP, n 600`; of another column with its name. */
function labelOf({ by, group, n }: PairShareRow): string {
  return `${by === 'all' || by === 'condition' ? group || 'no condition' : `${by} ${group}`}, n ${count(n)}`
}

function hintOf({ right, low, high, n }: PairShareRow): string {
  return `${percent(right)} right ${percentInterval(low, high)}, n = ${count(n)}`
}
