// The fixed list of what a file of PyTorch may name. None of it is ever called: a tensor is rebuilt here, of everything
// else there is a note at most.

const named = (module: string, names: readonly string[]): string[] => names.map((name) => `${module}.${name}`)

/** Functions and classes that stand for tensors, containers, numbers and settings. */
const PLAIN = [
  ...named('collections', ['OrderedDict', 'defaultdict', 'Counter', 'deque']), 'copyreg._reconstructor', '_codecs.encode',
  'argparse.Namespace', 'types.SimpleNamespace', ...named('pathlib', ['Path', 'PosixPath', 'WindowsPath', 'PurePosixPath', 'PureWindowsPath']),
  ...named('datetime', ['datetime', 'date', 'time', 'timedelta']),
  ...named('builtins', ['object', 'set', 'frozenset', 'list', 'dict', 'tuple', 'int', 'float', 'bool', 'str', 'bytearray']),
  ...named('torch._utils', ['_rebuild_tensor', '_rebuild_tensor_v2', '_rebuild_parameter', '_rebuild_parameter_with_state']),
  ...named('torch', ['Size', 'device', 'dtype', 'float16', 'bfloat16', 'float32', 'float64', 'int64', 'int32', 'bool']),
  'torch.nn.parameter.Parameter', 'torch.nn.backends.thnn._get_thnn_function_backend',
  ...['numpy.core', 'numpy._core'].flatMap((core) => named(`${core}.multiarray`, ['scalar', '_reconstruct'])),
  ...named('numpy', ['dtype', 'ndarray', 'float64', 'float32', 'int64']),
]

/** Modules whose weights this toolkit understands, and those that have none. */
const MODULES = named('torch.nn.modules', [
  'module.Module', 'rnn.LSTM', 'rnn.GRU', 'rnn.RNN', 'rnn.RNNBase', 'sparse.Embedding', 'linear.Linear', 'dropout.Dropout',
  'container.Sequential', 'container.ModuleList', 'container.ModuleDict', 'activation.LogSoftmax', 'activation.Softmax',
  'loss.CrossEntropyLoss', 'loss.NLLLoss',
])

/** Whole models that others publish: PyTorch's example word_language_model, and Gulordava et al. 2018 after it. */
const MODELS = ['model.RNNModel']

const STORAGES = {
  FloatStorage: 'float32',
  DoubleStorage: 'float64',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'uint8',
} as const

const STORAGE_CLASSES = ['torch', 'torch.cuda'].flatMap((module) => named(module, Object.keys(STORAGES)))

const KNOWN: ReadonlySet<string> = new Set([...PLAIN, ...MODULES, ...MODELS, ...STORAGE_CLASSES])

export function isKnownClass(name: string): boolean {
  return KNOWN.has(name)
}

/** Whether it has parts with weights of their own. */
export function isModule(name: string): boolean {
  return MODULES.includes(name) || MODELS.includes(name)
}

/** The type of the numbers of a storage class, or null for another class. */
export function storageType(name: string): (typeof STORAGES)[keyof typeof STORAGES] | null {
  const [, last = ''] = /^torch\.(?:cuda\.)?(\w+)$/.exec(name) ?? []
  return Object.hasOwn(STORAGES, last) ? STORAGES[last as keyof typeof STORAGES] : null
}
