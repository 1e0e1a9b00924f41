#include "drawn.h"

#include <algorithm>
#include <new>
#include <vector>

namespace probe {

namespace {

struct Sentence {
  int start, length;
};

Sentence sentenceOf(const DrawnRequest& request, int number) {
  const int start = request.starts[number];
  const int end = number + 1 < request.sentenceCount ? request.starts[number + 1] : request.tokenCount;
  return {start, end - start};
}

/** Drawn sentences as a batch, as `batchOf` in src/engine/drawn-batch.ts; and their lengths. */
class Batch {
 public:
  void fill(const DrawnRequest& request, const int32_t* draws) {
    sentences_.clear();
    for (int row = 0; row < request.rows; row++) sentences_.push_back(sentenceOf(request, draws[row]));
    std::stable_sort(sentences_.begin(), sentences_.end(),
                     [](const Sentence& one, const Sentence& other) { return one.length > other.length; });
    const size_t steps = sentences_[0].length;
    tokens_.assign(request.rows * steps, request.context);
    targets_.assign(request.rows * steps, -1);
    lengths_.clear();
    for (int row = 0; row < request.rows; row++) {
      const auto [start, length] = sentences_[row];
      const int32_t *from = request.tokens + start, *said = (request.tags ? request.tags : request.tokens) + start;
      if (request.tags) std::copy(from, from + length, tokens_.begin() + row * steps);
      else std::copy(from, from + length - 1, tokens_.begin() + row * steps + 1);
      std::copy(said, said + length, targets_.begin() + row * steps);
      lengths_.push_back(length);
    }
  }
  void hand(TrainRequest& training) const {
    training.rows = int(lengths_.size());
    training.steps = lengths_[0];
    training.tokens = tokens_.data();
    training.targets = targets_.data();
    training.lengths = lengths_.data();
  }

 private:
  std::vector<Sentence> sentences_;
  std::vector<int32_t> tokens_, targets_, lengths_;
};

/** For the longest sentence and the most tokens that come in one update. */
void reserve(Network& network, const DrawnRequest& request) {
  int64_t longest = 0, most = 0;
  for (int update = 0; update < request.updates; update++) {
    int64_t positions = 0;
    for (int row = 0; row < request.rows; row++) {
      const int64_t length = sentenceOf(request, request.draws[size_t(update) * request.rows + row]).length;
      longest = std::max(longest, length);
      positions += length;
    }
    most = std::max(most, positions);
  }
  if (request.rows * longest > INT32_MAX) throw std::bad_alloc();
  network.reserve(request.rows, int(longest), int(most));
}

}  // namespace

void updateOnDrawn(Network& network, const DrawnRequest& request, float* weights, float* gradients, float* first,
                   float* second) {
  TrainRequest training = request.training;
  UpdateRequest optimizer = request.optimizer;
  reserve(network, request);
  Batch batch;
  double* report = request.reports;
  for (int update = 0; update < request.updates; update++) {
    batch.fill(request, request.draws + size_t(update) * request.rows);
    batch.hand(training);
    const TrainResult result = network.gradients(weights, training, gradients);
    optimizer.learningRate = request.learningRates[update];
    optimizer.step = int(++training.update);
    *report++ = result.loss;
    *report++ = result.targets;
    *report++ = network.update(optimizer, weights, gradients, first, second);
  }
}

}  // namespace probe
