// The way back to sites: each row's scalar, and its gradient with respect to what the run computed, through all steps
// and past all edits, without that of any weight. Rows are handled in chunks that hold all of their steps.

#pragma once
#include "network.h"

namespace PROBE_ISA {

/** Copies of edits that keep the values which they find, and the memory for these. */
struct RememberingEdits {
  std::vector<Edit> edits;
  std::vector<float> values;

  explicit RememberingEdits(const RunRequest& run) : edits(run.edits, run.edits + run.editCount) {
    const auto sizeOf = [&](const Edit& edit) {
      return size_t(edit.rowCount < 0 ? run.rows : edit.rowCount) * (edit.stepCount < 0 ? run.steps : edit.stepCount);
    };
    size_t size = 0;
    for (const Edit& edit : edits) size += sizeOf(edit);
    values.resize(size);
    float* next = values.data();
    for (Edit& edit : edits) {
      edit.before = next;
      next += sizeOf(edit);
    }
  }
};

/** Steps of the longest of some rows. */
inline int longestOf(const RunRequest& run, int firstRow, int rows) {
  if (!run.lengths) return run.steps;
  int longest = 1;
  for (int row = firstRow; row < firstRow + rows; row++) {
    if (run.lengths[row] > longest) longest = run.lengths[row];
  }
  return longest;
}

template <class T> void NetworkOf<T>::sensitivities(const void* given, const SensitivityRequest& request) {
  const T* weights = static_cast<const T*>(given);
  const RunRequest& run = request.run;
  const int rowsAtOnce = least(run.rows, run.steps < 1024 ? 8192 / run.steps : 8);
  plan(rowsAtOnce, run.steps, rowsAtOnce * run.steps, Purpose::sensitivities);
  RememberingEdits remembering(run);
  RunRequest up = run, back = run;
  up.edits = remembering.edits.data();
  up.recordingCount = back.editCount = 0;
  Watch edits(config_, up, rowsAtOnce), sites(config_, back, rowsAtOnce);
  ChunkTerms<T> logits(request.logits, run, rowsAtOnce), logProbabilities(request.logProbabilities, run, rowsAtOnce);
  const bool distinct = !edits.edits(-1);
  for (int index = 0; index < config_.layers; index++) {
    layers_[index].output = edits.splitsReaders(index) ? splitOutput_[index] : nullptr;
  }

  team_.run(threads_ > 1, [&](Worker& worker) {
    packWeights(worker, weights, request.logProbabilities.count > 0, true);
    for (int firstRow = 0; firstRow < run.rows; firstRow += rowsAtOnce) {
      const int rows = least(rowsAtOnce, run.rows - firstRow), steps = longestOf(run, firstRow, rows);
      worker.meet();
      if (worker.index == 0) {
        beginChunk(up, edits, weights, firstRow, rows, 0, steps, distinct);
        sites.begin(firstRow, rows, 0);
        logits.begin(firstRow, rows);
        logProbabilities.begin(firstRow, rows);
      }
      worker.meet();
      const Chunk chunk = {rows, steps, rows * steps, distinct, run.editCount > 0 ? &edits : nullptr, nullptr};
      const T* top = forward(worker, chunk, weights);
      clearHiddenGradients(worker);
      readLogits(worker, logits, weights, top);
      readLogProbabilities(worker, logProbabilities, top);
      worker.meet();

      const Sensitivity<T> wanted = wantedOf(request, edits, sites, firstRow);
      T* values = static_cast<T*>(request.values) + firstRow;
      if (worker.index == 0) addUpValues(wanted, {&logits, &logProbabilities}, values);
      worker.meet();
      for (int level = config_.levels() - 1; level >= 0; level--) siteGradients(worker, chunk, level, wanted);
      writeStateGradients(worker, run, edits, firstRow);
    }
  });
}

template <class T>
Sensitivity<T> NetworkOf<T>::wantedOf(const SensitivityRequest& request, const Watch& edits, const Watch& sites,
                                      int firstRow) const {
  const int32_t* lengths = request.run.lengths;
  Sensitivity<T> wanted = {edits, sites, request.run.steps, lengths ? lengths + firstRow : nullptr, {}, {}};
  for (int index = 0; index < config_.layers; index++) {
    const auto ofChunk = [&](const void* factors) {
      return factors ? static_cast<const T*>(factors) + size_t(firstRow) * config_.units : nullptr;
    };
    wanted.hiddenFactors[index] = ofChunk(request.hiddenFactors[index]);
    wanted.cellFactors[index] = ofChunk(request.cellFactors[index]);
  }
  return wanted;
}

/** What no product fills: the top layer's gradients, and every layer's before the first step. Ends at a barrier. */
template <class T> void NetworkOf<T>::clearHiddenGradients(Worker& worker) {
  const auto clear = [&](T* matrix, int rows, size_t stride) {
    const Range mine = worker.share(rows);
    std::memset(matrix + mine.first * stride, 0, (mine.last - mine.first) * stride * sizeof(T));
  };
  for (int index = 0; index < config_.layers; index++) {
    const Layer<T>& l = layers_[index];
    clear(l.hiddenGrad, l.rows, l.hiddenStride);
  }
  clear(topGrad(), layers_[0].steps * layers_[0].rows, decoder_.inputStride);
  worker.meet();
}

/** The units that a thread adds gradients of terms to: several terms may share a position. */
template <class T> Range NetworkOf<T>::unitsOf(const Worker& worker) const {
  const Range blocks = worker.share(blocksOf(config_.width()));
  return {blocks.first * blockLanes, least(blocks.last * blockLanes, config_.width())};
}

/** Answers terms with single columns of the decoder, and starts the gradient of what it read. */
template <class T>
void NetworkOf<T>::readLogits(Worker& worker, ChunkTerms<T>& terms, const T* weights, const T* top) {
  const T* matrix = weights + offsets_.decoder;
  const size_t width = config_.width(), stride = decoder_.inputStride;
  const Range mine = worker.share(terms.count()), own = unitsOf(worker);
  for (int i = mine.first; i < mine.last; i++) {
    const T *from = top + terms.place(i) * stride, *column = matrix + terms.token(i) * width;
    T sum = weights[offsets_.decoderBias + terms.token(i)];
    for (size_t u = 0; u < width; u++) sum = fusedMultiplyAdd(from[u], column[u], sum);
    terms.answer(i) = sum;
  }
  for (int i = 0; i < terms.count(); i++) {
    T* grad = topGrad() + terms.place(i) * stride;
    const T* column = matrix + terms.token(i) * width;
    const T factor = terms.factor(i);
    for (int u = own.first; u < own.last; u++) grad[u] = fusedMultiplyAdd(factor, column[u], grad[u]);
  }
}

/** The same with log softmax, as many terms at once as the decoder takes. */
template <class T> void NetworkOf<T>::readLogProbabilities(Worker& worker, ChunkTerms<T>& terms, const T* top) {
  const size_t stride = decoder_.inputStride;
  const Range own = unitsOf(worker);
  for (int first = 0; first < terms.count(); first += Decoder<T>::rowsAtOnce) {
    const int count = least(Decoder<T>::rowsAtOnce, terms.count() - first);
    const Range mine = worker.share(count);
    for (int i = mine.first; i < mine.last; i++) {
      std::memcpy(gathered_ + i * stride, top + terms.place(first + i) * stride, config_.width() * sizeof(T));
    }
    worker.meet();
    decoder_.product(worker, count, gathered_);
    for (int i = mine.first; i < mine.last; i++) {  // softmax gives the gradient of −log p
      T* row = decoder_.logits + i * decoder_.stride;
      const Share share = decoder_.softmax(row, terms.token(first + i), true, -terms.factor(first + i));
      terms.answer(first + i) = T(share.margin - naturalLogarithm(all(share.sum))[0]);
    }
    worker.meet();
    multiply(worker, count, rowsOf<T>(decoder_.logits, decoder_.stride), decoder_.backward, gathered_, stride,
             fromZero<T>());
    worker.meet();
    for (int i = 0; i < count; i++) {
      T* grad = topGrad() + terms.place(first + i) * stride;
      for (int u = own.first; u < own.last; u++) grad[u] += gathered_[i * stride + u];
    }
    worker.meet();
  }
}

/** On one thread: the scalars of the chunk's rows. */
template <class T>
void NetworkOf<T>::addUpValues(const Sensitivity<T>& wanted, std::initializer_list<ChunkTerms<T>*> kinds, T* values) {
  const size_t units = config_.units;
  for (int row = 0; row < layers_[0].rows; row++) {
    const auto product = [&](const T* factors, const T* state, T sum) {
      if (!factors) return sum;
      for (size_t u = 0; u < units; u++) sum = fusedMultiplyAdd(factors[row * units + u], state[u], sum);
      return sum;
    };
    const int end = wanted.endOf(row);
    T sum = 0;
    for (int index = 0; index < config_.layers; index++) {
      const Layer<T>& l = layers_[index];
      sum = product(wanted.hiddenFactors[index], l.hiddenAt(end) + row * l.hiddenStride, sum);
      if (lstm()) sum = product(wanted.cellFactors[index], l.cellAt(end) + row * l.hiddenStride, sum);
    }
    values[row] = sum;
  }
  for (ChunkTerms<T>* terms : kinds) {
    for (int i = 0; i < terms->count(); i++) values[terms->row(i)] += terms->factor(i) * terms->answer(i);
  }
}

/** From the gradient of what stands above a level to that of its sites and of the level below. Ends at a barrier. */
template <class T>
void NetworkOf<T>::siteGradients(Worker& worker, const Chunk& chunk, int level, const Sensitivity<T>& wanted) {
  handBack(worker, chunk, level + 1);
  const bool embedding = wanted.sites.records(-1, Quantity::embedding);
  for (int direction = 0; direction < config_.directions; direction++) {
    Layer<T>& l = layerAt(level, direction);
    cellBackward(worker, l, &wanted);
    worker.meet();
    if (level == 0 && !embedding) continue;
    multiply(worker, chunk.positions, rowsOf<T>(l.gate, l.gateStride), l.kernelBack, inputGradOf(l), readStride_[level],
             fromZero<T>());
    worker.meet();
  }
  addSkipped(worker, chunk, level);
  if (level > 0 || !embedding) return;
  if (config_.bidirectional()) addMirrored(worker, chunk, 0);
  worker.meet();
  const Range steps = worker.share(chunk.steps);
  for (int step = steps.first; step < steps.last; step++) {
    const T* values = inputGrad_[0] + size_t(step) * chunk.rows * embeddingStride_;
    wanted.sites.record(-1, Quantity::embedding, step, values, embeddingStride_, 0, config_.embedding);
  }
  worker.meet();
}

/** With respect to the state before the first step. */
template <class T>
void NetworkOf<T>::writeStateGradients(const Worker& worker, const RunRequest& run, const Watch& edits,
                                       int firstRow) const {
  const size_t units = config_.units;
  const Range mine = worker.share(layers_[0].rows);
  for (int index = 0; index < config_.layers; index++) {
    const Layer<T>& l = layers_[index];
    const auto write = [&](const T* gradient, void* to) {
      for (int row = mine.first; row < mine.last; row++) {
        std::memcpy(static_cast<T*>(to) + (firstRow + row) * units, gradient + row * l.hiddenStride, units * sizeof(T));
      }
    };
    write(edits.splitsReaders(index) ? l.fromNext : l.hiddenGrad, run.hiddenOut[index]);
    if (lstm()) write(l.carryGrad, run.cellOut[index]);
  }
}

}  // namespace PROBE_ISA
