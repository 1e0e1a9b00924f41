// Decoder and softmax cross-entropy, a few rows at a time: the matrix [tokens, vocabulary] never exists.
//   logits = y Dᵀ + b        loss = −log softmax(logits)[target]        ∂/∂logits = (softmax(logits) − onehot) · scale

#pragma once
#include "matrix.h"

namespace PROBE_ISA {

using probe::Memory;
using probe::Range;
using probe::Worker;

/** ln x for x >= 1, as in src/core/math.ts: the C library's last bits differ from machine to machine. */
inline double naturalLogarithm(double x) {
  uint64_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  int k = int(bits >> 52) - 1023;
  bits = (bits & 0xfffffffffffffull) | 0x3ff0000000000000ull;
  std::memcpy(&x, &bits, sizeof bits);
  double f = x - 1;
  if (f > 0.41421356237309505) {
    f = (f - 1) / 2;
    k++;
  }
  const double s = f / (2 + f), z = s * s, w = z * z, half = 0.5 * f * f;
  const double even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const double odd = z * (6.666666666666735130e-1 +
                          w * (2.857142874366239149e-1 +
                               w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  return k * 6.93147180369123816490e-1 - (half - (s * (half + even + odd) + k * 1.90821492927058770002e-10) - f);
}

template <class T> struct Decoder {
  static constexpr int rowsAtOnce = 128;
  int vocabulary, units;
  size_t stride;        // between rows of `logits`
  Packed<T> forward;    // [units, vocabulary]
  Packed<T> backward;   // [vocabulary, units]
  Packed<T> inputs;     // [rowsAtOnce, units], packed anew for every slice
  T* bias;              // [vocabulary], −10^30 in the padding: no probability is left for it
  T* logits;            // [rowsAtOnce, vocabulary]
  T* matrixGrad;        // [vocabulary, units], rows `unitStride` apart
  T* biasGrad;          // [vocabulary]
  size_t unitStride;

  /** Turns one row of logits into log p(target), and where `gradient` says so into the gradient of the loss. */
  T softmax(T* row, int target, bool gradient, T scale) const {
    constexpr int vectors = blockLanes / lanes<T>;
    const int width = padded(vocabulary);
    Vector<T> largest[vectors], sums[vectors] = {};
    for (int i = 0; i < vectors; i++) largest[i] = load(row + i * lanes<T>);
    for (int v = blockLanes; v < width; v += blockLanes) {
      for (int i = 0; i < vectors; i++) {
        const Vector<T> x = load(row + v + i * lanes<T>);
        largest[i] = x > largest[i] ? x : largest[i];
      }
    }
    T block[blockLanes];
    for (int i = 0; i < vectors; i++) store(block + i * lanes<T>, largest[i]);
    const T most = largestOfBlock(block);
    const T chosen = row[target];
    for (int v = 0; v < width; v += lanes<T>) {
      const Vector<T> power = exponential(load(row + v) - all(most));
      store(row + v, v + lanes<T> <= vocabulary ? power : firstLanes<T>(power, vocabulary - v));
    }
    for (int v = 0; v < width; v += blockLanes) {
      for (int i = 0; i < vectors; i++) sums[i] += load(row + v + i * lanes<T>);
    }
    for (int i = 0; i < vectors; i++) store(block + i * lanes<T>, sums[i]);
    const T sum = sumOfBlock(block);
    if (gradient) {
      const Vector<T> factor = all(scale / sum);
      for (int v = 0; v < width; v += lanes<T>) store(row + v, load(row + v) * factor);
      row[target] -= scale;
    }
    return T(double(chosen) - double(most) - naturalLogarithm(double(sum)));
  }

  /** On every thread: log p of the targets (−1: none, 0) of `rows` rows of `from`. */
  void score(Worker& worker, int rows, const T* from, const int32_t* targets, T* logProbabilities) {
    for (int first = 0; first < rows; first += rowsAtOnce) {
      const int count = least(rowsAtOnce, rows - first);
      product(worker, count, from + first * unitStride);
      const Range mine = worker.share(count);
      for (int row = mine.first; row < mine.last; row++) {
        const int target = targets[first + row];
        logProbabilities[first + row] = target < 0 ? T(0) : softmax(logits + row * stride, target, false, T(0));
      }
      worker.meet();
    }
  }

  /** As score, and the gradients: of `from` into `fromGrad`, of matrix and bias added to theirs. */
  void train(Worker& worker, int rows, const T* from, const int32_t* targets, T scale, T* logProbabilities, T* fromGrad) {
    for (int first = 0; first < rows; first += rowsAtOnce) {
      const int count = least(rowsAtOnce, rows - first);
      const T* input = from + first * unitStride;
      product(worker, count, input);
      const Range mine = worker.share(count);
      for (int row = mine.first; row < mine.last; row++) {
        T* here = logits + row * stride;
        const int target = targets[first + row];
        logProbabilities[first + row] = target < 0 ? T(0) : softmax(here, target, true, scale);
        if (target < 0) std::memset(here, 0, padded(vocabulary) * sizeof(T));
      }
      Packed<T> slice = inputs;
      slice.depth = count;
      pack(worker, slice, Source<T>{input, count, units, unitStride, 1});
      worker.meet();
      multiply(worker, count, rowsOf<T>(logits, stride), backward, fromGrad + first * unitStride, unitStride,
               fromZero<T>());
      const Range words = worker.share(blocksOf(vocabulary));
      const int firstWord = words.first * blockLanes, lastWord = least(words.last * blockLanes, vocabulary);
      multiply(lastWord - firstWord, columnsOf<T>(logits + firstWord, stride), slice, 0, slice.panels,
               matrixGrad + firstWord * unitStride, unitStride, fromHere<T>());
      for (int v = firstWord; v < lastWord; v += lanes<T>) {
        Vector<T> sum = load(biasGrad + v);
        for (int row = 0; row < count; row++) sum += load(logits + row * stride + v);
        store(biasGrad + v, sum);
      }
      worker.meet();
    }
  }

  /** Logits of `count` rows, each at from + row · unitStride, into `logits`. Ends at a barrier. */
  void product(Worker& worker, int count, const T* from) {
    multiply(worker, count, rowsOf<T>(from, unitStride), forward, logits, stride, fromBias<T>(bias));
    worker.meet();
  }
};

}  // namespace PROBE_ISA
