// Edits and recordings of a run, looked up by the kernels at every site. Rows of a run are handled in chunks; a watch knows
// which chunk is at work. Baseline code, compiled once.

#pragma once
#include <cstddef>
#include <vector>

#include "interface.h"

namespace probe {

class Watch {
 public:
  Watch(const Config& config, const RunRequest& request, int rowsOfChunk);

  /** The rows first … first + rows of the run are at work, from step `step` on. */
  void begin(int firstRow, int rows, int firstStep);

  bool edits(int layer, Quantity quantity) const { return edited_[slot(layer, quantity)]; }
  /** Some quantity of the layer is edited. */
  bool edits(int layer) const { return editedLayer_[layer + 1]; }
  bool records(int layer, Quantity quantity) const { return recording(layer, quantity) != nullptr; }
  /** A gate or a cell of the layer is recorded. */
  bool recordsInside(int layer) const { return recordsInside_[layer]; }
  /** Some edit of this layer's hidden units is for one kind of reader only. */
  bool splitsReaders(int layer) const { return splits_[layer]; }

  /** Edits step `step` of the chunk, units first … last, in values[row · stride + unit]. */
  void edit(int layer, Quantity quantity, int step, float* values, size_t stride, int first, int last) const;
  /** The same for hidden units whose readers see different values: what the next step, the output and the record see. */
  void editHidden(int layer, int step, float* recurrent, float* output, float* shown, size_t stride, int first,
                  int last) const;
  /** The way back past the edits of a step: `values` become the computed ones again, and the gradient with respect to
   *  the edited values becomes that with respect to the computed ones. */
  void undo(int layer, Quantity quantity, int step, float* values, size_t valueStride, float* gradient,
            size_t gradientStride, int first, int last) const;
  /** The same for hidden units whose readers see different values. */
  void undoHidden(int layer, int step, float* recurrent, float* recurrentGrad, float* outputGrad, size_t stride,
                  int first, int last) const;
  template <class T>
  void record(int layer, Quantity quantity, int step, const T* values, size_t stride, int first, int last) const;
  /** Where the values of a site at a row and step of the chunk belong, if it is recorded. */
  template <class T> T* place(int layer, Quantity quantity, int row, int step) const {
    const size_t width = layer < 0 ? config_.embedding : config_.units;
    const size_t position = size_t(firstRow_ + row) * request_.steps + tokenOf(layer, row, step);
    return static_cast<T*>(recording(layer, quantity)->to) + position * width;
  }

 private:
  /** Which token of the run is read by a row of the chunk at a layer's own step. */
  int tokenOf(int layer, int row, int step) const {
    if (layer < 0 || !config_.backward(layer)) return firstStep_ + step;
    const int length = request_.lengths ? request_.lengths[firstRow_ + row] : request_.steps;
    return step < length ? length - 1 - step : step;
  }
  /** One edit on one row of the chunk (−1: on all); `index` is the row's place in the edit's values. */
  struct Action {
    const Edit* edit;
    int row, index;
  };
  static int slot(int layer, Quantity quantity) { return (layer + 1) * 9 + int(quantity); }
  const std::vector<Action>& actions(int layer, Quantity quantity) const;
  const Recording* recording(int layer, Quantity quantity) const { return recordings_[slot(layer, quantity)]; }
  enum class Order { asGiven, reversed };
  template <class Visit>
  void visit(int layer, Quantity quantity, int step, int first, int last, Order order, Visit&& visit) const;

  const Config& config_;
  const RunRequest& request_;
  int rowsOfChunk_, firstRow_ = 0, rows_ = 0, firstStep_ = 0;
  const Recording* recordings_[(mostLayers + 1) * 9] = {};
  bool recordsInside_[mostLayers] = {};
  bool splits_[mostLayers] = {};
  bool edited_[(mostLayers + 1) * 9] = {};
  bool editedLayer_[mostLayers + 1] = {};
  /** [chunk][slot] */
  std::vector<std::vector<Action>> actions_;
};

}  // namespace probe
