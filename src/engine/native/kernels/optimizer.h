// Clipping by the norm of the whole gradient (Pascanu et al. 2013) and the three optimisers of src/engine/optimizer.ts.

#pragma once
#include "interface.h"
#include "matrix.h"

namespace PROBE_ISA {

using probe::Optimizer;
using probe::Range;
using probe::UpdateRequest;
using probe::Worker;

constexpr size_t normSlice = 4096;

/** Σ x² of one slice, each block lane in double precision. */
inline double squaresOf(const float* x, size_t count) {
  double sums[blockLanes] = {};
  size_t i = 0;
  for (; i + blockLanes <= count; i += blockLanes) {
    for (int lane = 0; lane < blockLanes; lane++) sums[lane] += double(x[i + lane]) * double(x[i + lane]);
  }
  for (int lane = 0; i < count; i++, lane++) sums[lane] += double(x[i]) * double(x[i]);
  return sumOfBlock(sums);
}

/** base^exponent by squaring. */
inline double power(double base, int exponent) {
  double result = 1;
  for (; exponent > 0; exponent /= 2, base *= base) {
    if (exponent % 2) result *= base;
  }
  return result;
}

/** On every thread; `slices` holds one double a slice. Returns the norm before clipping. */
inline double applyUpdate(Worker& worker, const UpdateRequest& request, size_t count, float* weights,
                          const float* gradients, float* first, float* second, double* slices) {
  const int sliceCount = int((count + normSlice - 1) / normSlice);
  const Range mine = worker.share(sliceCount);
  for (int s = mine.first; s < mine.last; s++) {
    const size_t start = s * normSlice;
    slices[s] = squaresOf(gradients + start, start + normSlice < count ? normSlice : count - start);
  }
  worker.meet();
  double squares = 0;
  for (int s = 0; s < sliceCount; s++) squares += slices[s];
  const double norm = __builtin_sqrt(squares);
  const float shrink = request.clip > 0 && norm > request.clip ? float(request.clip / norm) : 1.0f;

  const size_t from = mine.first * normSlice;
  const size_t to = mine.last == sliceCount ? count : mine.last * normSlice;
  const float rate = float(request.learningRate);
  switch (request.optimizer) {
    case Optimizer::sgd: {
      const float momentum = float(request.parameters[0]);
      for (size_t i = from; i < to; i++) {
        const float g = gradients[i] * shrink;
        const float direction = first ? (first[i] = momentum * first[i] + g) : g;
        weights[i] -= rate * direction;
      }
      break;
    }
    case Optimizer::adam: {
      const float beta1 = float(request.parameters[0]), beta2 = float(request.parameters[1]);
      const float epsilon = float(request.parameters[2]);
      const float scale = float(request.learningRate / (1 - power(request.parameters[0], request.step)));
      const float spread = float(1 / __builtin_sqrt(1 - power(request.parameters[1], request.step)));
      for (size_t i = from; i < to; i++) {
        const float g = gradients[i] * shrink;
        const float m = first[i] = beta1 * first[i] + (1 - beta1) * g;
        const float v = second[i] = beta2 * second[i] + (1 - beta2) * g * g;
        weights[i] -= scale * m / (__builtin_sqrtf(v) * spread + epsilon);
      }
      break;
    }
    case Optimizer::rmsprop: {
      const float decay = float(request.parameters[0]), epsilon = float(request.parameters[1]);
      for (size_t i = from; i < to; i++) {
        const float g = gradients[i] * shrink;
        const float v = first[i] = decay * first[i] + (1 - decay) * g * g;
        weights[i] -= rate * g / (__builtin_sqrtf(v) + epsilon);
      }
    }
  }
  return norm;
}

}  // namespace PROBE_ISA
