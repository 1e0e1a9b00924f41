// Training on drawn sentences: many updates in one call, for models that need less time for an update than JavaScript
// for asking.

#pragma once
#include "interface.h"

namespace probe {

struct DrawnRequest {
  const int32_t *tokens, *starts;  // sentence i: from starts[i] to starts[i + 1], the last one to the end
  int tokenCount, sentenceCount;
  const int32_t* tags;   // of the tokens; null in a language model, which says the tokens
  int context;           // what a language model reads before the first
  const int32_t* draws;  // [updates, rows]
  int updates, rows;
  const double* learningRates;  // [updates]
  TrainRequest training;        // what all updates share, and the number of the first
  UpdateRequest optimizer;      // likewise
  double* reports;              // [updates, 3]: loss, targets, norm of the gradient before clipping
};

/** @throws std::bad_alloc before the first update, where there is no memory for the largest */
void updateOnDrawn(Network& network, const DrawnRequest& request, float* weights, float* gradients, float* first,
                   float* second);

}  // namespace probe
