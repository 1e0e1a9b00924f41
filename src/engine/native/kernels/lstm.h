// LSTM (Hochreiter & Schmidhuber 1997; forget gate, Gers et al. 2000), no peepholes; gates in the order i f g o:
//   i = σ(a_i)   f = σ(a_f)   g = tanh(a_g)   o = σ(a_o)      a = x W + h U + b
//   c' = f ⊙ c + i ⊙ g        h' = o ⊙ tanh(c')

#pragma once
#include "way-back.h"

namespace PROBE_ISA {

/** On every thread. `gate` holds x W + b of all steps, `hidden` and `cell` the state before the first. */
template <class T> void lstmForward(Worker& worker, const Layer<T>& l, const Watch* watch) {
  const Own own(worker, l.recurrent);
  const Watching<T> watching = {watch, l, own};
  const size_t f = l.gateWidth, g = 2 * l.gateWidth, o = 3 * l.gateWidth;
  for (int step = 0; step < l.steps; step++) {
    const int rows = l.rowsAt(step);
    T* gate = l.gateAt(step);
    const T* cellBefore = l.cellAt(step);
    T *cell = l.cellAt(step + 1), *tanhCell = l.tanhCellAt(step), *hidden = l.hiddenAt(step + 1);
    multiply(rows, rowsOf(l.hiddenAt(step), l.hiddenStride), l.recurrent, own.firstPanel, own.lastPanel, gate,
             l.gateStride, fromHere<T>());

    const auto activate = [&](size_t at, size_t) {
      store(gate + at, sigmoid(load(gate + at)));
      store(gate + at + f, sigmoid(load(gate + at + f)));
      store(gate + at + g, hyperbolicTangent(load(gate + at + g)));
      store(gate + at + o, sigmoid(load(gate + at + o)));
    };
    const auto advance = [&](size_t at, size_t u) {
      const Vector<T> kept = load(gate + at + f) * load(cellBefore + u);
      store(cell + u, multiplyAdd(load(gate + at), load(gate + at + g), kept));
    };
    const auto expose = [&](size_t at, size_t u) {
      const Vector<T> squashed = hyperbolicTangent(load(cell + u));
      store(tanhCell + u, squashed);
      store(hidden + u, load(gate + at + o) * squashed);
    };

    if (!watching.edits()) {
      forUnits(l, rows, own, [&](size_t at, size_t u) {
        activate(at, u);
        advance(at, u);
        expose(at, u);
      });
    } else {
      forUnits(l, rows, own, activate);
      watching.edit(Quantity::input, step, gate, l.gateStride);
      watching.edit(Quantity::forget, step, gate + f, l.gateStride);
      watching.edit(Quantity::candidate, step, gate + g, l.gateStride);
      watching.edit(Quantity::output, step, gate + o, l.gateStride);
      forUnits(l, rows, own, advance);
      watching.edit(Quantity::cell, step, cell, l.hiddenStride);
      forUnits(l, rows, own, expose);
      watching.editHidden(step);
    }
    watching.record(Quantity::input, step, gate, l.gateStride);
    watching.record(Quantity::forget, step, gate + f, l.gateStride);
    watching.record(Quantity::candidate, step, gate + g, l.gateStride);
    watching.record(Quantity::output, step, gate + o, l.gateStride);
    watching.record(Quantity::cell, step, cell, l.hiddenStride);
    watching.recordHidden(step);
    worker.meet();
  }
}

/** On every thread. `hiddenGrad` holds what comes from above; `gate` becomes ∂/∂a, `hiddenGrad` slot 0 and `carryGrad`
 *  the gradient of the first state. */
template <class T> void lstmBackward(Worker& worker, const Layer<T>& l, const Sensitivity<T>* wanted) {
  const Own own(worker, l.recurrentBack);
  const WayBack<T> way = {wanted, l, own};
  const size_t f = l.gateWidth, g = 2 * l.gateWidth, o = 3 * l.gateWidth;
  forUnits(l, l.rows, own, [&](size_t, size_t u) { store(l.carryGrad + u, Vector<T>{}); });
  way.begin();
  for (int step = l.steps - 1; step >= 0; step--) {
    const int rows = l.rowsAt(step);
    T *gate = l.gateAt(step), *grad = l.siteGrad;
    const T *cellBefore = l.cellAt(step), *tanhCell = l.tanhCellAt(step), *hiddenGrad = l.hiddenGradAt(step + 1);
    way.arrive(step);

    const auto allAtOnce = [&](size_t at, size_t u) {
      const Vector<T> i = load(gate + at), forget = load(gate + at + f), candidate = load(gate + at + g),
                      output = load(gate + at + o), squashed = load(tanhCell + u), dh = load(hiddenGrad + u);
      const Vector<T> dc = multiplyAdd(dh * output, T(1) - squashed * squashed, load(l.carryGrad + u));
      store(l.carryGrad + u, dc * forget);
      store(gate + at, dc * candidate * i * (T(1) - i));
      store(gate + at + f, dc * load(cellBefore + u) * forget * (T(1) - forget));
      store(gate + at + g, dc * i * (T(1) - candidate * candidate));
      store(gate + at + o, dh * squashed * output * (T(1) - output));
    };
    const auto throughHidden = [&](size_t at, size_t u) {
      const Vector<T> squashed = load(tanhCell + u), dh = load(hiddenGrad + u);
      store(grad + at + o, dh * squashed);
      store(l.carryGrad + u, multiplyAdd(dh * load(gate + at + o), T(1) - squashed * squashed, load(l.carryGrad + u)));
    };
    const auto throughCell = [&](size_t at, size_t u) {
      const Vector<T> dc = load(l.carryGrad + u);
      store(grad + at, dc * load(gate + at + g));
      store(grad + at + f, dc * load(cellBefore + u));
      store(grad + at + g, dc * load(gate + at));
      store(l.carryGrad + u, dc * load(gate + at + f));
    };
    const auto throughGates = [&](size_t at, size_t) {
      const Vector<T> i = load(gate + at), forget = load(gate + at + f), candidate = load(gate + at + g),
                      output = load(gate + at + o);
      store(gate + at, load(grad + at) * i * (T(1) - i));
      store(gate + at + f, load(grad + at + f) * forget * (T(1) - forget));
      store(gate + at + g, load(grad + at + g) * (T(1) - candidate * candidate));
      store(gate + at + o, load(grad + at + o) * output * (T(1) - output));
    };

    if (!way.stops()) {
      forUnits(l, rows, own, allAtOnce);
    } else {
      forUnits(l, rows, own, throughHidden);
      way.pass(Quantity::cell, step, l.carryGrad, l.hiddenStride, l.cellAt(step + 1), l.hiddenStride);
      forUnits(l, rows, own, throughCell);
      way.pass(Quantity::input, step, grad, l.gateStride, gate, l.gateStride);
      way.pass(Quantity::forget, step, grad + f, l.gateStride, gate + f, l.gateStride);
      way.pass(Quantity::candidate, step, grad + g, l.gateStride, gate + g, l.gateStride);
      way.pass(Quantity::output, step, grad + o, l.gateStride, gate + o, l.gateStride);
      forUnits(l, rows, own, throughGates);
    }
    worker.meet();
    multiply(rows, rowsOf<T>(gate, l.gateStride), l.recurrentBack, own.firstPanel, own.lastPanel,
             way.fromNextAt(step), l.hiddenStride, fromHere<T>());
  }
}

}  // namespace PROBE_ISA
