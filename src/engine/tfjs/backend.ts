// Which arithmetic TensorFlow.js uses: TensorFlow's own binary where the optional package tfjs-node could download it,
// plain JavaScript elsewhere. Production mode keeps its greeting back; the setting is left as it was found.

import * as tf from '@tensorflow/tfjs'

export type Backend = 'tensorflow' | 'cpu'

/** Sets the backend of this process. */
export async function setBackend(): Promise<Backend> {
  const production = tf.env().getBool('PROD')
  tf.env().set('PROD', true)
  try {
    if (await hasTensorflow()) return 'tensorflow'
    await tf.setBackend('cpu')
    works() // the greeting comes with the first tensor
    return 'cpu'
  } finally {
    tf.env().set('PROD', production)
  }
}

/** True where tfjs-node loads and computes: it installs without its binary, and loads where Node is too new for it. */
async function hasTensorflow(): Promise<boolean> {
  const optional: string = 'tfjs-node' // not a literal: the compiler would insist on the package
  try {
    await import(optional)
    return (await tf.setBackend('tensorflow')) && works()
  } catch {
    return false
  }
}

function works(): boolean {
  return tf.tidy(() => tf.tensor2d([[2]]).matMul(tf.tensor2d([[3]])).dataSync()[0] === 6)
}
