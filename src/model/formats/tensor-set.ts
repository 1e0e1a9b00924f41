// What every file of weights comes to, whatever program wrote it: tensors by name, and what else the file knows.

import type { StoredTensor } from './stored-tensor.ts'

export interface TensorSet {
  /** of the file, as a sentence names it */
  readonly file: string
  /** in the order of the file, by names such as `rnn.weight_ih_l0` */
  readonly tensors: ReadonlyMap<string, StoredTensor>
  /** what whole modules say of themselves, by the module's name: `rnn` → `RNN_RELU` */
  readonly modes: ReadonlyMap<string, string>
}
