// The input of the first layer. A batch repeats its tokens, so x W + b is computed once for each different token and copied
// to where it occurs; on the way back the gradients of the occurrences are added up, in order, before the products.

#pragma once
#include "matrix.h"

namespace PROBE_ISA {

/** The different tokens of a batch in order of appearance. */
struct Distinct {
  int32_t* place;   // [vocabulary]: place of a token in `tokens`, −1 for none; −1 everywhere between batches
  int32_t* tokens;  // the different ones
  int count;

  /** @param places takes the place of each position's token */
  void find(const int32_t* ids, int positions, int32_t* places) {
    count = 0;
    for (int i = 0; i < positions; i++) {
      int32_t& at = place[ids[i]];
      if (at < 0) {
        at = count;
        tokens[count++] = ids[i];
      }
      places[i] = at;
    }
    for (int i = 0; i < count; i++) place[tokens[i]] = -1;
  }
};

/** Rows `first` to `last` of `to` are the embeddings of `tokens`. */
template <class T>
void lookUp(const T* embedding, int dimension, const int32_t* tokens, int first, int last, T* to, size_t stride) {
  for (int i = first; i < last; i++) {
    std::memcpy(to + i * stride, embedding + size_t(tokens[i]) * dimension, dimension * sizeof(T));
  }
}

/** to[places[i]] += from[i], columns `first` to `last`; `to` starts from zero. */
template <class T>
void addUp(const T* from, size_t fromStride, const int32_t* places, int positions, int count, int first, int last, T* to,
           size_t toStride) {
  for (int i = 0; i < count; i++) std::memset(to + i * toStride + first, 0, (last - first) * sizeof(T));
  for (int i = 0; i < positions; i++) {
    T* sum = to + places[i] * toStride;
    const T* x = from + i * fromStride;
    for (int j = first; j < last; j++) sum[j] += x[j];
  }
}

}  // namespace PROBE_ISA
