// What a layout is: how the tensors of some program are named, cut into gates and turned. It finds the parts of a model in
// a file; convert.ts makes weights of them.

import type { Cell } from '../../config.ts'
import type { StoredTensor } from '../stored-tensor.ts'
import type { TensorSet } from '../tensor-set.ts'

export interface LayoutOptions {
  /** part → tensor or module, where the names do not say it: `embedding`, `decoder`, `decoderBias`, `layers`, `0` to `3` */
  readonly map: ReadonlyMap<string, string>
  /** tensors that are no part of the model */
  readonly ignore: readonly string[]
  /** of an RNN: a state dict does not say it */
  readonly activation?: 'tanh' | 'relu'
}

export interface Layout {
  readonly name: string
  /** whose models have it */
  readonly about: string
  fits(set: TensorSet): boolean
  /** @throws UserError where a part is missing, or one is there that no model here has */
  find(set: TensorSet, options: LayoutOptions): Parts
}

/** A gate of ours: which of theirs it is, and −1 where it is that one's complement. */
export interface GateSource {
  readonly from: number
  readonly sign: 1 | -1
}

/** A weight matrix as it lies in the file. */
export interface Matrix {
  readonly tensor: StoredTensor
  /** `rows`: a row a gate unit, as PyTorch has it; `columns`: a column a gate unit, as TensorFlow has it */
  readonly gates: 'rows' | 'columns'
  /** of `columns`: the rows that belong to it */
  readonly from?: number
  readonly inputs: number
}

export interface LayerParts {
  readonly kernel: Matrix
  readonly recurrentKernel: Matrix
  /** added where there are two */
  readonly biases: readonly StoredTensor[]
}

/** A model in a file. */
export interface Parts {
  readonly cell: Cell
  readonly units: number
  readonly activation: 'tanh' | 'relu'
  /** our gates, in our order */
  readonly gates: readonly GateSource[]
  /** added to the bias of the forget gate */
  readonly forgetBias: number
  readonly layers: readonly LayerParts[]
  /** [vocabulary, embedding]; null: inputs are one-hot vectors */
  readonly embedding: StoredTensor | null
  /** `rows`: [vocabulary, units]; `columns`: [units, vocabulary] */
  readonly decoder: { readonly tensor: StoredTensor; readonly tokens: 'rows' | 'columns' }
  readonly decoderBias: StoredTensor | null
  /** trained state before the first token, [layers, 1, units] each; null: zeros */
  readonly initial: { readonly hidden: StoredTensor; readonly cell: StoredTensor | null } | null
  /** what a user should know of how it was read */
  readonly notes: readonly string[]
}
