// A model of another program: a file of weights and a vocabulary become a model here. The table of what is turned into
// what stands in README.md beside this file.

import { UserError } from '../../core/errors.ts'
import type { Vocabulary } from '../../data/vocabulary.ts'
import type { Model } from '../model.ts'
import { convert } from './layouts/convert.ts'
import { layoutOf } from './layouts/layouts.ts'
import type { LayoutOptions } from './layouts/layout.ts'
import { withTensors } from './open-tensors.ts'
import { isOwnModel, safetensors } from './safetensors.ts'
import type { TensorSet } from './tensor-set.ts'

export interface ImportOptions extends LayoutOptions {
  /** one of LAYOUTS; the one that fits by default */
  readonly layout?: string
}

export interface Imported {
  readonly model: Model
  readonly layout: string
  /** what a user should know of how it was read */
  readonly notes: readonly string[]
}

/**
 * @param path a model of this toolkit, which holds its vocabulary; PyTorch's .pt, .pth or .pkl, .safetensors, .npz, or a JSON list of raw variables
 * @throws UserError where the file is damaged, holds what is no model here, or does not fit the vocabulary
 */
export function importModel(
  path: string,
  vocabulary: Vocabulary | null,
  { layout: name, ...options }: ImportOptions,
): Imported {
  if (isOwnModel(path)) return { model: safetensors.read(path), layout: OWN, notes: [] }
  return withTensors(path, (given) => {
    const set = withoutWrapper(given)
    const layout = layoutOf(set, name, options.map.size > 0)
    const parts = layout.find(set, options)
    if (vocabulary === null) {
      throw new UserError(`${set.file} does not hold its tokens. Give them with --vocabulary FILE, in the order of their ids.`)
    }
    const tokens = parts.decoder.tensor.shape[parts.decoder.tokens === 'rows' ? 0 : 1]
    if (tokens !== vocabulary.tokens.length) {
      throw new UserError(
        `${set.file} has a vocabulary of ${tokens} tokens, and the one that was given has ${vocabulary.tokens.length}. ` +
          'Give the one that it was trained with, in its order.',
      )
    }
    return { model: { ...convert(parts, set.file), vocabulary }, layout: layout.name, notes: parts.notes }
  })
}

/** The layout of this toolkit's own files. */
const OWN = 'rnn-probe'

const WRAPPER = 'module.'

/** Without the name that nn.DataParallel puts before every other. */
function withoutWrapper({ tensors, modes, ...rest }: TensorSet): TensorSet {
  if (![...tensors.keys()].every((name) => name.startsWith(WRAPPER))) return { tensors, modes, ...rest }
  const short = <T>(named: ReadonlyMap<string, T>) => new Map([...named].map(([name, value]) => [name.replace(WRAPPER, ''), value]))
  return { tensors: short(tensors), modes: short(modes), ...rest }
}
