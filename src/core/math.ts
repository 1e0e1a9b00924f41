// Elementary functions that give the same bits everywhere. JavaScript leaves the last bits of Math.exp, Math.log and
// Math.tanh to the engine; numbers that reach results use these. Algorithms: FDLIBM (Sun Microsystems 1993), error below
// one unit in the last place for exp and log. Only + - * / and Math.sqrt, which IEEE 754 rounds exactly.

const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10
const LN2 = 0.6931471805599453
const LN10 = 2.302585092994046

const float = new Float64Array(1)
const words = new Int32Array(float.buffer) // little-endian, as every platform of Node
const HIGH = 1

/** 2^k for an integer k from −1022 to 1023. */
function powerOfTwo(k: number): number {
  words[0] = 0
  words[HIGH] = (k + 1023) << 20
  return float[0]
}

/** e^x. */
export function exp(x: number): number {
  if (!(x <= 709.78271289338397)) return x > 0 ? Infinity : x // NaN stays NaN
  if (x < -745.13321910194110) return 0
  const k = Math.round(x / LN2)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const t = r * r
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t * (6.61375632143793436117e-5 + t * (-1.65339022054652515390e-6 + t * 4.13813679705723846039e-8))))
  const y = 1 - (low - (r * c) / (2 - c) - high)
  return k < -1021 ? y * powerOfTwo(k + 60) * powerOfTwo(-60) : k > 1023 ? y * 2 * powerOfTwo(1023) : y * powerOfTwo(k)
}

/** The natural logarithm. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  let k = 0
  if (x < 2.2250738585072014e-308) {
    k = -54
    x *= 18014398509481984 // 2^54: out of the subnormal numbers
  }
  float[0] = x
  k += (words[HIGH] >> 20) - 1023
  words[HIGH] = (words[HIGH] & 0xfffff) | 0x3ff00000
  let mantissa = float[0]
  if (mantissa > 1.4142135623730951) {
    mantissa /= 2
    k += 1
  }
  const f = mantissa - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
  const odd =
    z *
    (6.666666666666735130e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
  const half = 0.5 * f * f
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f)
}

/** The logarithm to base 2: nats to bits is a division by ln 2. */
export function log2(x: number): number {
  return log(x) / LN2
}

/** The logarithm to base 10. */
export function log10(x: number): number {
  return log(x) / LN10
}

/** tanh(x): a continued fraction (Lambert 1768) near zero, exponentials elsewhere. */
export function tanh(x: number): number {
  const size = Math.abs(x)
  if (size > 22) return Math.sign(x)
  if (size > 0.55 || x !== x) return Math.sign(x) * (1 - 2 / (exp(2 * size) + 1))
  const square = x * x
  let denominator = 17
  for (let odd = 15; odd >= 1; odd -= 2) denominator = odd + square / denominator
  return x / denominator
}

/** 1 / (1 + e^−x). */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x))
  const e = exp(x)
  return e / (1 + e)
}

/** log Σ e^x, without overflow. */
export function logSumExp(values: ArrayLike<number>): number {
  let largest = -Infinity
  for (let index = 0; index < values.length; index++) if (values[index] > largest) largest = values[index]
  if (largest === -Infinity) return largest
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += exp(values[index] - largest)
  return largest + log(sum)
}
