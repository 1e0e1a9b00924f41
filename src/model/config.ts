// What a model is made of. Three cells share one description; keys that only one cell has stand in its own branch, so an
// impossible combination does not type-check.

/** How one weight matrix starts. `uniform`: U(±1/√n), n the embedding dimension for the embedding (the lecture's rule) and
 *  the number of units otherwise; a number r: U(±r); `orthogonal`: a random orthonormal basis for each gate. */
export type Initialization = 'uniform' | 'orthogonal' | 'zeros' | number

interface CommonConfig {
  /** number of stacked layers, 1 to 4 */
  readonly layers: number
  /** units of each layer */
  readonly units: number
  /** dimension of the token embedding */
  readonly embedding: number
  /** number of tokens of the vocabulary */
  readonly vocabulary: number
  /** number of tags, where the decoder says a tag of each token that is read; else it says the next token */
  readonly tags?: number
  /** each layer reads the sequence from both ends, and whatever stands above it reads both directions side by side
   *  (Schuster & Paliwal 1997; PyTorch's `bidirectional`); false by default */
  readonly bidirectional?: boolean
  /** the decoder uses the embedding matrix (Press & Wolf 2017); needs `embedding` as wide as what the decoder reads, and
   *  no tags */
  readonly tied: boolean
  /** probability that a value is dropped in training: embedding, between layers, before the decoder (Zaremba et al. 2014) */
  readonly dropout: number
  /** state before the first token: zeros, or a trained vector for each layer */
  readonly initialState: 'zeros' | 'trained'
  readonly initialization: {
    readonly embedding: Initialization
    readonly kernel: Initialization
    readonly recurrentKernel: Initialization
    readonly decoder: Initialization
  }
}

/** Hochreiter & Schmidhuber 1997 with the forget gate of Gers et al. 2000, no peepholes; gates in the order i f g o. */
export interface LstmConfig extends CommonConfig {
  readonly cell: 'lstm'
  /** start of the forget gate's bias; the other biases start at 0 */
  readonly forgetBias: number
}

/** Cho et al. 2014 in the convention of Chung et al. 2014: h' = u ⊙ candidate + (1 − u) ⊙ h (PyTorch's z is 1 − u). */
export interface GruConfig extends CommonConfig {
  readonly cell: 'gru'
  /** the reset gate acts on h before the recurrent product, U(r ⊙ h), or after it, r ⊙ (U h + b) as in cuDNN and PyTorch */
  readonly reset: 'before' | 'after'
}

/** Elman 1990. */
export interface RnnConfig extends CommonConfig {
  readonly cell: 'rnn'
  readonly activation: 'tanh' | 'relu'
}

export type ModelConfig = LstmConfig | GruConfig | RnnConfig
export type Cell = ModelConfig['cell']

export const CELLS = ['lstm', 'gru', 'rnn'] as const satisfies readonly Cell[]
export const MOST_LAYERS = 4
/** of a layer, or of an embedding */
export const MOST_UNITS = 65536

/** Gates, with the candidate, in the order of the columns of `kernel` and `recurrentKernel`. */
export const GATES = {
  lstm: ['input', 'forget', 'candidate', 'output'],
  gru: ['update', 'reset', 'candidate'],
  rnn: ['hidden'],
} as const satisfies Record<Cell, readonly string[]>

export const DEFAULT_INITIALIZATION: ModelConfig['initialization'] = {
  embedding: 'uniform',
  kernel: 'uniform',
  recurrentKernel: 'uniform',
  decoder: 'uniform',
}

/** The cell with what else it can be, for people: `GRU, reset after`. */
export function variantOf(config: ModelConfig): string {
  const both = config.bidirectional ? 'bidirectional ' : ''
  if (config.cell === 'gru') return `${both}GRU, reset ${config.reset}`
  return `${both}${config.cell === 'lstm' ? 'LSTM' : config.activation === 'tanh' ? 'RNN' : 'relu RNN'}`
}

/** Width of the input of a layer. */
export function inputWidth(config: ModelConfig, layer: number): number {
  return layer === 0 ? config.embedding : outputWidth(config)
}

/** Width of what a layer hands upward, to the next layer or to the decoder. */
export function outputWidth(config: ModelConfig): number {
  return config.bidirectional ? 2 * config.units : config.units
}

/** Number of the decoder's answers: tags, or tokens. */
export function outputsOf(config: ModelConfig): number {
  return config.tags ?? config.vocabulary
}
