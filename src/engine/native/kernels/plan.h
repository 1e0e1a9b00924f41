// Where everything stands: one arena, laid out anew for every shape, and the weights packed for the products.

#pragma once
#include "network.h"

namespace PROBE_ISA {

/** Hands out consecutive, aligned pieces of an arena; with no arena yet it only adds up their sizes. */
struct Layout {
  char* base;
  size_t size = 0;
  template <class E> void take(E*& pointer, size_t count) {
    pointer = base ? reinterpret_cast<E*>(base + size) : nullptr;
    size += (count * sizeof(E) + 63) / 64 * 64;
  }
  template <class E> void take(Packed<E>& packed) { take(packed.data, packed.size()); }
};

template <class T> void NetworkOf<T>::plan(int rows, int steps, int positionCount, Purpose purpose) {
  const int units = config_.units, gates = config_.gates(), vocabulary = config_.vocabulary, levels = config_.levels();
  const size_t positions = positionCount, wide = padded(units);
  const size_t gateStride = rowStride(gates * wide), hiddenStride = rowStride(units);
  const size_t outputStride = rowStride(config_.width());
  const bool training = purpose == Purpose::training, back = purpose != Purpose::run;
  const bool dropout = training && config_.dropout > 0;
  threads_ = rows >= config_.rowsForThreads ? team_.size() : 1;
  embeddingStride_ = rowStride(config_.embedding);
  readStride_[0] = embeddingStride_;
  for (int level = 1; level <= levels; level++) readStride_[level] = outputStride;

  const auto layOut = [&](Layout& layout) {
    for (int index = 0; index < config_.layers; index++) {
      Layer<T>& l = layers_[index];
      const int inputs = config_.inputs(index);
      l.index = index, l.units = units, l.gates = gates, l.inputs = inputs, l.rows = rows, l.steps = steps;
      l.gateWidth = wide, l.gateStride = gateStride, l.hiddenStride = hiddenStride;
      layout.take(l.gate, positions * gateStride);
      layout.take(l.hidden, (positions + rows) * hiddenStride);
      if (lstm()) layout.take(l.cell, (positions + rows) * hiddenStride);
      if (lstm()) layout.take(l.tanhCell, positions * hiddenStride);
      if (gru()) layout.take(l.aside, positions * hiddenStride);

      const int apart = gru() ? 2 : gates;  // gates whose recurrent product reads h itself
      l.kernel = Packed<T>::of(inputs, units, gates, threads_);
      l.recurrent = Packed<T>::of(units, units, apart, threads_);
      layout.take(l.kernel);
      layout.take(l.recurrent);
      layout.take(l.bias, gates * wide);
      if (gru()) {
        l.candidate = Packed<T>::of(units, units, 1, threads_);
        layout.take(l.candidate);
        layout.take(l.recurrentBias, wide);
      }

      if (!training) {
        layout.take(splitOutput_[index], positions * hiddenStride);
        layout.take(l.shown, rows * hiddenStride);
      }
      if (!back) continue;
      layout.take(l.hiddenGrad, (positions + rows) * hiddenStride);
      layout.take(l.carryGrad, rows * hiddenStride);
      layout.take(l.scratch, rows * hiddenStride);
      l.recurrentBack = Packed<T>::of(apart * wide, units, 1, threads_);
      l.kernelBack = Packed<T>::of(gates * wide, inputs, 1, threads_);
      layout.take(l.recurrentBack);
      layout.take(l.kernelBack);
      if (gru()) {
        l.candidateBack = Packed<T>::of(wide, units, 1, threads_);
        layout.take(l.candidateBack);
      }
      if (!training) {
        layout.take(l.siteGrad, rows * gateStride);
        layout.take(l.fromNext, rows * hiddenStride);
        continue;
      }
      gatePanels_[index] = Packed<T>::of(positionCount, units, gates, threads_);
      layout.take(gatePanels_[index]);
      if (gru()) {
        candidatePanels_[index] = Packed<T>::of(positionCount, units, 1, threads_);
        layout.take(candidatePanels_[index]);
        layout.take(recurrentBiasGrad_[index], wide);
      }
      layout.take(kernelGrad_[index], inputs * gateStride);
      layout.take(recurrentGrad_[index], units * gateStride);
      layout.take(biasGrad_[index], gates * wide);
    }

    const bool both = config_.bidirectional();
    for (int level = 0; level <= levels; level++) {
      if (level == 0 || dropout || both || config_.skip) layout.take(read_[level], positions * readStride_[level]);
      if (both && level < levels) layout.take(mirrored_[level], positions * readStride_[level]);
    }
    layout.take(starts_, steps + 1);
    if (both) layout.take(mirror_, positions);
    layout.take(ids_, positions);
    layout.take(targets_, positions);
    layout.take(logProbabilities_, positions);
    layout.take(distinct_.tokens, positions);
    for (int direction = 0; direction < config_.directions; direction++) layout.take(places_[direction], positions);
    layout.take(table_, positions * gateStride);
    if (dropout) layout.take(keys_, positions);
    if (training) layout.take(before_, positions * hiddenStride);

    Decoder<T>& d = decoder_;
    const int outputs = config_.outputs, width = config_.width();
    d.outputs = outputs, d.width = width, d.stride = rowStride(outputs), d.inputStride = outputStride;
    d.forward = Packed<T>::of(width, outputs, 1, threads_);
    layout.take(d.forward);
    layout.take(d.bias, padded(outputs));
    layout.take(d.logits, Decoder<T>::rowsAtOnce * d.stride);
    layout.take(gathered_, Decoder<T>::rowsAtOnce * outputStride);
    if (!back) return;
    d.backward = Packed<T>::of(outputs, width, 1, threads_);
    layout.take(d.backward);
    const size_t widest = both && outputStride > embeddingStride_ ? outputStride : embeddingStride_;
    for (int direction = 0; direction < config_.directions; direction++) {
      layout.take(inputGrad_[direction], positions * widest);
    }
    if (config_.skip) layout.take(skipGrad_, positions * outputStride);
    if (!training) return;
    d.inputs = Packed<T>::of(Decoder<T>::rowsAtOnce, width, 1, threads_);
    layout.take(d.inputs);
    layout.take(d.matrixGrad, outputs * outputStride);
    layout.take(d.biasGrad, padded(outputs));
    tablePanels_ = Packed<T>::of(positionCount, units, gates, threads_);
    layout.take(tablePanels_);
    layout.take(embeddingGrad_, vocabulary * embeddingStride_);
  };

  Layout measured{nullptr};
  layOut(measured);
  Layout real{arena_.of<char>(measured.size)};
  layOut(real);
  for (int index = 0; index < config_.layers; index++) {
    layers_[index].starts = starts_;
    layers_[index].mirror = config_.backward(index) ? mirror_ : nullptr;
  }
  if (!distinct_.place) {
    distinct_.place = vocabularyMemory_.of<int32_t>(vocabulary);
    for (int v = 0; v < vocabulary; v++) distinct_.place[v] = -1;
  }
}

/** Rows that have ended are left out. @param lengths as in TrainRequest */
template <class T> void NetworkOf<T>::placeSteps(int rows, int steps, const int32_t* lengths) {
  starts_[0] = 0;
  for (int step = 0, running = rows; step < steps; step++) {
    while (lengths && lengths[running - 1] <= step) running--;
    starts_[step + 1] = starts_[step] + running;
  }
}

/** Each row from its own end. @param lengths of the rows, or null where all have `steps` */
template <class T> void NetworkOf<T>::placeMirror(int rows, int steps, const int32_t* lengths) {
  for (int step = 0; step < steps; step++) {
    for (int row = 0; row < rows && row < starts_[step + 1] - starts_[step]; row++) {
      const int length = lengths ? lengths[row] : steps;
      const int other = step < length ? length - 1 - step : step;  // what is beyond the end stays there
      mirror_[starts_[step] + row] = starts_[other] + row;
    }
  }
}

/** On every thread; the caller puts a barrier behind it. */
template <class T> void NetworkOf<T>::packWeights(Worker& worker, const T* weights, bool decoder, bool back) {
  const int units = config_.units, gates = config_.gates();
  const size_t columns = size_t(units) * gates, wide = padded(units);
  for (int index = 0; index < config_.layers; index++) {
    Layer<T>& l = layers_[index];
    const T* kernel = weights + offsets_.kernel[index];
    const T* recurrent = weights + offsets_.recurrentKernel[index];
    const T* candidate = recurrent + 2 * units;  // GRU
    const size_t gate = units;
    pack(worker, l.kernel, Source<T>{kernel, l.inputs, units, columns, 1, gate});
    pack(worker, l.recurrent, Source<T>{recurrent, units, units, columns, 1, gate});
    if (gru()) pack(worker, l.candidate, Source<T>{candidate, units, units, columns, 1});
    if (back) {
      // Row (gate, unit) and column (input) of a transpose: the gates are parts, padded to whole blocks.
      pack(worker, l.recurrentBack, Source<T>{recurrent, units, units, 1, columns, 0, gate});
      pack(worker, l.kernelBack, Source<T>{kernel, units, l.inputs, 1, columns, 0, gate});
      if (gru()) pack(worker, l.candidateBack, Source<T>{candidate, units, units, 1, columns});
    }
    if (worker.index == 0) {
      const T* bias = weights + offsets_.bias[index];
      std::memset(l.bias, 0, gates * wide * sizeof(T));
      for (int g = 0; g < gates; g++) std::memcpy(l.bias + g * wide, bias + g * units, units * sizeof(T));
      if (gru()) {
        std::memset(l.recurrentBias, 0, wide * sizeof(T));
        const T* recurrentBias = weights + offsets_.recurrentBias[index];
        if (config_.resetAfter) std::memcpy(l.recurrentBias, recurrentBias, units * sizeof(T));
      }
    }
  }
  if (!decoder) return;
  const T* matrix = weights + offsets_.decoder;
  const int outputs = config_.outputs, width = config_.width();
  pack(worker, decoder_.forward, Source<T>{matrix, width, outputs, 1, size_t(width)});
  if (back) pack(worker, decoder_.backward, Source<T>{matrix, outputs, width, size_t(width), 1});
  if (worker.index == 0) {
    std::memcpy(decoder_.bias, weights + offsets_.decoderBias, outputs * sizeof(T));
    for (int i = outputs; i < padded(outputs); i++) decoder_.bias[i] = T(-1e30);
  }
}

}  // namespace PROBE_ISA
