// GRU (Cho et al. 2014), in the convention of Chung et al. 2014; gates in the order u r n:
//   u = σ(a_u)   r = σ(a_r)
//   n = tanh(x W_n + b_n + (r ⊙ h) U_n)             reset before (the lecture)
//   n = tanh(x W_n + b_n + r ⊙ (h U_n + b'_n))      reset after (cuDNN, PyTorch)
//   h' = u ⊙ n + (1 − u) ⊙ h

#pragma once
#include "way-back.h"

namespace PROBE_ISA {

template <class T> void gruForward(Worker& worker, const Layer<T>& l, bool resetAfter, const Watch* watch) {
  const Own own(worker, l.candidate);
  const Watching<T> watching = {watch, l, own};
  const size_t r = l.gateWidth, n = 2 * l.gateWidth;
  for (int step = 0; step < l.steps; step++) {
    const int rows = l.rowsAt(step);
    T *gate = l.gateAt(step), *aside = l.asideAt(step), *hidden = l.hiddenAt(step + 1);
    const T* before = l.hiddenAt(step);
    multiply(rows, rowsOf(before, l.hiddenStride), l.recurrent, own.firstPanel, own.lastPanel, gate, l.gateStride,
             fromHere<T>());
    forUnits(l, rows, own, [&](size_t at, size_t) {
      store(gate + at, sigmoid(load(gate + at)));
      store(gate + at + r, sigmoid(load(gate + at + r)));
    });
    watching.edit(Quantity::update, step, gate, l.gateStride);
    watching.edit(Quantity::reset, step, gate + r, l.gateStride);

    if (resetAfter) {
      multiply(rows, rowsOf(before, l.hiddenStride), l.candidate, own.firstPanel, own.lastPanel, aside,
               l.hiddenStride, fromBias<T>(l.recurrentBias));
      forUnits(l, rows, own, [&](size_t at, size_t u) {
        store(gate + at + n, multiplyAdd(load(gate + at + r), load(aside + u), load(gate + at + n)));
      });
    } else {
      forUnits(l, rows, own, [&](size_t at, size_t u) { store(aside + u, load(gate + at + r) * load(before + u)); });
      worker.meet();
      multiply(rows, rowsOf<T>(aside, l.hiddenStride), l.candidate, own.firstPanel, own.lastPanel, gate + n,
               l.gateStride, fromHere<T>());
    }
    forUnits(l, rows, own, [&](size_t at, size_t) {
      store(gate + at + n, hyperbolicTangent(load(gate + at + n)));
    });
    watching.edit(Quantity::candidate, step, gate + n, l.gateStride);
    forUnits(l, rows, own, [&](size_t at, size_t u) {
      const Vector<T> old = load(before + u);
      store(hidden + u, multiplyAdd(load(gate + at), load(gate + at + n) - old, old));
    });
    watching.editHidden(step);
    watching.record(Quantity::update, step, gate, l.gateStride);
    watching.record(Quantity::reset, step, gate + r, l.gateStride);
    watching.record(Quantity::candidate, step, gate + n, l.gateStride);
    watching.recordHidden(step);
    worker.meet();
  }
}

/** As lstmBackward; `aside` becomes the gradient of h U_n + b'_n (reset after). */
template <class T>
void gruBackward(Worker& worker, const Layer<T>& l, bool resetAfter, const Sensitivity<T>* wanted) {
  const Own own(worker, l.candidateBack);
  const WayBack<T> way = {wanted, l, own};
  const size_t r = l.gateWidth, n = 2 * l.gateWidth;
  way.begin();
  for (int step = l.steps - 1; step >= 0; step--) {
    const int rows = l.rowsAt(step);
    T *gate = l.gateAt(step), *aside = l.asideAt(step), *gradBefore = way.fromNextAt(step), *site = l.siteGrad;
    const T *before = l.hiddenAt(step), *grad = l.hiddenGradAt(step + 1);
    way.arrive(step);

    const auto allAtOnce = [&](size_t at, size_t u) {
      const Vector<T> update = load(gate + at), candidate = load(gate + at + n), dh = load(grad + u);
      const Vector<T> dn = dh * update * (T(1) - candidate * candidate);
      store(gate + at, dh * (candidate - load(before + u)) * update * (T(1) - update));
      store(gate + at + n, dn);
      store(gradBefore + u, multiplyAdd(dh, T(1) - update, load(gradBefore + u)));
      if (resetAfter) {
        const Vector<T> reset = load(gate + at + r);
        store(gate + at + r, dn * load(aside + u) * reset * (T(1) - reset));
        store(aside + u, dn * reset);
      }
    };
    const auto throughHidden = [&](size_t at, size_t u) {
      const Vector<T> update = load(gate + at), dh = load(grad + u);
      store(site + at, dh * (load(gate + at + n) - load(before + u)));
      store(site + at + n, dh * update);
      store(gradBefore + u, multiplyAdd(dh, T(1) - update, load(gradBefore + u)));
    };
    const auto throughCandidate = [&](size_t at, size_t u) {
      const Vector<T> update = load(gate + at), candidate = load(gate + at + n);
      const Vector<T> dn = load(site + at + n) * (T(1) - candidate * candidate);
      store(gate + at, load(site + at) * update * (T(1) - update));
      store(gate + at + n, dn);
      if (resetAfter) {
        store(site + at + r, dn * load(aside + u));
        store(aside + u, dn * load(gate + at + r));
      }
    };
    const auto throughReset = [&](size_t at, size_t) {
      const Vector<T> reset = load(gate + at + r);
      store(gate + at + r, load(site + at + r) * reset * (T(1) - reset));
    };
    const auto passReset = [&] {
      way.pass(Quantity::reset, step, site + r, l.gateStride, gate + r, l.gateStride);
      forUnits(l, rows, own, throughReset);
    };

    if (!way.stops()) {
      forUnits(l, rows, own, allAtOnce);
    } else {
      forUnits(l, rows, own, throughHidden);
      way.pass(Quantity::update, step, site, l.gateStride, gate, l.gateStride);
      way.pass(Quantity::candidate, step, site + n, l.gateStride, gate + n, l.gateStride);
      forUnits(l, rows, own, throughCandidate);
      if (resetAfter) passReset();
    }
    worker.meet();
    if (resetAfter) {
      multiply(rows, rowsOf<T>(aside, l.hiddenStride), l.candidateBack, own.firstPanel, own.lastPanel, gradBefore,
               l.hiddenStride, fromHere<T>());
    } else {
      multiply(rows, rowsOf<T>(gate + n, l.gateStride), l.candidateBack, own.firstPanel, own.lastPanel, l.scratch,
               l.hiddenStride, fromZero<T>());
      forUnits(l, rows, own, [&](size_t at, size_t u) {
        const Vector<T> reset = load(gate + at + r), dGated = load(l.scratch + u);
        if (way.stops()) store(site + at + r, dGated * load(before + u));
        else store(gate + at + r, dGated * load(before + u) * reset * (T(1) - reset));
        store(gradBefore + u, multiplyAdd(dGated, reset, load(gradBefore + u)));
      });
      if (way.stops()) passReset();
      worker.meet();
    }
    multiply(rows, rowsOf<T>(gate, l.gateStride), l.recurrentBack, own.firstPanel, own.lastPanel, gradBefore,
             l.hiddenStride, fromHere<T>());
  }
}

}  // namespace PROBE_ISA
