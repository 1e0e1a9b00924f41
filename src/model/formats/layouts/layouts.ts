// The layouts that can be read. Another one is one file that exports a Layout and one line in the list.

import { notOneOf, UserError } from '../../../core/errors.ts'
import type { TensorSet } from '../tensor-set.ts'
import { cannotRead } from './describe.ts'
import type { Layout } from './layout.ts'
import { gulordava, pytorch } from './pytorch.ts'
import { tensorflow } from './tensorflow.ts'

export const LAYOUTS: readonly Layout[] = [pytorch, gulordava, tensorflow]

/**
 * The layout of this name, or the first that fits the file.
 * @throws UserError where there is none, with what the file holds
 */
export function layoutOf(set: TensorSet, name: string | undefined, isMapped: boolean): Layout {
  const names = LAYOUTS.map((layout) => layout.name)
  const found = name === undefined ? LAYOUTS.find((layout) => layout.fits(set)) : LAYOUTS.find((layout) => layout.name === name)
  if (found) return found
  if (name !== undefined) throw new UserError(notOneOf(name, 'layout', 'layouts', names), { exitCode: 2 })
  if (isMapped) return pytorch
  throw cannotRead(
    set,
    `its layout is not known: no tensor is called …weight_ih_l0, as those of PyTorch's recurrent modules, nor …cell_0…kernel, ` +
      'as those of TensorFlow. Say which part is which with --map layers=MODULE, --map embedding=NAME, --map decoder=NAME.',
  )
}
