// probe export MODEL: the weights for PyTorch and other programs, with the vocabulary beside them.

import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import type { CommandModule } from 'yargs'
import { UserError } from '../../core/errors.ts'
import { displayPath, writeFileAtomic } from '../../core/files.ts'
import { openModel } from '../../experiment/find.ts'
import { outputsOf, outputWidth, type ModelConfig } from '../../model/config.ts'
import { EXPORT_FORMATS, exportModel, type ExportFormat } from '../../model/formats/export.ts'
import { layersOf } from '../../model/sites.ts'
import { MODEL, STORE_OPTION } from '../options.ts'
import { print } from '../print.ts'

interface ExportArguments {
  model: string
  format?: ExportFormat
  out?: string
  store?: string
}

const FORMATS = Object.keys(EXPORT_FORMATS) as ExportFormat[]

export const exportCommand: CommandModule<object, ExportArguments> = {
  command: 'export <model>',
  describe: 'Write the weights of a model for PyTorch, safetensors or NumPy',
  builder: (args) =>
    args
      .positional('model', MODEL)
      .option('format', {
        describe: 'A state dict as torch.save writes it, or the same tensors in another container; by the name of the file, else pytorch',
        choices: FORMATS,
      })
      .option('out', { describe: 'The file; by default the name of the model, here', type: 'string', requiresArg: true })
      .option('store', STORE_OPTION)
      .example('probe export agreement/lstm', 'module.load_state_dict(torch.load("lstm.pt"))')
      .example('probe export agreement/lstm/2 --format safetensors --out seed2.safetensors', 'a seed'),
  handler: ({ model: name, format: given, out, store }) => {
    const model = openModel(name, store)
    const format = given ?? FORMATS.find((each) => EXPORT_FORMATS[each].extension === extname(out ?? '')) ?? 'pytorch'
    const { extension } = EXPORT_FORMATS[format]
    if (out !== undefined && extname(out) !== extension) {
      throw new UserError(`--out ${out}: a file of the format ${format} is called …${extension}.`, { exitCode: 2 })
    }
    const path = out ?? `${name.replace(/\/(\d+)$/, '-$1').split('/').at(-1)}${extension}`
    const [tokens, tags] = ['vocabulary', 'tags'].map((what) => `${path.slice(0, -extension.length)}.${what}.json`)
    const beside = model.tags ? [tokens, tags] : [tokens]
    for (const file of out === undefined ? [path, ...beside] : beside) {
      if (existsSync(file)) throw new UserError(`${displayPath(file)} is there already. Give another name: --out FILE.`)
    }
    exportModel(path, model, format)
    writeFileAtomic(tokens, `${JSON.stringify(model.vocabulary.tokens)}\n`)
    print(`${displayPath(path)}: the tensors encoder, rnn and decoder of a module with`)
    for (const line of moduleOf(model.config)) print(`  ${line}`)
    print(`${displayPath(tokens)}: its tokens, in the order of their ids.`)
    if (!model.tags) return
    writeFileAtomic(tags, `${JSON.stringify(model.tags)}\n`)
    print(`${displayPath(tags)}: the tags that its decoder says, in their order.`)
  },
}

/** How PyTorch makes the parts. */
function moduleOf(config: ModelConfig): string[] {
  const { cell, layers, units, embedding, vocabulary } = config
  const directions = config.bidirectional ? ', bidirectional=True' : ''
  const activation = cell === 'rnn' && config.activation === 'relu' ? ', nonlinearity="relu"' : ''
  const [start, states] = [cell === 'lstm' ? 'h0 and c0' : 'h0', layersOf(config).length]
  return [
    `encoder = nn.Embedding(${vocabulary}, ${embedding})`,
    `rnn = nn.${cell.toUpperCase()}(${embedding}, ${units}, ${layers}${activation}${directions})`,
    `decoder = nn.Linear(${outputWidth(config)}, ${outputsOf(config)})${config.tied ? '  # with the weight of encoder' : ''}`,
    ...(config.initialState === 'trained' ? [`${start}: parameters [${states}, 1, ${units}], the state before a first token`] : []),
  ]
}
