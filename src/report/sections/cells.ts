// Which cell should I use?

import type { Row, Table } from '../../core/rows.ts'
import { compareCells, LAG, type CellComparison, type OverSeeds } from '../cells.ts'
import { cellsChart } from '../charts/cells.ts'
import type { SectionBuilder } from '../document.ts'
import { judgeCells } from '../verdicts/cells.ts'

export const cells: SectionBuilder = {
  name: 'cells',
  build(input) {
    const rows = compareCells(input)
    if (rows === null) return null
    const [answer, ...remarks] = judgeCells(rows)
    return {
      name: 'cells',
      title: 'Cells',
      question: 'Which cell should I use?',
      answer,
      remarks,
      blocks: [
        {
          kind: 'charts',
          caption: 'The best network of a column is darkest; the last row only counts how often words follow each other. Near and far: the fewest and the most words between subject and verb, none of them a noun of the other number.',
          charts: [cellsChart(rows, 'cells')],
        },
        { kind: 'table', table: tableOf(rows), open: true },
      ],
      method:
        'Each network stands beside the LSTM, with as many units or with as many parameters (within a tenth). How far a network counts is ' +
        'the median over seeds of those that learned to count with the same cell, as many units or as many parameters as the LSTM there. The ' +
        `gradient is that of a token’s loss in the hidden state ${LAG} steps back, divided by that at the loss. Training speed is of this ` +
        'machine, one thread a network where several train side by side; it may differ from run to run, and is in environment.json.',
    }
  },
}

function tableOf(rows: readonly CellComparison[]): Table {
  const bins = rows[0].byDistance.map(({ group }) => group)
  return {
    name: 'cells',
    title: 'Every network, by every measure',
    columns: [
      { key: 'model', title: 'Model' },
      { key: 'variant', title: 'Cell' },
      { key: 'matched', title: 'As many', description: 'as the LSTM, the reference' },
      { key: 'units', title: 'Units', digits: 0 },
      { key: 'parameters', title: 'Parameters', digits: 0 },
      { key: 'seeds', title: 'Seeds', digits: 0 },
      ...columnsOf('perplexity', 'Perplexity', 2),
      ...bins.flatMap((group, bin) => columnsOf(`distance${bin}`, `Right, ${group}`, 3)),
      ...columnsOf('attractors', 'Right, 2+ attractors', 3),
      { key: 'counts', title: 'Counts to', digits: 0, description: 'median over the seeds of the network below' },
      { key: 'counter', title: 'Counting network' },
      { key: 'converged', title: 'Converged', digits: 0, description: 'of its seeds' },
      { key: 'counterSeeds', title: 'Its seeds', digits: 0 },
      ...columnsOf('gradient', 'Gradient at 50', 2, 'log10'),
      { key: 'speed', title: 'Speed', unit: 'tokens/s', digits: 0 },
    ],
    rows: rows.map((row): Row => ({
      model: row.model,
      variant: row.variant,
      matched: row.matched,
      units: row.units,
      parameters: row.parameters,
      seeds: row.seeds,
      ...valuesOf('perplexity', row.perplexity),
      ...Object.assign({}, ...bins.map((_, bin) => valuesOf(`distance${bin}`, row.byDistance[bin]?.accuracy ?? null))),
      ...valuesOf('attractors', row.attractors),
      counts: row.counts?.horizon ?? null,
      counter: row.counts?.model ?? null,
      converged: row.counts?.converged ?? null,
      counterSeeds: row.counts?.seeds ?? null,
      ...valuesOf('gradient', row.gradient),
      speed: row.speed,
    })),
  }
}

function columnsOf(key: string, title: string, digits: number, unit?: string) {
  const own = unit === undefined ? { digits } : { digits, unit }
  return [
    { key, title, ...own }, { key: `${key}Low`, title: '95 % low', ...own, description: 'over seeds' }, { key: `${key}High`, title: '95 % high', ...own },
  ]
}

function valuesOf(key: string, estimate: OverSeeds | null): Row {
  return { [key]: estimate?.value ?? null, [`${key}Low`]: estimate?.low ?? null, [`${key}High`]: estimate?.high ?? null }
}
