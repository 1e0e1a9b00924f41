// Dropout (Srivastava et al. 2014) on the connections between layers (Zaremba et al. 2014): a value is dropped with
// probability p, or else divided by 1 − p. Whether one is dropped is a hash of where it stands (seed, update, layer, row and
// unit), so that neither threads nor an interruption can change it, and the way back computes it again.

#pragma once
#include "matrix.h"

namespace PROBE_ISA {

inline uint32_t mixed(uint32_t x) {  // "lowbias32", Chris Wellons 2018
  x = (x ^ (x >> 16)) * 0x7feb352du;
  x = (x ^ (x >> 15)) * 0x846ca68bu;
  return x ^ (x >> 16);
}

struct Mask {
  float rate;
  uint32_t key;

  static Mask of(float rate, uint32_t seed, uint32_t update, uint32_t layer) {
    return {rate, mixed(mixed(mixed(seed) + update) + layer)};
  }
  /** to = from ⊙ mask / (1 − p) for rows `first` to `last` of a matrix of `columns` columns; in place is fine. Rows are
   *  known by their keys. */
  template <class T>
  void apply(const int32_t* keys, int first, int last, int columns, const T* from, T* to, size_t stride) const {
    const uint32_t threshold = uint32_t(double(rate) * 4294967296.0);
    const T scale = T(1) / (T(1) - T(rate));
    for (int row = first; row < last; row++) {
      const uint32_t rowKey = mixed(key ^ uint32_t(keys[row]));
      const T* x = from + row * stride;
      T* y = to + row * stride;
      for (int u = 0; u < columns; u++) y[u] = mixed(rowKey + uint32_t(u)) >= threshold ? x[u] * scale : T(0);
    }
  }
};

}  // namespace PROBE_ISA
