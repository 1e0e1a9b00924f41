// The way up: embeddings, layers, decoder; runs in chunks of rows and steps, so that memory does not grow with the input.

#pragma once
#include "network.h"

namespace PROBE_ISA {

/** Embeddings of the tokens, with their edits. The caller puts a barrier behind it. */
template <class T> void NetworkOf<T>::lookUpTokens(Worker& worker, const Chunk& chunk, const T* weights) {
  const Range mine = worker.share(chunk.positions);
  T* const to = read_[0];
  lookUp(weights + offsets_.embedding, config_.embedding, ids_, mine.first, mine.last, to, embeddingStride_);
  if constexpr (sizeof(T) == sizeof(float)) {
    if (!chunk.watch) return;
    worker.meet();
    const Range steps = worker.share(chunk.steps);
    for (int step = steps.first; step < steps.last; step++) {
      T* values = to + size_t(step) * chunk.rows * embeddingStride_;
      chunk.watch->edit(-1, Quantity::embedding, step, values, embeddingStride_, 0, config_.embedding);
      chunk.watch->record(-1, Quantity::embedding, step, values, embeddingStride_, 0, config_.embedding);
    }
  }
}

/** Fills `gate` of a layer with x W + b for every position. Ends at a barrier. */
template <class T> void NetworkOf<T>::project(Worker& worker, const Chunk& chunk, Layer<T>& l, const T* weights) {
  if (levelOf(l) == 0 && chunk.distinct) return projectTokens(worker, chunk, l, weights);
  multiply(worker, chunk.positions, rowsOf(inputOf(chunk, l), readStride_[levelOf(l)]), l.kernel, l.gate, l.gateStride,
           fromBias<T>(l.bias));
  worker.meet();
}

/** The same for the tokens, once for each different one. */
template <class T>
void NetworkOf<T>::projectTokens(Worker& worker, const Chunk& chunk, Layer<T>& l, const T* weights) {
  const Range mine = worker.share(chunk.positions), tokens = worker.share(distinct_.count);
  const T* embedding = weights + offsets_.embedding;
  lookUp(embedding, config_.embedding, distinct_.tokens, tokens.first, tokens.last, read_[0], embeddingStride_);
  worker.meet();
  multiply(worker, distinct_.count, rowsOf<T>(read_[0], embeddingStride_), l.kernel, table_, l.gateStride,
           fromBias<T>(l.bias));
  worker.meet();
  const size_t width = l.gates * l.gateWidth * sizeof(T);
  const int32_t* places = places_[directionOf(l)];
  for (int i = mine.first; i < mine.last; i++) {
    std::memcpy(l.gate + i * l.gateStride, table_ + places[i] * l.gateStride, width);
  }
  if constexpr (sizeof(T) == sizeof(float)) {
    if (!l.mirror && chunk.watch && chunk.watch->records(-1, Quantity::embedding)) {
      for (int i = mine.first; i < mine.last; i++) {
        std::memcpy(chunk.watch->template place<T>(-1, Quantity::embedding, i % chunk.rows, i / chunk.rows),
                    embedding + size_t(ids_[i]) * config_.embedding, config_.embedding * sizeof(T));
      }
    }
  }
  worker.meet();
}

/** From the tokens in `ids_` and the state in slot 0 to what the decoder reads. Ends at a barrier. */
template <class T> const T* NetworkOf<T>::forward(Worker& worker, const Chunk& chunk, const T* weights) {
  for (int level = 0; level < config_.levels(); level++) {
    if (level > 0) {
      hand(worker, chunk, level);
    } else if (!chunk.distinct) {
      lookUpTokens(worker, chunk, weights);
      worker.meet();
      hand(worker, chunk, level);
    }
    for (int direction = 0; direction < config_.directions; direction++) {
      Layer<T>& l = layerAt(level, direction);
      project(worker, chunk, l, weights);
      switch (config_.cell) {
        case Cell::lstm: lstmForward(worker, l, chunk.watch); break;
        case Cell::gru: gruForward(worker, l, config_.resetAfter, chunk.watch); break;
        case Cell::rnn: rnnForward(worker, l, config_.relu, chunk.watch);
      }
    }
  }
  hand(worker, chunk, config_.levels());
  return readAt(chunk, config_.levels());
}

/** Slot 0 of row `row`: the state given, or the model's own. */
template <class T>
void NetworkOf<T>::setState(int layer, int row, const T* hidden, const T* cell, const T* weights) {
  Layer<T>& l = layers_[layer];
  const bool trained = config_.trainedInitialState;
  const auto set = [&](T* to, const T* given, size_t initial) {
    const T* from = given ? given : trained ? weights + initial : nullptr;
    std::memset(to, 0, padded(l.units) * sizeof(T));
    if (from) std::memcpy(to, from, l.units * sizeof(T));
  };
  set(l.hidden + row * l.hiddenStride, hidden, offsets_.initialHidden[layer]);
  if (lstm()) set(l.cell + row * l.hiddenStride, cell, offsets_.initialCell[layer]);
}

/** One for each position; `from` has `stride` of them in a row. */
template <class T>
void NetworkOf<T>::readTokens(const int32_t* from, int stride, int rows, int steps, int32_t* to) const {
  for (int row = 0; row < rows; row++) {
    for (int step = 0; step < steps && row < starts_[step + 1] - starts_[step]; step++) {
      to[starts_[step] + row] = from[size_t(row) * stride + step];
    }
  }
}

/** The different tokens of a chunk, and their places among them in the order of each direction. */
template <class T> void NetworkOf<T>::findDistinct(int positions) {
  distinct_.find(ids_, positions, places_[0]);
  for (int i = 0; config_.bidirectional() && i < positions; i++) places_[1][i] = places_[0][mirror_[i]];
}

template <class T> void NetworkOf<T>::run(const float* given, const RunRequest& request) {
  if constexpr (sizeof(T) == sizeof(float)) {
    const T* weights = given;
    const bool whole = config_.bidirectional();  // sequences, which are read from their ends
    const int rowsAtOnce = least(request.rows, whole ? 1 + 2047 / request.steps : 512);
    const int stepsAtOnce = whole ? request.steps : least(request.steps, 1 + 2047 / rowsAtOnce);
    plan(rowsAtOnce, stepsAtOnce, rowsAtOnce * stepsAtOnce, Purpose::run);
    Watch watcher(config_, request, rowsAtOnce);
    const bool watched = request.editCount + request.recordingCount > 0;
    const bool distinct = !watcher.edits(-1);
    const bool logits = request.targets || request.logitCount > 0;
    for (int index = 0; index < config_.layers; index++) {
      Layer<T>& l = layers_[index];
      l.output = watcher.splitsReaders(index) ? splitOutput_[index] : nullptr;
    }

    team_.run(threads_ > 1, [&](Worker& worker) {
      packWeights(worker, weights, logits, false);
      for (int firstRow = 0; firstRow < request.rows; firstRow += rowsAtOnce) {
        const int rows = least(rowsAtOnce, request.rows - firstRow);
        for (int firstStep = 0; firstStep < request.steps; firstStep += stepsAtOnce) {
          const int steps = least(stepsAtOnce, request.steps - firstStep);
          worker.meet();
          if (worker.index == 0) beginChunk(request, watcher, weights, firstRow, rows, firstStep, steps, distinct);
          worker.meet();
          const Chunk chunk = {rows, steps, rows * steps, distinct, watched ? &watcher : nullptr, nullptr};
          const T* top = forward(worker, chunk, weights);
          answer(worker, request, weights, top, firstRow, rows, firstStep, steps);
        }
      }
    });
  }
}

/** On one thread: tokens, targets and the state before the chunk. */
template <class T>
void NetworkOf<T>::beginChunk(const RunRequest& request, Watch& watcher, const T* weights, int firstRow, int rows,
                              int firstStep, int steps, bool distinct) {
  watcher.begin(firstRow, rows, firstStep);
  for (int index = 0; firstStep > 0 && index < config_.layers; index++) {
    const Layer<T>& l = layers_[index];  // the chunk before had the same rows, and as many steps as a chunk can have
    std::memcpy(l.hidden, l.hiddenAt(l.steps), size_t(rows) * l.hiddenStride * sizeof(T));
    if (lstm()) std::memcpy(l.cell, l.cellAt(l.steps), size_t(rows) * l.hiddenStride * sizeof(T));
  }
  placeSteps(rows, steps, nullptr);
  if (config_.bidirectional()) placeMirror(rows, steps, request.lengths ? request.lengths + firstRow : nullptr);
  for (int index = 0; index < config_.layers; index++) {
    Layer<T>& l = layers_[index];
    l.rows = rows;
    l.steps = steps;
    if (!watcher.splitsReaders(index)) l.output = l.hiddenAt(1);
    if (firstStep > 0) continue;
    for (int row = 0; row < rows; row++) {
      const auto rowOf = [&](const void* state) {
        return state ? static_cast<const T*>(state) + size_t(firstRow + row) * config_.units : nullptr;
      };
      setState(index, row, rowOf(request.hiddenIn[index]), rowOf(request.cellIn[index]), weights);
    }
  }
  const size_t start = size_t(firstRow) * request.steps + firstStep;
  readTokens(request.tokens + start, request.steps, rows, steps, ids_);
  if (request.targets) readTokens(request.targets + start, request.steps, rows, steps, targets_);
  if (distinct) findDistinct(rows * steps);
}

/** What the request wants of a chunk: last states, log probabilities, logits. Ends at a barrier. */
template <class T>
void NetworkOf<T>::answer(Worker& worker, const RunRequest& request, const T* weights, const T* top, int firstRow,
                          int rows, int firstStep, int steps) {
  const size_t hiddenStride = layers_[0].hiddenStride, stride = decoder_.inputStride;
  const int units = config_.units, width = config_.width();
  const Range mine = worker.share(rows);
  for (int row = mine.first; row < mine.last; row++) {
    const int length = request.lengths ? request.lengths[firstRow + row] : request.steps;
    if (length <= firstStep || length > firstStep + steps) continue;
    for (int index = 0; index < config_.layers; index++) {
      const Layer<T>& l = layers_[index];
      const size_t from = row * hiddenStride, to = size_t(firstRow + row) * units;
      std::memcpy(static_cast<T*>(request.hiddenOut[index]) + to, l.hiddenAt(length - firstStep) + from,
                  units * sizeof(T));
      if (!lstm()) continue;
      std::memcpy(static_cast<T*>(request.cellOut[index]) + to, l.cellAt(length - firstStep) + from, units * sizeof(T));
    }
  }

  if (request.targets) {
    decoder_.score(worker, rows * steps, top, targets_, logProbabilities_);
    for (int row = mine.first; row < mine.last; row++) {
      for (int step = 0; step < steps; step++) {
        request.logProbabilities[size_t(firstRow + row) * request.steps + firstStep + step] =
            float(logProbabilities_[size_t(step) * rows + row]);
      }
    }
  }

  /** The row of `top` for a position of the request; null where it belongs to another chunk. */
  const auto find = [&](int position) -> const T* {
    const int row = position / request.steps - firstRow, step = position % request.steps - firstStep;
    const bool here = row >= 0 && row < rows && step >= 0 && step < steps;
    return here ? top + (size_t(step) * rows + row) * stride : nullptr;
  };

  const T* matrix = weights + offsets_.decoder;
  const Range candidates = worker.share(request.candidateCount);
  for (int i = candidates.first; i < candidates.last; i++) {
    const T* from = find(request.candidatePositions[i]);
    if (!from) continue;
    for (int j = 0; j < request.candidateWidth; j++) {
      const size_t at = size_t(i) * request.candidateWidth + j;
      const int token = request.candidateTokens[at];
      T sum = weights[offsets_.decoderBias + token];
      for (int u = 0; u < width; u++) sum = fusedMultiplyAdd(from[u], matrix[size_t(token) * width + u], sum);
      request.candidateLogits[at] = float(sum);
    }
  }

  for (int first = 0; first < request.logitCount;) {  // as many positions of this chunk as the decoder takes at once
    int count = 0, places[Decoder<T>::rowsAtOnce], next = first;
    for (; next < request.logitCount && count < Decoder<T>::rowsAtOnce; next++) {
      if (find(request.logitPositions[next])) places[count++] = next;
    }
    first = next;
    if (count == 0) continue;
    const Range gather = worker.share(count);
    for (int i = gather.first; i < gather.last; i++) {
      std::memcpy(gathered_ + i * stride, find(request.logitPositions[places[i]]), width * sizeof(T));
    }
    worker.meet();
    decoder_.product(worker, count, gathered_);
    for (int i = gather.first; i < gather.last; i++) {
      std::memcpy(request.logits + size_t(places[i]) * config_.outputs, decoder_.logits + i * decoder_.stride,
                  config_.outputs * sizeof(T));
    }
    worker.meet();
  }
  worker.meet();
}

}  // namespace PROBE_ISA
