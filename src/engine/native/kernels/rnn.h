// Simple recurrent network (Elman 1990): h' = φ(x W + h U + b), φ = tanh or max(0, ·).

#pragma once
#include "way-back.h"

namespace PROBE_ISA {

template <class T> void rnnForward(Worker& worker, const Layer<T>& l, bool relu, const Watch* watch) {
  const Own own(worker, l.recurrent);
  const Watching<T> watching = {watch, l, own};
  for (int step = 0; step < l.steps; step++) {
    const int rows = l.rowsAt(step);
    T *gate = l.gateAt(step), *hidden = l.hiddenAt(step + 1);
    multiply(rows, rowsOf(l.hiddenAt(step), l.hiddenStride), l.recurrent, own.firstPanel, own.lastPanel, gate,
             l.gateStride, fromHere<T>());
    forUnits(l, rows, own, [&](size_t at, size_t u) {
      const Vector<T> a = load(gate + at);
      store(hidden + u, relu ? (a > T(0) ? a : Vector<T>{}) : hyperbolicTangent(a));
    });
    watching.editHidden(step);
    watching.recordHidden(step);
    worker.meet();
  }
}

/** As lstmBackward. φ' follows from h': 1 − h'² for tanh, 1 where h' > 0 for relu. */
template <class T>
void rnnBackward(Worker& worker, const Layer<T>& l, bool relu, const Sensitivity<T>* wanted) {
  const Own own(worker, l.recurrentBack);
  const WayBack<T> way = {wanted, l, own};
  way.begin();
  for (int step = l.steps - 1; step >= 0; step--) {
    const int rows = l.rowsAt(step);
    T* gate = l.gateAt(step);
    const T *hidden = l.hiddenAt(step + 1), *grad = l.hiddenGradAt(step + 1);
    way.arrive(step);
    forUnits(l, rows, own, [&](size_t at, size_t u) {
      const Vector<T> h = load(hidden + u), dh = load(grad + u);
      store(gate + at, relu ? (h > T(0) ? dh : Vector<T>{}) : dh * (T(1) - h * h));
    });
    worker.meet();
    multiply(rows, rowsOf<T>(gate, l.gateStride), l.recurrentBack, own.firstPanel, own.lastPanel,
             way.fromNextAt(step), l.hiddenStride, fromHere<T>());
  }
}

}  // namespace PROBE_ISA
