// Does the network keep how deep in phrases it is, and in which units?

import type { Row } from '../../core/rows.ts'
import { groupsChart } from '../charts/ablation-kinds.ts'
import { depthFitsChart, depthTraceChart, depthUnitsChart } from '../charts/syntax.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { groupBy } from '../../core/rows.ts'
import { tablesOf } from '../tables.ts'
import type { OfSubject } from '../verdicts/rules.ts'
import { describeLinks, judgeDepth, judgeSyntaxRemoval, judgeSyntaxUnits } from '../verdicts/syntax.ts'
import { bySubject, drawnSubjects, mostTelling, resultsOf, subjectName, subjectTitle } from './select.ts'

export const syntax: SectionBuilder = {
  name: 'syntax',
  build(input) {
    const results = resultsOf(input, 'syntax-units').filter(({ fits }) => fits.length > 0)
    if (results.length === 0) return null
    const fits = results.flatMap((result) => result.fits)
    const units = results.flatMap((result) => result.units)
    const links = results.flatMap((result) => result.links)
    const linkSets = results.flatMap((result) => result.linkSets)
    const traces = standingFirst(results.flatMap((result) => result.traces))
    const removals = resultsOf(input, 'ablation-kinds').filter(({ kind }) => kind === 'syntax')
    const groups = removals.flatMap((result) => result.groups)
    const models = input.models.length
    const [answer, ...remarks] = [
      ...judgeDepth(fits, models), ...judgeSyntaxUnits(fits, units, links, linkSets, models), ...describeLinks(linkSets),
      ...(removals.length === 0 ? [] : judgeSyntaxRemoval(fits, groups, models)),
    ]
    return {
      name: 'syntax',
      title: 'Syntax units',
      question: 'Does the network keep how deep in phrases it is, and in which units?',
      answer,
      remarks,
      blocks: [
        {
          kind: 'charts',
          caption: 'A dot a seed. Blue: all units; orange: the same units before training; grey: the word’s frequency and place alone.',
          charts: [depthFitsChart(fits, 'fits')],
        },
        ...drawnSubjects(standingFirst(units)).map((own): Block => ({
          kind: 'charts',
          caption: `The weight of every unit (${subjectTitle(own[0])}), those that stand out stably blue.`,
          charts: [depthUnitsChart(own, `${subjectName(own[0])}-weights`)],
        })),
        ...drawnSubjects(traces).flatMap((own) => [...groupBy(own, ({ unit, sentence }) => `${unit} ${sentence}`).values()]).map((own): Block => ({
          kind: 'charts',
          caption:
            `What ${own[0].isSyntaxUnit ? 'a syntax unit' : 'the unit whose weight lies farthest out'} remembers (${subjectTitle(own[0])}), blue, in the held-out ` +
            'sentence with most nodes open at once, or the one next to it; grey bars, on the right: open nodes behind each word.',
          charts: [depthTraceChart(own, `${subjectName(own[0])}-${own[0].unit.replaceAll('.', '-')}-${own[0].sentence}`)],
        })),
        ...drawnSubjects(groups).map((own): Block => ({
          kind: 'charts',
          caption:
            `${own[0].group} (${subjectTitle(own[0])}): blue, with 95 % intervals; the grey tick is the intact model, the grey band goes ` +
            'from the median of groups like it to the most telling 5 %.',
          charts: [...groupBy(own, ({ what }) => what)].map(([what, rows]) => groupsChart(rows, `${subjectName(own[0])}-${what}`)),
        })),
        ...tablesOf([...results, ...removals]).map((table) => ({ kind: 'table', table, shown: mostTelling(table, weightOf) } as const)),
      ],
      method:
        'Held-out sentences of the grammar, of every place and depth as many words. The number of constituents that have begun and ' +
        'are not complete is regressed (ridge) on all units with the word’s frequency and place; the penalty is chosen by ' +
        'cross-validation within the sentences that are fitted to, R² is of others, and its interval resamples sentences. A unit is ' +
        'a syntax unit where its standardised weight lies three standard deviations above the mean of all, and does so in 80 % of ' +
        'bootstraps over sentences. What it sends to a gate is its weight times its largest value, beside all units of its layer.',
    }
  },
}

/** Rows of seeds with a syntax unit before all others: of many seeds the first is drawn. */
function standingFirst<R extends OfSubject & { readonly isSyntaxUnit: boolean }>(rows: readonly R[]): R[] {
  const seeds = bySubject(rows)
  const stands = (own: readonly R[]) => own.some(({ isSyntaxUnit }) => isSyntaxUnit)
  return [...seeds.filter(stands), ...seeds.filter((own) => !stands(own))].flat()
}

function weightOf({ r2, outlying, meanZ, openNodes, z, marginDrop, change }: Row): number {
  return Number(r2 ?? outlying ?? meanZ ?? openNodes ?? (z === undefined ? undefined : Math.abs(Number(z))) ?? marginDrop ?? change)
}
