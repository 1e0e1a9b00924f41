// The way back: gradients of the loss for every weight, by backpropagation through the steps of one batch.

#pragma once
#include "network.h"

namespace PROBE_ISA {

template <class T>
TrainResult NetworkOf<T>::gradients(const void* given, const TrainRequest& request, void* gradients) {
  const T* weights = static_cast<const T*>(given);
  const int rows = request.rows, steps = request.steps;
  int positions = request.lengths ? 0 : rows * steps;
  for (int row = 0; request.lengths && row < rows; row++) positions += request.lengths[row];
  const bool carried = request.carry && stateRows_ == rows;
  plan(rows, steps, positions, Purpose::training);
  placeSteps(rows, steps, request.lengths);
  if (config_.bidirectional()) placeMirror(rows, steps, request.lengths);
  keepState(request.lengths ? 0 : rows);
  for (int index = 0; index < config_.layers; index++) layers_[index].output = layers_[index].hiddenAt(1);
  const bool distinct = !(request.dropout && config_.dropout > 0);
  readTokens(request.tokens, steps, rows, steps, ids_);
  readTokens(request.targets, steps, rows, steps, targets_);
  if (distinct) findDistinct(positions);
  for (int step = 0; !distinct && step < steps; step++) {
    for (int i = starts_[step]; i < starts_[step + 1]; i++) keys_[i] = step * rows + (i - starts_[step]);
  }
  int targets = 0;
  for (int i = 0; i < positions; i++) targets += targets_[i] >= 0;
  const T scale = request.mean && targets > 0 ? T(1) / T(targets) : T(1);

  team_.run(threads_ > 1, [&](Worker& worker) {
    const Chunk chunk = {rows, steps, positions, distinct, nullptr, &request};
    packWeights(worker, weights, true, true);
    const Range mine = worker.share(rows);
    for (int row = mine.first; row < mine.last; row++) {
      for (int index = 0; index < config_.layers; index++) {
        const size_t at = size_t(row) * config_.units;
        setState(index, row, carried ? state_[index][0] + at : nullptr, carried && lstm() ? state_[index][1] + at : nullptr,
                 weights);
      }
    }
    clearGradients(worker);
    worker.meet();
    const T* top = forward(worker, chunk, weights);
    decoder_.train(worker, positions, top, targets_, scale, logProbabilities_, topGrad());
    for (int level = config_.levels() - 1; level >= 0; level--) {
      handBack(worker, chunk, level + 1);
      for (int direction = 0; direction < config_.directions; direction++) {
        Layer<T>& l = layerAt(level, direction);
        cellBackward(worker, l, nullptr);
        worker.meet();
        inputGradients(worker, chunk, l, recurrentGradients(worker, chunk, l));
      }
      addSkipped(worker, chunk, level);
    }
    embeddingGradients(worker, chunk);
    if (!request.lengths) saveState(worker);
    collect(worker, carried, static_cast<T*>(gradients));
  });

  TrainResult result = {0, targets};
  for (int i = 0; i < positions; i++) result.loss -= double(logProbabilities_[i]);
  return result;
}

/** What is added up over slices starts from zero. */
template <class T> void NetworkOf<T>::clearGradients(const Worker& worker) {
  const auto clear = [&](T* matrix, int rows, size_t stride) {
    const Range mine = worker.share(rows);
    std::memset(matrix + mine.first * stride, 0, (mine.last - mine.first) * stride * sizeof(T));
  };
  clear(decoder_.matrixGrad, config_.outputs, decoder_.inputStride);
  clear(embeddingGrad_, config_.vocabulary, embeddingStride_);
  if (worker.index == 0) std::memset(decoder_.biasGrad, 0, padded(config_.outputs) * sizeof(T));
  for (int index = 0; index < config_.layers; index++) {
    Layer<T>& l = layers_[index];
    const Range mine = worker.share(l.rows);
    std::memset(l.hiddenGrad + mine.first * l.hiddenStride, 0, (mine.last - mine.first) * l.hiddenStride * sizeof(T));
  }
}

/** From the gradient of a layer's output to that of its gates and of the state before the first step. */
template <class T> void NetworkOf<T>::cellBackward(Worker& worker, Layer<T>& l, const Sensitivity<T>* wanted) {
  switch (config_.cell) {
    case Cell::lstm: return lstmBackward(worker, l, wanted);
    case Cell::gru: return gruBackward(worker, l, config_.resetAfter, wanted);
    case Cell::rnn: return rnnBackward(worker, l, config_.relu, wanted);
  }
}

/** The state before each position, [positions, units]; the caller puts a barrier behind it. */
template <class T>
const T* NetworkOf<T>::statesBefore(const Worker& worker, const Chunk& chunk, const Layer<T>& l) {
  if (chunk.positions == chunk.rows * chunk.steps) return l.hidden;
  const Range mine = worker.share(chunk.steps);
  for (int step = mine.first; step < mine.last; step++) {
    T* to = before_ + starts_[step] * l.hiddenStride;
    std::memcpy(to, l.hiddenAt(step), l.rowsAt(step) * l.hiddenStride * sizeof(T));
  }
  return before_;
}

/** Gradients of U and the biases. Ends at a barrier; returns the gates' gradients for further products. */
template <class T> Packed<T> NetworkOf<T>::recurrentGradients(Worker& worker, const Chunk& chunk, Layer<T>& l) {
  const int positions = chunk.positions, index = l.index;
  const Packed<T> gates = packFor(l.units, worker, gatePanels_[index],
                                  Source<T>{l.gate, positions, l.units, l.gateStride, 1, l.gateWidth});
  Packed<T> candidate = gru() ? gates.part(2, 1) : gates;
  if (gru() && config_.resetAfter) {
    candidate = packFor(l.units, worker, candidatePanels_[index],
                        Source<T>{l.aside, positions, l.units, l.hiddenStride, 1});
  }
  const Range blocks = worker.share(int(l.gates * l.gateWidth) / blockLanes);
  sumRows(l.gate, l.gateStride, positions, blocks.first * blockLanes, blocks.last * blockLanes, biasGrad_[index]);
  if (gru() && config_.resetAfter) {
    const Range units = worker.share(int(l.gateWidth) / blockLanes);
    sumRows(l.aside, l.hiddenStride, positions, units.first * blockLanes, units.last * blockLanes,
            recurrentBiasGrad_[index]);
  }
  const Left<T> before = columnsOf<T>(statesBefore(worker, chunk, l), l.hiddenStride);
  worker.meet();

  if (!gru()) {
    multiply(worker, l.units, before, gates, recurrentGrad_[index], l.gateStride, fromZero<T>());
  } else {
    T* to = recurrentGrad_[index];
    multiply(worker, l.units, before, gates.part(0, 2), to, l.gateStride, fromZero<T>());
    multiply(worker, l.units, config_.resetAfter ? before : columnsOf<T>(l.aside, l.hiddenStride), candidate,
             to + 2 * l.gateWidth, l.gateStride, fromZero<T>());
  }
  worker.meet();
  return gates;
}

/** Gradients of W and of what the layer read. Ends at a barrier. */
template <class T>
void NetworkOf<T>::inputGradients(Worker& worker, const Chunk& chunk, Layer<T>& l, const Packed<T>& gates) {
  if (levelOf(l) == 0 && chunk.distinct) return tokenGradients(worker, chunk, l);
  const size_t stride = readStride_[levelOf(l)];
  multiply(worker, l.inputs, columnsOf(inputOf(chunk, l), stride), gates, kernelGrad_[l.index], l.gateStride,
           fromZero<T>());
  multiply(worker, chunk.positions, rowsOf<T>(l.gate, l.gateStride), l.kernelBack, inputGradOf(l), stride, fromZero<T>());
  worker.meet();
}

/** The same for the tokens, whose gradient is that of each different one: a second direction adds to the first one's. */
template <class T> void NetworkOf<T>::tokenGradients(Worker& worker, const Chunk& chunk, Layer<T>& l) {
  const Range blocks = worker.share(int(l.gates * l.gateWidth) / blockLanes);
  addUp(l.gate, l.gateStride, places_[directionOf(l)], chunk.positions, distinct_.count, blocks.first * blockLanes,
        blocks.last * blockLanes, table_, l.gateStride);
  worker.meet();
  Packed<T> panels = tablePanels_;
  panels.depth = distinct_.count;
  pack(worker, panels, Source<T>{table_, distinct_.count, l.units, l.gateStride, 1, l.gateWidth});
  worker.meet();
  multiply(worker, l.inputs, columnsOf<T>(read_[0], embeddingStride_), panels, kernelGrad_[l.index], l.gateStride,
           fromZero<T>());
  const Left<T> gates = rowsOf<T>(table_, l.gateStride);
  T* to = inputGrad_[0];
  if (l.mirror) multiply(worker, distinct_.count, gates, l.kernelBack, to, embeddingStride_, fromHere<T>());
  else multiply(worker, distinct_.count, gates, l.kernelBack, to, embeddingStride_, fromZero<T>());
  worker.meet();
}

/** From the gradients of what level 0 read to those of the embedding. Ends at a barrier. */
template <class T> void NetworkOf<T>::embeddingGradients(Worker& worker, const Chunk& chunk) {
  if (chunk.distinct) {
    const Range tokens = worker.share(distinct_.count);
    for (int i = tokens.first; i < tokens.last; i++) {
      std::memcpy(embeddingGrad_ + distinct_.tokens[i] * embeddingStride_, inputGrad_[0] + i * embeddingStride_,
                  config_.embedding * sizeof(T));
    }
    return worker.meet();
  }
  T* const grad = inputGrad_[0];
  const Range mine = worker.share(chunk.positions), columns = worker.share(config_.embedding);
  if (config_.bidirectional()) addMirrored(worker, chunk, 0);
  mask(chunk, 0).apply(keys_, mine.first, mine.last, config_.embedding, grad, grad, embeddingStride_);
  worker.meet();
  for (int i = 0; i < chunk.positions; i++) {
    T* sum = embeddingGrad_ + ids_[i] * embeddingStride_;
    for (int j = columns.first; j < columns.last; j++) sum[j] += grad[i * embeddingStride_ + j];
  }
  worker.meet();
}

/** The gradients, out of their padding, in the order of the weights. */
template <class T> void NetworkOf<T>::collect(const Worker& worker, bool carried, T* gradients) {
  const int units = config_.units, gates = config_.gates(), width = config_.width();
  const size_t wide = padded(units), gateStride = layers_[0].gateStride, hiddenStride = layers_[0].hiddenStride;
  const Range words = worker.share(config_.vocabulary), answers = worker.share(config_.outputs);
  T* embedding = gradients + offsets_.embedding;
  for (size_t v = words.first; v < size_t(words.last); v++) {
    std::memcpy(embedding + v * config_.embedding, embeddingGrad_ + v * embeddingStride_, config_.embedding * sizeof(T));
  }
  for (size_t i = answers.first; i < size_t(answers.last); i++) {  // where tied, of the words that this thread has copied
    const T* from = decoder_.matrixGrad + i * decoder_.inputStride;
    T* to = gradients + offsets_.decoder + i * width;
    for (int u = 0; u < width; u++) to[u] = config_.tied ? to[u] + from[u] : from[u];
  }
  if (worker.index == 0) std::memcpy(gradients + offsets_.decoderBias, decoder_.biasGrad, config_.outputs * sizeof(T));

  const auto unpad = [&](const T* from, int rows, T* to) {
    const Range mine = worker.share(rows);
    for (size_t row = mine.first; row < size_t(mine.last); row++) {
      for (int g = 0; g < gates; g++) {
        std::memcpy(to + (row * gates + g) * units, from + row * gateStride + g * wide, units * sizeof(T));
      }
    }
  };
  for (int index = 0; index < config_.layers; index++) {
    const Layer<T>& l = layers_[index];
    unpad(kernelGrad_[index], l.inputs, gradients + offsets_.kernel[index]);
    unpad(recurrentGrad_[index], units, gradients + offsets_.recurrentKernel[index]);
    if (worker.index > 0) continue;
    for (int g = 0; g < gates; g++) {
      std::memcpy(gradients + offsets_.bias[index] + g * units, biasGrad_[index] + g * wide, units * sizeof(T));
    }
    if (gru() && config_.resetAfter) {
      std::memcpy(gradients + offsets_.recurrentBias[index], recurrentBiasGrad_[index], units * sizeof(T));
    }
    if (!config_.trainedInitialState) continue;
    const int rows = carried ? 0 : l.rows;  // a state handed on from the batch before is no weight
    sumRows(l.hiddenGrad, hiddenStride, rows, 0, units, gradients + offsets_.initialHidden[index]);
    if (lstm()) sumRows(l.carryGrad, hiddenStride, rows, 0, units, gradients + offsets_.initialCell[index]);
  }
}

template <class T>
double NetworkOf<T>::update(const UpdateRequest& request, float* weights, float* gradients, float* first,
                            float* second) {
  double* slices = sliceMemory_.of<double>(offsets_.total / normSlice + 1);
  double norm = 0;
  team_.run(offsets_.total > 100000, [&](Worker& worker) {
    const double result = applyUpdate(worker, request, offsets_.total, weights, gradients, first, second, slices);
    if (worker.index == 0) norm = result;
  });
  return norm;
}

template <class T> void NetworkOf<T>::exercise(int size, int rounds) {
  const size_t stride = rowStride(size);
  Packed<T> panels = Packed<T>::of(size, size, 1, team_.size());
  const auto layOut = [&](Layout& layout, T*& a, T*& c) {
    layout.take(a, size * stride);
    layout.take(c, size * stride);
    layout.take(panels);
  };
  T *a, *c;
  Layout measured{nullptr};
  layOut(measured, a, c);
  Layout real{arena_.of<char>(measured.size)};
  layOut(real, a, c);
  std::memset(a, 0, size * stride * sizeof(T));
  team_.run(true, [&](Worker& worker) {
    pack(worker, panels, Source<T>{a, size, size, stride, 1});
    worker.meet();
    for (int round = 0; round < rounds; round++) {
      multiply(worker, size, rowsOf<T>(a, stride), panels, c, stride, fromZero<T>());
    }
  });
}

}  // namespace PROBE_ISA
