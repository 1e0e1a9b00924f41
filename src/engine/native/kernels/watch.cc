#include "watch.h"

#include <cmath>
#include <cstring>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace probe {

namespace {

constexpr int slots = (mostLayers + 1) * 9;

/** To the nearest bfloat16, ties to even: the upper 16 bits of a float. */
float toBfloat16(float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, 4);
  if (std::isnan(x)) return x;
  bits = (bits + 0x7fff + ((bits >> 16) & 1)) & 0xffff0000u;
  std::memcpy(&x, &bits, 4);
  return x;
}

/** To the nearest IEEE half, ties to even; beyond 65504 + half a step, infinity. */
float toFloat16(float x) {
  const float size = std::fabs(x);
  if (!(size < 65520.0f)) return std::isnan(x) ? x : std::copysign(INFINITY, x);
  // Adding and subtracting 2^13 times the power of two at or below |x| rounds to 11 significant bits; below 2^-14 the
  // step is 2^-24.
  int exponent;
  std::frexp(size, &exponent);
  const int step = (exponent < -13 ? -13 : exponent) - 11;
  return std::copysign(std::ldexp(std::nearbyint(std::ldexp(size, -step)), step), x);
}

/** To the grid of 1/127 on [−1, 1], ties to even. */
float toInt8(float x) {
  if (std::isnan(x)) return x;
  const float clipped = x > 1 ? 1 : x < -1 ? -1 : x;
  return std::nearbyint(clipped * 127.0f) / 127.0f;
}

/** A recording is not read again soon: where the processor can, it is written past the cache. */
inline void copyPastCache(void* to, const void* from, size_t size) {
#if defined(__x86_64__)
  if (reinterpret_cast<uintptr_t>(to) % 16 == 0 && size % 16 == 0 && size >= 256) {
    auto* target = static_cast<__m128i*>(to);
    const auto* source = static_cast<const __m128i*>(from);
    for (size_t i = 0; i < size / 16; i++) _mm_stream_si128(target + i, _mm_loadu_si128(source + i));
    return;
  }
#endif
  std::memcpy(to, from, size);
}

/** Before another thread or JavaScript may look. */
inline void finishCopies() {
#if defined(__x86_64__)
  _mm_sfence();
#endif
}

/** @param place in the edit's [rows, steps] */
float changed(const Edit& edit, float x, size_t place) {
  switch (edit.operation) {
    case Operation::set: return edit.values ? edit.values[place] : edit.operand;
    case Operation::scale: return x * edit.operand;
    case Operation::add: return x + edit.operand;
    case Operation::bfloat16: return toBfloat16(x);
    case Operation::float16: return toFloat16(x);
    default: return toInt8(x);
  }
}

/** How much of a gradient passes back through an edit. */
float slopeOf(const Edit& edit) {
  return edit.operation == Operation::scale ? edit.operand : edit.operation == Operation::add ? 1 : 0;
}

}  // namespace

Watch::Watch(const Config& config, const RunRequest& request, int rowsOfChunk)
    : config_(config), request_(request), rowsOfChunk_(rowsOfChunk) {
  for (int i = 0; i < request.recordingCount; i++) {
    const Recording& recording = request.recordings[i];
    recordings_[slot(recording.layer, recording.quantity)] = &recording;
    if (recording.layer >= 0 && recording.quantity != Quantity::hidden) recordsInside_[recording.layer] = true;
  }
  const int chunks = (request.rows + rowsOfChunk - 1) / rowsOfChunk;
  actions_.resize(size_t(chunks) * slots);
  for (int i = 0; i < request.editCount; i++) {
    const Edit& edit = request.edits[i];
    const int at = slot(edit.layer, edit.quantity);
    edited_[at] = true;
    editedLayer_[edit.layer + 1] = true;
    if (edit.quantity == Quantity::hidden && !(edit.recurrent && edit.output)) splits_[edit.layer] = true;
    if (edit.rowCount < 0) {
      for (int chunk = 0; chunk < chunks; chunk++) actions_[size_t(chunk) * slots + at].push_back({&edit, -1, 0});
    } else {
      for (int j = 0; j < edit.rowCount; j++) {
        const int chunk = edit.rows[j] / rowsOfChunk;
        actions_[size_t(chunk) * slots + at].push_back({&edit, edit.rows[j] % rowsOfChunk, j});
      }
    }
  }
}

void Watch::begin(int firstRow, int rows, int firstStep) {
  firstRow_ = firstRow;
  rows_ = rows;
  firstStep_ = firstStep;
}

