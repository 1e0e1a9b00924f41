// Ridge regression whose penalty is chosen within the sentences that it is fitted to, and which is judged on others: nested
// cross-validation by sentence. Columns are standardised on what they are fitted to, so that nothing leaks.

import { pick } from '../../core/matrix.ts'
import { fitRidge, project } from '../../core/ridge.ts'
import { mean } from '../../core/statistics/moments.ts'

/** Beside a mean squared error of standardised columns. */
export const PENALTIES = [1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100]

const FOLDS = 5

export interface CrossValidated {
  /** of every item by the fit that did not see its sentence */
  readonly predicted: Float64Array
  /** what the mean of the labels fitted to would have predicted */
  readonly baseline: Float64Array
  /** median over the outer folds */
  readonly penalty: number
}

/** @param fold of each item, from 0: items of a sentence share theirs */
export function crossValidate(columns: readonly Float64Array[], labels: Float64Array, fold: Int32Array): CrossValidated {
  const predicted = new Float64Array(labels.length)
  const baseline = new Float64Array(labels.length)
  const chosen: number[] = []
  for (let outer = 0; outer < FOLDS; outer++) {
    const inside = indices(fold, (own) => own % FOLDS !== outer)
    const outside = indices(fold, (own) => own % FOLDS === outer)
    const penalty = choosePenalty(columns, labels, fold, inside)
    chosen.push(penalty)
    const [fit] = fitRidge(columns.map((column) => pick(column, inside)), pick(labels, inside), [penalty])
    const own = project(columns.map((column) => pick(column, outside)), fit.weights)
    const average = mean(pick(labels, inside))
    outside.forEach((item, place) => {
      predicted[item] = own[place] + fit.intercept
      baseline[item] = average
    })
  }
  return { predicted, baseline, penalty: chosen.sort((a, b) => a - b)[FOLDS >> 1] }
}

/** Which of the inner folds an item is in does not follow from its outer one. */
function choosePenalty(columns: readonly Float64Array[], labels: Float64Array, fold: Int32Array, inside: Int32Array): number {
  const errors = PENALTIES.map(() => 0)
  for (let inner = 0; inner < FOLDS; inner++) {
    const isInner = (item: number) => Math.floor(fold[item] / FOLDS) % FOLDS === inner
    const [fitted, judged] = [inside.filter((item) => !isInner(item)), inside.filter(isInner)]
    if (fitted.length < 2 || judged.length === 0) continue
    const truth = pick(labels, judged)
    const rows = columns.map((column) => pick(column, judged))
    fitRidge(columns.map((column) => pick(column, fitted)), pick(labels, fitted), PENALTIES).forEach((fit, index) => {
      const predicted = project(rows, fit.weights)
      truth.forEach((value, item) => {
        errors[index] += (value - predicted[item] - fit.intercept) ** 2
      })
    })
  }
  return PENALTIES[errors.indexOf(Math.min(...errors))]
}

function indices(fold: Int32Array, holds: (fold: number) => boolean): Int32Array {
  return Int32Array.from(fold.keys()).filter((item) => holds(fold[item]))
}
