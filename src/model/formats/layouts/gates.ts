// How PyTorch and TensorFlow order the gates of a cell. The table of ../README.md in code, for both ways.

import type { Cell } from '../../config.ts'
import type { GateSource } from './layout.ts'

const as = (...order: number[]): GateSource[] => order.map((from) => ({ from, sign: 1 }))

/**
 * Our gates as gates of PyTorch. LSTM: i f g o on both sides. GRU: PyTorch has r z n and keeps z of the old state, where
 * our u takes in u of the new one: u = 1 − z = σ(−a), so its weights change their sign.
 */
export const PYTORCH_GATES = {
  lstm: as(0, 1, 2, 3),
  gru: [{ from: 1, sign: -1 }, { from: 0, sign: 1 }, { from: 2, sign: 1 }],
  rnn: as(0),
} as const satisfies Record<Cell, readonly GateSource[]>

/** Our i f g o as gates of TensorFlow's BasicLSTMCell, which has i j f o. */
export const TENSORFLOW_GATES = as(0, 2, 1, 3)
