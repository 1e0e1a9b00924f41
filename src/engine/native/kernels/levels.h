// Between the levels: what each reads, made ready on the way up where it is not simply what the layer below has put out, and
// its gradient on the way back.

#pragma once
#include "network.h"

namespace PROBE_ISA {

/** What a level or the decoder reads, in the order of the tokens. */
template <class T> const T* NetworkOf<T>::readAt(const Chunk& chunk, int level) const {
  return level == 0 || copies(chunk) ? read_[level] : layers_[level - 1].output;
}

/** What a layer reads, in its own order. */
template <class T> const T* NetworkOf<T>::inputOf(const Chunk& chunk, const Layer<T>& l) const {
  return l.mirror ? mirrored_[levelOf(l)] : readAt(chunk, levelOf(l));
}

/** Makes ready what a level or the decoder reads where it is a copy of what is below: both directions side by side, with
 *  what the level below read, after dropout, and in both orders. Ends at a barrier. */
template <class T> void NetworkOf<T>::hand(Worker& worker, const Chunk& chunk, int level) {
  if (!copies(chunk)) return;
  const Range mine = worker.share(chunk.positions);
  const size_t stride = readStride_[level], units = config_.units;
  const int width = level == 0 ? config_.embedding : config_.width();
  T* const to = read_[level];
  const T* from = level == 0 ? to : layerAt(level - 1, 0).output;
  if (level > 0 && config_.bidirectional()) {
    const Layer<T>&forward = layerAt(level - 1, 0), &backward = layerAt(level - 1, 1);
    for (int i = mine.first; i < mine.last; i++) {
      std::memcpy(to + i * stride, forward.output + i * forward.hiddenStride, units * sizeof(T));
      std::memcpy(to + i * stride + units, backward.output + mirror_[i] * backward.hiddenStride, units * sizeof(T));
    }
    from = to;
  }
  if (skips(level)) {
    const T* below = read_[level - 1];
    for (size_t i = mine.first * stride; i < mine.last * stride; i++) to[i] = from[i] + below[i];
    from = to;
  } else if (from != to && !dropsOut(chunk)) {
    std::memcpy(to + mine.first * stride, from + mine.first * stride, (mine.last - mine.first) * stride * sizeof(T));
  }
  if (dropsOut(chunk)) mask(chunk, level).apply(keys_, mine.first, mine.last, width, from, to, stride);
  worker.meet();
  if (!config_.bidirectional() || level == config_.levels()) return;
  for (int i = mine.first; i < mine.last; i++) {
    std::memcpy(mirrored_[level] + i * stride, to + mirror_[i] * stride, width * sizeof(T));
  }
  worker.meet();
}

/** The gradient of what the decoder read. */
template <class T> T* NetworkOf<T>::topGrad() {
  return config_.bidirectional() ? inputGrad_[0] : layers_[config_.layers - 1].hiddenGradAt(1);
}

/** The gradient of what a layer read: where it read what the layer below put out, that of its hidden values. */
template <class T> T* NetworkOf<T>::inputGradOf(const Layer<T>& l) {
  if (config_.bidirectional() || l.index == 0) return inputGrad_[directionOf(l)];
  return layers_[l.index - 1].hiddenGradAt(1);
}

/** To the gradient of what one direction read of a level adds the other's. */
template <class T> void NetworkOf<T>::addMirrored(const Worker& worker, const Chunk& chunk, int level) {
  const Range mine = worker.share(chunk.positions);
  const size_t stride = readStride_[level];
  const int width = level == 0 ? config_.embedding : config_.width();
  for (int i = mine.first; i < mine.last; i++) {
    const T* from = inputGrad_[1] + mirror_[i] * stride;
    T* to = inputGrad_[0] + i * stride;
    for (int j = 0; j < width; j++) to[j] += from[j];
  }
}

/** From the gradient of what a level or the decoder read to that of the hidden values below; keeps it for what was added to
 *  these. Ends at a barrier. */
template <class T> void NetworkOf<T>::handBack(Worker& worker, const Chunk& chunk, int level) {
  if (!copies(chunk)) return;
  const Range mine = worker.share(chunk.positions);
  const size_t stride = readStride_[level], units = config_.units;
  T* const read = config_.bidirectional() ? inputGrad_[0] : layers_[level - 1].hiddenGradAt(1);
  if (config_.bidirectional() && level < config_.levels()) addMirrored(worker, chunk, level);
  if (dropsOut(chunk)) mask(chunk, level).apply(keys_, mine.first, mine.last, config_.width(), read, read, stride);
  if (skips(level)) {
    std::memcpy(skipGrad_ + mine.first * stride, read + mine.first * stride, (mine.last - mine.first) * stride * sizeof(T));
  }
  if (config_.bidirectional()) {
    const Layer<T>&forward = layerAt(level - 1, 0), &backward = layerAt(level - 1, 1);
    for (int i = mine.first; i < mine.last; i++) {
      std::memcpy(forward.hiddenGradAt(1) + i * forward.hiddenStride, read + i * stride, units * sizeof(T));
      std::memcpy(backward.hiddenGradAt(1) + mirror_[i] * backward.hiddenStride, read + i * stride + units,
                  units * sizeof(T));
    }
  }
  worker.meet();
}

/** To the gradient of what a level read, in the order of the tokens, adds that of its way past the level. */
template <class T> void NetworkOf<T>::addSkipped(Worker& worker, const Chunk& chunk, int level) {
  if (!skips(level + 1)) return;
  const Range mine = worker.share(chunk.positions);
  const size_t stride = readStride_[level];
  T* const read = inputGradOf(layerAt(level, 0));
  for (size_t i = mine.first * stride; i < mine.last * stride; i++) read[i] += skipGrad_[i];
  worker.meet();
}

}  // namespace PROBE_ISA
