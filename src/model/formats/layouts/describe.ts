// Sentences about what a file holds and what is missing, which every layout uses.

import { UserError, type Problem } from '../../../core/errors.ts'
import type { StoredTensor } from '../stored-tensor.ts'
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
  const left = [...set.tensors.keys()].filter((name) => !used.has(name) && !ignore.includes(name))
  if (left.length === 0) return
  const what = left.length === 1 ? `${left[0]} belongs` : `${left.slice(0, 8).join(', ')} belong`
  throw cannotRead(set, `${what} to no part of a model here. If the model does without, say --ignore ${left[0]}.`)
}
