// What the three cells share: the memory of one layer over a batch, and how a thread finds its own units in it.
// Time is outermost: the rows of a step stand together, step after step; sequences that have ended are left out. Gates lie
// side by side, each padded to whole blocks of lanes; a step's gates are overwritten by their gradients on the way back.
// A layer that reads backward counts steps from each sequence's own end, so that a cell knows nothing of directions.

#pragma once
#include "interface.h"
#include "matrix.h"
#include "watch.h"

namespace PROBE_ISA {

using probe::Cell;
using probe::Config;
using probe::Memory;
using probe::Offsets;
using probe::Quantity;
using probe::Range;
using probe::Watch;
using probe::Worker;

template <class T> struct Layer {
  int index, units, gates, inputs, rows, steps;
  size_t gateWidth;     // padded units: gate g of a unit u stands at column g · gateWidth + u
  size_t gateStride;    // between rows of `gate`
  size_t hiddenStride;  // between rows of the matrices of one value per unit
  const int32_t* starts;  // [steps + 1]: position of the first row of each step; the last is the number of positions
  const int32_t* mirror;  // [positions]: what it reads at its own position, where it reads backward; else null

  T* gate;         // [positions, gates]: pre-activations from below, then activations, then gradients
  T* hidden;       // [rows + positions, units]: the first state, and the one after each step
  T* cell;         // LSTM: likewise
  T* tanhCell;     // LSTM: [positions, units]
  T* aside;        // GRU: r ⊙ h (reset before) or U h + b of the candidate (after); then its gradient
  T* output;       // what the layer above reads: hidden from step 0 on, or a copy where readers see different values
  T* shown;        // [rows, units]: what a recording shows where readers see different values
  T* hiddenGrad;   // [rows + positions, units]: gradient of `hidden`
  T* carryGrad;    // [rows, units]: LSTM: of the cell; GRU: of the way past the candidate
  T* scratch;      // [rows, units]
  T* siteGrad;     // [rows, gates]: gradients of the gates' values, where these are wanted
  T* fromNext;     // [rows, units]: of `hidden` by the next step, where readers see different values

  // Weights, packed: from below, from the step before, and their transposes for the way back.
  Packed<T> kernel, recurrent, recurrentBack, kernelBack;
  Packed<T> candidate, candidateBack;  // GRU: the candidate's recurrent part, which the reset gate keeps apart
  T* bias;           // [gates]
  T* recurrentBias;  // [units], GRU with reset after

  int rowsAt(int step) const { return starts[step + 1] - starts[step]; }
  /** Row of `hidden` at which the state before a step stands: as many rows as the step before has, this one's first. */
  size_t slot(int step) const { return step == 0 ? 0 : rows + starts[step - 1]; }
  T* gateAt(int step) const { return gate + starts[step] * gateStride; }
  T* tanhCellAt(int step) const { return tanhCell + starts[step] * hiddenStride; }
  T* asideAt(int step) const { return aside + starts[step] * hiddenStride; }
  T* outputAt(int step) const { return output + starts[step] * hiddenStride; }
  T* hiddenAt(int step) const { return hidden + slot(step) * hiddenStride; }
  T* cellAt(int step) const { return cell + slot(step) * hiddenStride; }
  T* hiddenGradAt(int step) const { return hiddenGrad + slot(step) * hiddenStride; }
};

/** The units (in whole panels of the recurrent product, in all their gates) that one thread owns. */
struct Own {
  int firstPanel, lastPanel, first, last;
  template <class T> Own(const Worker& worker, const Packed<T>& packed) {
    const Range share = worker.share(packed.panels);
    firstPanel = share.first;
    lastPanel = share.last;
    first = packed.firstBlock(firstPanel) * blockLanes;
    last = packed.firstBlock(lastPanel) * blockLanes;
  }
};

/** What a step tells the watch, if one is there; only runs in single precision are watched. */
template <class T> struct Watching {
  const Watch* watch;
  const Layer<T>& l;
  const Own& own;

  bool edits() const { return watch && watch->edits(l.index); }
  bool splits() const { return watch && watch->splitsReaders(l.index); }

  void edit(Quantity quantity, int step, T* values, size_t stride) const {
    if constexpr (sizeof(T) == sizeof(float)) {
      if (watch && watch->edits(l.index, quantity)) {
        watch->edit(l.index, quantity, step, values, stride, own.first, own.last);
      }
    }
  }
  /** `hidden` of this step, for all readers or for some. */
  void editHidden(int step) const {
    if constexpr (sizeof(T) == sizeof(float)) {
      T *recurrent = l.hiddenAt(step + 1), *output = l.outputAt(step);
      if (!splits()) return edit(Quantity::hidden, step, recurrent, l.hiddenStride);
      for (int row = 0; row < l.rows; row++) {
        for (int u = own.first; u < own.last; u++) {
          const size_t at = row * l.hiddenStride + u;
          output[at] = l.shown[at] = recurrent[at];
        }
      }
      watch->editHidden(l.index, step, recurrent, output, l.shown, l.hiddenStride, own.first, own.last);
    }
  }
  void record(Quantity quantity, int step, const T* values, size_t stride) const {
    if (watch) watch->record(l.index, quantity, step, values, stride, own.first, own.last);
  }
  void recordHidden(int step) const {
    record(Quantity::hidden, step, splits() ? l.shown : l.hiddenAt(step + 1), l.hiddenStride);
  }
};

/** For some rows and every vector of a thread's units: visit(offset in a row of gates, offset in a row of units). */
template <class T, class Visit> inline void forUnits(const Layer<T>& l, int rows, const Own& own, Visit&& visit) {
  for (int row = 0; row < rows; row++) {
    for (int u = own.first; u < own.last; u += lanes<T>) visit(row * l.gateStride + u, row * l.hiddenStride + u);
  }
}

}  // namespace PROBE_ISA
