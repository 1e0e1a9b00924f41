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
  /** Each layer reads the sequence from both ends; false by default. In a tagger whatever stands above a layer reads both
   *  directions side by side (Schuster & Paliwal 1997; PyTorch's `bidirectional`). In a language model, which must not see
   *  what it says, the directions are two language models, from either end, that share embedding and decoder (Peters et
   *  al. 2018): see halves.ts. */
  readonly bidirectional?: boolean
  /** what a layer reads is added to what it hands upward, from the second layer on, where both are as wide: a skip
   *  connection, as in ELMo (Peters et al. 2018); false by default */
  readonly skip?: boolean
  /** the decoder uses the embedding matrix (Press & Wolf 2017); needs `embedding` = `units`, and no tags */
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
  return config.bidirectional && !isPair(config) ? 2 * config.units : config.units
}

/** A language model says the next token, a tagger a tag of each; a pair is two language models, which read from either end. */
export type ModelKind = 'language model' | 'tagger' | 'pair'

export function kindOf({ tags, bidirectional }: Pick<ModelConfig, 'tags' | 'bidirectional'>): ModelKind {
  return tags !== undefined ? 'tagger' : bidirectional ? 'pair' : 'language model'
}

/** Two language models in one. */
export function isPair(config: ModelConfig): boolean {
  return kindOf(config) === 'pair'
}

/** Number of the decoder's answers: tags, or tokens. */
export function outputsOf(config: ModelConfig): number {
  return config.tags ?? config.vocabulary
}
