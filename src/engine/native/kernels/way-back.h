// What a way back does for sites, beside the cell's own gradients: factors of the state come in where a row ends,
// gradients are recorded, and edits are undone once all readers of the edited value have been passed.

#pragma once
#include "layer.h"

namespace PROBE_ISA {

using probe::mostLayers;

/** What is wanted of a chunk. */
template <class T> struct Sensitivity {
  const Watch& edits;  // those of the way up; in single precision only
  const Watch& sites;  // where gradients are recorded
  int steps;
  const int32_t* lengths;              // of the chunk's rows, or null where all have `steps`
  const T* hiddenFactors[mostLayers];  // of the state after a row's end: [rows, units] of the chunk, or null
  const T* cellFactors[mostLayers];

  int endOf(int row) const { return lengths ? lengths[row] : steps; }
};

/** A layer's part of it, for one thread; in training nothing happens. */
template <class T> struct WayBack {
  const Sensitivity<T>* wanted;  // null in training
  const Layer<T>& l;
  const Own& own;

  /** Gradients of gates or cells are to be seen, so that a step cannot be computed in one go. */
  bool stops() const { return wanted && (wanted->edits.edits(l.index) || wanted->sites.recordsInside(l.index)); }
  bool splits() const { return wanted && wanted->edits.splitsReaders(l.index); }

  /** Where the step that reads slot `slot` of `hidden` adds to its gradient. */
  T* fromNextAt(int slot) const { return splits() ? l.fromNext : l.hiddenGradAt(slot); }

  /** Before the last step. */
  void begin() const {
    if (!splits()) return;
    forUnits(l, l.rows, own, [&](size_t, size_t u) { store(l.fromNext + u, Vector<T>{}); });
  }

  /** All readers of `hidden` have been passed: its gradient is recorded, and `hiddenGrad` becomes that of what was
   *  computed. */
  void arrive(int step) const {
    if (!wanted) return;
    T *grad = l.hiddenGradAt(step + 1), *recurrent = fromNextAt(step + 1);
    addFactors(step, wanted->hiddenFactors[l.index], recurrent);
    addFactors(step, wanted->cellFactors[l.index], l.carryGrad);
    if (!splits()) return pass(Quantity::hidden, step, grad, l.hiddenStride, l.hiddenAt(step + 1), l.hiddenStride);
    forUnits(l, l.rows, own, [&](size_t, size_t u) { store(l.shown + u, load(grad + u) + load(recurrent + u)); });
    wanted->sites.record(l.index, Quantity::hidden, step, l.shown, l.hiddenStride, own.first, own.last);
    if constexpr (sizeof(T) == sizeof(float)) {
      T* values = l.hiddenAt(step + 1);
      wanted->edits.undoHidden(l.index, step, values, recurrent, grad, l.hiddenStride, own.first, own.last);
    }
    forUnits(l, l.rows, own, [&](size_t, size_t u) {
      store(grad + u, load(grad + u) + load(recurrent + u));
      store(recurrent + u, Vector<T>{});
    });
  }

  /** Records the gradient of a quantity, all of whose readers have been passed, and undoes its edits. */
  void pass(Quantity quantity, int step, T* grad, size_t gradStride, T* values, size_t stride) const {
    wanted->sites.record(l.index, quantity, step, grad, gradStride, own.first, own.last);
    if constexpr (sizeof(T) == sizeof(float)) {
      if (!wanted->edits.edits(l.index, quantity)) return;
      wanted->edits.undo(l.index, quantity, step, values, stride, grad, gradStride, own.first, own.last);
    }
  }

 private:
  /** In the rows that end with this step. */
  void addFactors(int step, const T* factors, T* to) const {
    if (!factors) return;
    for (int row = 0; row < l.rows; row++) {
      if (wanted->endOf(row) != step + 1) continue;
      for (int u = own.first; u < least(own.last, l.units); u++) {
        to[row * l.hiddenStride + u] += factors[size_t(row) * l.units + u];
      }
    }
  }
};

}  // namespace PROBE_ISA
