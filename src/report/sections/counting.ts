// How far do networks count, and which words do they accept?

import type { AcceptanceRow, RuleRow } from '../../analysis/results.ts'
import { groupBy, type Row } from '../../core/rows.ts'
import { acceptanceChart } from '../charts/acceptance.ts'
import { horizonChart } from '../charts/horizons.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { horizonsOf } from '../horizons.ts'
import { withSuperscripts } from '../superscripts.ts'
import { tablesOf } from '../tables.ts'
import { judgeControls } from '../verdicts/controls.ts'
import { judgeCounting } from '../verdicts/counting.ts'
import { describeCounting, ruleText } from '../verdicts/horizon-text.ts'
import { kebab, resultsOf } from './select.ts'

export const counting: SectionBuilder = {
  name: 'counting',
  build(input) {
    const results = resultsOf(input, 'counting')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const counters = resultsOf(input, 'counters').flatMap((result) => result.rows)
    const [answer, ...remarks] = [
      ...judgeCounting(results), ...judgeControls(rows, counters), ...describeCounting(results),
    ]
    const models = horizonsOf(rows).filter(({ trained }) => trained)
    const languages = [...groupBy(models, ({ language }) => language).values()]
    return {
      name: 'counting',
      title: 'How far it counts',
      question: 'How far do the networks count, and beyond the lengths they were trained on?',
      answer,
      remarks,
      blocks: [
        ...languages.map((ofLanguage, index): Block => ({
          kind: 'charts',
          caption: index > 0 ? `The same on ${withSuperscripts(ofLanguage[0].language)}.` : HORIZONS,
          charts: [horizonChart(ofLanguage, kebab(`horizons-${ofLanguage[0].language}`))],
        })),
        ...acceptanceBlocks(
          results.flatMap((result) => result.acceptance), results.flatMap((result) => result.rules),
        ),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, ...LOOKS[table.name] }) as const),
      ],
      method:
        'A word is right where, from the first letter of its second block to its end, the one symbol that the ' +
        'language allows has a probability above one half; the horizon stops at the first n that is not. Seeds are ' +
        'the unit of replication: shares have Wilson intervals, and two models are compared by the exact Wilcoxon ' +
        'signed-rank test over their seeds.',
    }
  },
}

const HORIZONS =
  'The horizon of every seed: the largest n up to which every word is right wherever the language determines the ' +
  'next symbol. Runs that did not converge are shown and counted. The bar is the median; grey marks are a 5-gram ' +
  'model, the same networks before training, and the one network of each cell in Weiss et al. (2018), from memory ' +
  'and judged there by the threshold rule.'

/** Tables that start open, or closed, whatever their length; the stretches of acceptance are for the CSV alone. */
const LOOKS: Readonly<Record<string, { readonly open?: boolean; readonly shown?: readonly Row[] }>> = {
  'counting-models': { open: true },
  counting: { open: false },
  'counting-comparisons': { open: false },
  'counting-rules': { open: false },
  'counting-acceptance': { shown: [] },
}

/** The first threshold of every model; the tables have all. */
function acceptanceBlocks(acceptance: readonly AcceptanceRow[], rules: readonly RuleRow[]): Block[] {
  return [...groupBy(acceptance, (row) => row.language).values()].map((ofLanguage, index) => {
    const { threshold, language } = ofLanguage[0]
    const models = groupBy(ofLanguage.filter((row) => row.threshold === threshold), (row) => row.model)
    const ruled = rules.filter((row) => row.language === language && row.threshold === threshold)
    const lead = index > 0
      ? `The same on ${withSuperscripts(language)}.`
      : `Which words are accepted by the paper’s rule, that every symbol and the end have p > ${threshold}: darker, ` +
        'by more seeds. d is by how many symbols the last block is too long. Only the row 0, in colour, is in the ' +
        'language; black is a mistake. The rule also measures how well the distribution of lengths was learned, so ' +
        'it is secondary.'
    return {
      kind: 'charts',
      small: true,
      caption: ruled.length > 0 ? `${lead} ${ruleText(ruled)}` : lead,
      charts: [...models].map(([model, own]) => acceptanceChart(own, kebab(`acceptance-${language}-${model}`))),
    }
  })
}
