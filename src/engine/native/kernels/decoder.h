// Decoder and softmax cross-entropy, a few rows at a time: the matrix [tokens, outputs] never exists.
//   logits = y Dᵀ + b        loss = −log softmax(logits)[target]        ∂/∂logits = (softmax(logits) − onehot) · scale

#pragma once
#include "matrix.h"

namespace PROBE_ISA {

using probe::Memory;
using probe::Range;
using probe::Worker;

/** ln x for x >= 1, as in src/core/math.ts: the C library's last bits differ from machine to machine. */
inline Vector<double> naturalLogarithm(Vector<double> x) {
  const Integers<double> bits = (Integers<double>)x;
  const Integers<double> fraction = (bits & 0xfffffffffffffll) | 0x3ff0000000000000ll;
  const Vector<double> rest = (Vector<double>)fraction - 1.0;
  const Integers<double> upper = rest > 0.41421356237309505;  // −1 where it is
  const Vector<double> f = upper ? (rest - 1.0) / 2.0 : rest;
  const Vector<double> k = __builtin_convertvector((bits >> 52) - 1023 - upper, Vector<double>);
  const Vector<double> s = f / (2.0 + f), z = s * s, w = z * z, half = 0.5 * f * f;
  const Vector<double> even =
      w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const Vector<double> odd = z * (6.666666666666735130e-1 +
                                  w * (2.857142874366239149e-1 +
                                       w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  return k * 6.93147180369123816490e-1 - (half - (s * (half + even + odd) + k * 1.90821492927058770002e-10) - f);
}

/** What the softmax of a row leaves: log p(target) = margin − ln sum. */
struct Share {
  double margin, sum;
};

template <class T> struct Decoder {
  static constexpr int rowsAtOnce = 128;
  int outputs, width;
  size_t stride;        // between rows of `logits`
  Packed<T> forward;    // [width, outputs]
  Packed<T> backward;   // [outputs, width]
  Packed<T> inputs;     // [rowsAtOnce, width], packed anew for every slice
  T* bias;              // [outputs], −10^30 in the padding: no probability is left for it
  T* logits;            // [rowsAtOnce, outputs]
  T* matrixGrad;        // [outputs, width], rows `inputStride` apart
  T* biasGrad;          // [outputs]
  size_t inputStride;

  /** The target's share of one row of logits, which where `gradient` says so becomes the gradient of the loss. */
  Share softmax(T* row, int target, bool gradient, T scale) const {
    constexpr int vectors = blockLanes / lanes<T>;
    const int columns = padded(outputs);
    Vector<T> largest[vectors], sums[vectors] = {};
    for (int i = 0; i < vectors; i++) largest[i] = load(row + i * lanes<T>);
    for (int v = blockLanes; v < columns; v += blockLanes) {
      for (int i = 0; i < vectors; i++) {
        const Vector<T> x = load(row + v + i * lanes<T>);
        largest[i] = x > largest[i] ? x : largest[i];
      }
    }
    T block[blockLanes];
    for (int i = 0; i < vectors; i++) store(block + i * lanes<T>, largest[i]);
    const T most = largestOfBlock(block);
    const T chosen = row[target];
    for (int v = 0; v < columns; v += lanes<T>) {
      const Vector<T> power = exponential(load(row + v) - all(most));
      store(row + v, v + lanes<T> <= outputs ? power : firstLanes<T>(power, outputs - v));
    }
    for (int v = 0; v < columns; v += blockLanes) {
      for (int i = 0; i < vectors; i++) sums[i] += load(row + v + i * lanes<T>);
    }
    for (int i = 0; i < vectors; i++) store(block + i * lanes<T>, sums[i]);
    const T sum = sumOfBlock(block);
    if (gradient) {
      const Vector<T> factor = all(scale / sum);
      for (int v = 0; v < columns; v += lanes<T>) store(row + v, load(row + v) * factor);
      row[target] -= scale;
    }
    return {double(chosen) - double(most), double(sum)};
  }

  /** log p(target) of some rows of logits (−1: none, 0); the rows are changed as by `softmax`. */
  void answer(Range rows, const int32_t* targets, bool gradient, T scale, T* logProbabilities) const {
    constexpr int together = lanes<double>;
    double margins[together], sums[together];
    for (int first = rows.first; first < rows.last; first += together) {
      const int count = least(together, rows.last - first);
      for (int i = 0; i < together; i++) {
        T* row = logits + (first + i) * stride;
        const int target = i < count ? targets[first + i] : -1;
        const Share share = target < 0 ? Share{0, 1} : softmax(row, target, gradient, scale);
        if (i < count && target < 0 && gradient) std::memset(row, 0, padded(outputs) * sizeof(T));
        margins[i] = share.margin;
        sums[i] = share.sum;
      }
      const Vector<double> result = load(margins) - naturalLogarithm(load(sums));
      for (int i = 0; i < count; i++) logProbabilities[first + i] = T(result[i]);
    }
  }

  /** On every thread: log p of the targets (−1: none, 0) of `rows` rows of `from`. */
  void score(Worker& worker, int rows, const T* from, const int32_t* targets, T* logProbabilities) {
    for (int first = 0; first < rows; first += rowsAtOnce) {
      const int count = least(rowsAtOnce, rows - first);
      product(worker, count, from + first * inputStride);
      answer(worker.share(count), targets + first, false, T(0), logProbabilities + first);
      worker.meet();
    }
  }

  /** As score, and the gradients: of `from` into `fromGrad`, of matrix and bias added to theirs. */
  void train(Worker& worker, int rows, const T* from, const int32_t* targets, T scale, T* logProbabilities, T* fromGrad) {
    for (int first = 0; first < rows; first += rowsAtOnce) {
      const int count = least(rowsAtOnce, rows - first);
      const T* input = from + first * inputStride;
      product(worker, count, input);
      answer(worker.share(count), targets + first, true, scale, logProbabilities + first);
      Packed<T> room = inputs;
      room.depth = count;
      const Packed<T> slice = packFor(outputs, worker, room, Source<T>{input, count, width, inputStride, 1});
      worker.meet();
      multiply(worker, count, rowsOf<T>(logits, stride), backward, fromGrad + first * inputStride, inputStride,
               fromZero<T>());
      const Range words = worker.share(blocksOf(outputs));
      const int firstWord = words.first * blockLanes, lastWord = least(words.last * blockLanes, outputs);
      multiply(lastWord - firstWord, columnsOf<T>(logits + firstWord, stride), slice, 0, slice.panels,
               matrixGrad + firstWord * inputStride, inputStride, fromHere<T>());
      addRows(logits, stride, count, firstWord, words.last * blockLanes, biasGrad);
      worker.meet();
    }
  }

  /** Logits of `count` rows, each at from + row · inputStride, into `logits`. Ends at a barrier. */
  void product(Worker& worker, int count, const T* from) {
    multiply(worker, count, rowsOf<T>(from, inputStride), forward, logits, stride, fromBias<T>(bias));
    worker.meet();
  }
};

}  // namespace PROBE_ISA
