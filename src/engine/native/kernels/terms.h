// The terms of one kind that scalars are made of, sorted into chunks of rows, and what each of them reads from the
// decoder.

#pragma once
#include <vector>

#include "interface.h"

namespace PROBE_ISA {

using probe::RunRequest;
using probe::Terms;

template <class T> class ChunkTerms {
 public:
  ChunkTerms(const Terms& terms, const RunRequest& run, int rowsAtOnce)
      : terms_(terms), steps_(run.steps), rowsAtOnce_(rowsAtOnce), answers_(terms.count) {
    byChunk_.resize((run.rows + rowsAtOnce - 1) / rowsAtOnce);
    for (int i = 0; i < terms.count; i++) byChunk_[terms.positions[i] / steps_ / rowsAtOnce].push_back(i);
  }

  /** The rows first … first + rows of the batch are at work. */
  void begin(int firstRow, int rows) {
    here_ = &byChunk_[firstRow / rowsAtOnce_];
    firstRow_ = firstRow;
    rows_ = rows;
  }
  int count() const { return int(here_->size()); }
  /** Row of the chunk in which a term lies. */
  int row(int i) const { return position(i) / steps_ - firstRow_; }
  /** Row of the chunk's matrices. */
  size_t place(int i) const { return size_t(position(i) % steps_) * rows_ + row(i); }
  int token(int i) const { return terms_.tokens[(*here_)[i]]; }
  T factor(int i) const { return terms_.factors ? static_cast<const T*>(terms_.factors)[(*here_)[i]] : T(1); }
  /** What the term reads, before its factor. */
  T& answer(int i) { return answers_[(*here_)[i]]; }

 private:
  int position(int i) const { return terms_.positions[(*here_)[i]]; }

  const Terms& terms_;
  int steps_, rowsAtOnce_, firstRow_ = 0, rows_ = 0;
  std::vector<T> answers_;
  std::vector<std::vector<int>> byChunk_;
  const std::vector<int>* here_ = nullptr;
};

}  // namespace PROBE_ISA
