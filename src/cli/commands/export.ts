// probe export MODEL: the weights for PyTorch and other programs, with the vocabulary beside them.

import type { CommandModule } from 'yargs'
import { basename, extname } from 'node:path'
import { displayPath, writeFileAtomic } from '../../core/files.ts'
import { openModel } from '../../experiment/find.ts'
import { EXPORT_FORMATS, exportModel, type ExportFormat } from '../../model/formats/export.ts'
import { MODEL, STORE_OPTION } from '../options.ts'
import { print } from '../print.ts'

interface ExportArguments {
  model: string
  format: ExportFormat
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
        describe: 'A state dict as torch.save writes it, or the same tensors in another container',
        choices: FORMATS, default: 'pytorch' as const,
      })
      .option('out', { describe: 'The file; by default the name of the model, here', type: 'string', requiresArg: true })
      .option('store', STORE_OPTION)
      .example('probe export agreement/lstm', 'module.load_state_dict(torch.load("lstm.pt"))')
      .example('probe export agreement/lstm/2 --format safetensors --out seed2.safetensors', 'a seed'),
  handler: ({ model: name, format, out, store }) => {
    const model = openModel(name, store)
    const { extension } = EXPORT_FORMATS[format]
    const path = out ?? `${name.replace(/\/\d+$/, (seed) => seed.replace('/', '-')).split('/').at(-1)}${extension}`
    exportModel(path, model, format)
    const tokens = `${path.slice(0, path.length - extname(path).length)}.vocabulary.json`
    writeFileAtomic(tokens, `${JSON.stringify(model.vocabulary.tokens)}\n`)
    print(`${displayPath(path)}: the tensors encoder, rnn and decoder in PyTorch's conventions.`)
    print(`${basename(tokens)}: its tokens, in the order of their ids.`)
  },
}