const std::vector<Watch::Action>& Watch::actions(int layer, Quantity quantity) const {
  return actions_[size_t(firstRow_ / rowsOfChunk_) * slots + slot(layer, quantity)];
}

/** visit(edit, row of the chunk, place in the edit's [rows, steps]) for every edited value at this step. */
template <class Visit>
void Watch::visit(int layer, Quantity quantity, int step, int first, int last, Order order, Visit&& visit) const {
  const bool backward = layer >= 0 && config_.backward(layer);
  const std::vector<Action>& list = actions(layer, quantity);
  for (size_t i = 0; i < list.size(); i++) {
    const Action& action = list[order == Order::asGiven ? i : list.size() - 1 - i];
    const Edit& edit = *action.edit;
    if (edit.unit < first || edit.unit >= last) continue;
    const int stepCount = edit.stepCount < 0 ? request_.steps : edit.stepCount;
    const auto stepIndexOf = [&](int token) {
      if (edit.stepCount < 0) return token;
      int index = 0;
      while (index < stepCount && edit.steps[index] != token) index++;
      return index;
    };
    const auto visitRow = [&](int row, int rowIndex, int stepIndex) {
      if (stepIndex < stepCount) visit(edit, row, size_t(rowIndex) * stepCount + stepIndex);
    };
    if (action.row >= 0) {
      visitRow(action.row, action.index, stepIndexOf(tokenOf(layer, action.row, step)));
    } else {
      int now = stepIndexOf(tokenOf(layer, 0, step));
      for (int row = 0; row < rows_; row++) {
        if (backward) now = stepIndexOf(tokenOf(layer, row, step));  // each row is at another token
        visitRow(row, firstRow_ + row, now);
      }
    }
  }
}

void Watch::edit(int layer, Quantity quantity, int step, float* values, size_t stride, int first, int last) const {
  visit(layer, quantity, step, first, last, Order::asGiven, [&](const Edit& edit, int row, size_t place) {
    float& x = values[row * stride + edit.unit];
    if (edit.before) edit.before[place] = x;
    x = changed(edit, x, place);
  });
}

void Watch::editHidden(int layer, int step, float* recurrent, float* output, float* shown, size_t stride, int first,
                       int last) const {
  visit(layer, Quantity::hidden, step, first, last, Order::asGiven, [&](const Edit& edit, int row, size_t place) {
    const size_t at = row * stride + edit.unit;
    if (edit.before) edit.before[place] = recurrent[at];
    if (edit.recurrent) recurrent[at] = changed(edit, recurrent[at], place);
    if (edit.output) output[at] = changed(edit, output[at], place);
    if (edit.recurrent && edit.output) shown[at] = changed(edit, shown[at], place);
  });
}

void Watch::undo(int layer, Quantity quantity, int step, float* values, size_t valueStride, float* gradient,
                 size_t gradientStride, int first, int last) const {
  visit(layer, quantity, step, first, last, Order::reversed, [&](const Edit& edit, int row, size_t place) {
    values[row * valueStride + edit.unit] = edit.before[place];
    gradient[row * gradientStride + edit.unit] *= slopeOf(edit);
  });
}

void Watch::undoHidden(int layer, int step, float* recurrent, float* recurrentGrad, float* outputGrad, size_t stride,
                       int first, int last) const {
  visit(layer, Quantity::hidden, step, first, last, Order::reversed, [&](const Edit& edit, int row, size_t place) {
    const size_t at = row * stride + edit.unit;
    recurrent[at] = edit.before[place];
    if (edit.recurrent) recurrentGrad[at] *= slopeOf(edit);
    if (edit.output) outputGrad[at] *= slopeOf(edit);
  });
}

template <class T>
void Watch::record(int layer, Quantity quantity, int step, const T* values, size_t stride, int first, int last) const {
  if (!records(layer, quantity)) return;
  const int width = layer < 0 ? config_.embedding : config_.units;
  if (last > width) last = width;
  if (first >= last) return;
  const size_t size = (last - first) * sizeof(T);
  T* const to = static_cast<T*>(recording(layer, quantity)->to) + first;
  const bool backward = layer >= 0 && config_.backward(layer);
  int token = tokenOf(layer, 0, step);
  for (int row = 0; row < rows_; row++) {
    if (backward) token = tokenOf(layer, row, step);  // each row is at another token
    const size_t position = size_t(firstRow_ + row) * request_.steps + token;
    copyPastCache(to + position * width, values + row * stride + first, size);
  }
  finishCopies();
}
template void Watch::record(int, Quantity, int, const float*, size_t, int, int) const;
template void Watch::record(int, Quantity, int, const double*, size_t, int, int) const;

}  // namespace probe
