// The toolkit's own model file: one .safetensors file that other programs open too. F32 tensors under the names and shapes of
// model/weights.ts; config and vocabulary as JSON in the header's `__metadata__`.

import type { ModelFormat } from './formats.ts'

export const safetensors: ModelFormat = {
  name: 'safetensors',
  extension: '.safetensors',
  read: (path) => { throw new Error(`not written yet ${path}`) },
  write: (path) => { throw new Error(`not written yet ${path}`) },
}
