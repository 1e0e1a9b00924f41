// What the three cells have in common: the tensors of one layer, and who looks at each value the moment it is computed.

import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { Quantity } from '../../model/sites.ts'

/** The weights of one layer, in the shapes of model/weights.ts; `recurrentBias` only in a GRU with reset after. */
export type LayerWeights = Readonly<Record<'kernel' | 'recurrentKernel' | 'bias' | 'recurrentBias', Tensor>>

/** `hidden` and, in an LSTM, `cell`, each [rows, units]. */
export type LayerState = Readonly<Record<string, Tensor2D>>

/** Called with a value as soon as it is computed; records and edits it, and returns what everything downstream sees. */
export type See = (quantity: Quantity, value: Tensor2D) => Tensor2D
