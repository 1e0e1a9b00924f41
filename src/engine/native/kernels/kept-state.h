// The state that one training batch hands to the next.

#pragma once
#include "network.h"

namespace PROBE_ISA {

/** Memory for the state that is carried between batches; a new number of rows forgets the old state. */
template <class T> void NetworkOf<T>::keepState(int rows) {
  const size_t size = size_t(rows) * config_.units;
  T* memory = stateMemory_.of<T>(size * config_.layers * 2);
  for (int index = 0; index < config_.layers; index++) {
    state_[index][0] = memory + size * (2 * index);
    state_[index][1] = memory + size * (2 * index + 1);
  }
  stateRows_ = rows;
}

template <class T> void NetworkOf<T>::saveState(const Worker& worker) {
  const size_t units = config_.units;
  const Range mine = worker.share(layers_[0].rows);
  for (int index = 0; index < config_.layers; index++) {
    const Layer<T>& l = layers_[index];
    for (size_t row = mine.first; row < size_t(mine.last); row++) {
      std::memcpy(state_[index][0] + row * units, l.hiddenAt(l.steps) + row * l.hiddenStride, units * sizeof(T));
      if (!lstm()) continue;
      std::memcpy(state_[index][1] + row * units, l.cellAt(l.steps) + row * l.hiddenStride, units * sizeof(T));
    }
  }
}

template <class T> void NetworkOf<T>::readState(float* to) const {
  const size_t size = size_t(stateRows_) * config_.units;
  for (int index = 0; index < config_.layers; index++) {
    for (int part = 0; part < 2; part++) {
      for (size_t i = 0; i < size; i++) *to++ = part == 0 || lstm() ? float(state_[index][part][i]) : 0.0f;
    }
  }
}

template <class T> void NetworkOf<T>::writeState(const float* from, int rows) {
  keepState(rows);
  const size_t size = size_t(rows) * config_.units;
  for (int index = 0; index < config_.layers; index++) {
    for (int part = 0; part < 2; part++) {
      for (size_t i = 0; i < size; i++) state_[index][part][i] = T(*from++);
    }
  }
}

}  // namespace PROBE_ISA
