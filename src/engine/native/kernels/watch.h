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
  /** Some edit of this layer's hidden units is for one kind of reader only. */
  bool splitsReaders(int layer) const { return splits_[layer]; }

  /** Edits step `step` of the chunk, units first … last, in values[row · stride + unit]. */
  void edit(int layer, Quantity quantity, int step, float* values, size_t stride, int first, int last) const;
  /** The same for hidden units whose readers see different values: what the next step, the output and the record see. */
  void editHidden(int layer, int step, float* recurrent, float* output, float* shown, size_t stride, int first,
                  int last) const;
  void record(int layer, Quantity quantity, int step, const float* values, size_t stride, int first, int last) const;
  /** Where the values of a site at a row and step of the chunk belong, if it is recorded. */
  float* place(int layer, Quantity quantity, int row, int step) const;

 private:
  /** One edit on one row of the chunk (−1: on all); `index` is the row's place in the edit's values. */
  struct Action {
    const Edit* edit;
    int row, index;
  };
  static int slot(int layer, Quantity quantity) { return (layer + 1) * 9 + int(quantity); }
  const std::vector<Action>& actions(int layer, Quantity quantity) const;
  const Recording* recording(int layer, Quantity quantity) const { return recordings_[slot(layer, quantity)]; }
  template <class Visit>
  void visit(int layer, Quantity quantity, int step, int first, int last, Visit&& visit) const;

  const Config& config_;
  const RunRequest& request_;
  int rowsOfChunk_, firstRow_ = 0, rows_ = 0, firstStep_ = 0;
  const Recording* recordings_[(mostLayers + 1) * 9] = {};
  bool splits_[mostLayers] = {};
  bool edited_[(mostLayers + 1) * 9] = {};
  bool editedLayer_[mostLayers + 1] = {};
  /** [chunk][slot] */
  std::vector<std::vector<Action>> actions_;
};

}  // namespace probe
