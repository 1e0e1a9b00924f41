// Sentences about what a file holds and what is missing, which every layout uses.

import { UserError, type Problem } from '../../../core/errors.ts'
import { sizeOf, type StoredTensor } from '../stored-tensor.ts'
import type { TensorSet } from '../tensor-set.ts'
import type { LayoutOptions } from './layout.ts'

const MOST_LISTED = 40

/** A mistake about a file of weights, with the list of what it holds. */
export function cannotRead({ file, tensors }: TensorSet, message: string): UserError {
  const all = [...tensors].map(([name, { shape }]): Problem => ({ path: name, message: shapeText(shape) }))
  const problems = all.slice(0, MOST_LISTED)
  if (all.length > MOST_LISTED) problems.push({ path: '', message: `and ${all.length - MOST_LISTED} more.` })
  return new UserError(`${file}: ${message} It holds:`, { problems })
}

export function shapeText(shape: readonly number[]): string {
  if (shape.length > 8) return `an array of ${shape.length} axes`
  return shape.length === 0 ? 'a single number' : `[${shape.join(', ')}]`
}

/** The tensor that a user means: by its own name, or by that of its module. */
export function tensorNamed(set: TensorSet, name: string, ...suffixes: readonly string[]): string | undefined {
  return [name, ...suffixes.map((suffix) => `${name}.${suffix}`)].find((each) => set.tensors.has(each))
}

/** @throws UserError where it has another shape */
export function requireShape(set: TensorSet, name: string, shape: readonly number[]): StoredTensor {
  const tensor = set.tensors.get(name)
  if (!tensor) throw cannotRead(set, `the tensor ${name} is missing.`)
  if (tensor.shape.join() === shape.join()) return tensor
  throw cannotRead(set, `the tensor ${name} should be ${shapeText(shape)} and is ${shapeText(tensor.shape)}.`)
}

/** A tensor that is left over may be a layer that the model here would lack. */
export function requireNothingElse(set: TensorSet, used: ReadonlySet<string>, { ignore }: Pick<LayoutOptions, 'ignore'>): void {
  const left = [...set.tensors].filter(([name]) => !used.has(name) && !ignore.includes(name))
  if (left.length === 0) return
  const names = left.map(([name]) => name)
  const what = names.length === 1 ? `${names[0]} belongs` : `${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''} belong`
  const isOfTraining = left.every(([name, { shape }]) => sizeOf(shape) <= 1 || /criterion|loss|optim/i.test(name))
  const flags = names.slice(0, 8).map((name) => `--ignore ${name}`).join(' ')
  const advice = isOfTraining
    ? `If the model does without: ${flags}.`
    : 'Without it the model would be another one. (--ignore NAME passes over a tensor that takes no part in what the model computes.)'
  throw cannotRead(set, `${what} to no part of a model here. ${advice}`)
}

/** @throws UserError where it is missing or no matrix */
export function requireMatrix(set: TensorSet, name: string): StoredTensor {
  const tensor = set.tensors.get(name)
  if (tensor?.shape.length === 2 && tensor.shape.every((extent) => extent > 0)) return tensor
  throw cannotRead(set, tensor ? `${name} is ${shapeText(tensor.shape)} and should be a matrix.` : `the tensor ${name} is missing.`)
}
