// What crosses the border between the kernels, compiled once per instruction set, and the rest: plain structs, no templates.

#pragma once
#include <cstddef>
#include <cstdint>

#include "team.h"

namespace probe {

enum class Cell { lstm, gru, rnn };

struct Config {
  Cell cell;
  /** A level of a bidirectional network has two layers: the one that reads forward, then the one that reads backward. */
  int layers, directions;
  int units, embedding, vocabulary;
  int outputs;  // of the decoder: tokens or tags
  bool tied, trainedInitialState;
  bool skip;        // from the second level on, what a level reads is added to what it puts out
  bool resetAfter;  // GRU
  bool relu;        // RNN
  float dropout;
  int rowsForThreads;  // batches of fewer rows are computed by one thread
  int gates() const { return cell == Cell::lstm ? 4 : cell == Cell::gru ? 3 : 1; }
  int levels() const { return layers / directions; }
  bool bidirectional() const { return directions == 2; }
  bool backward(int layer) const { return layer % directions == 1; }
  /** Of what a level puts out: the units of its layers, side by side. */
  int width() const { return units * directions; }
  int inputs(int layer) const { return layer < directions ? embedding : width(); }
};

constexpr int mostLevels = 4, mostLayers = 2 * mostLevels;

/** Where each weight stands in the flat array, in the order of `weightShapes` (src/model/weights.ts). */
struct Offsets {
  size_t embedding, kernel[mostLayers], recurrentKernel[mostLayers], bias[mostLayers], recurrentBias[mostLayers],
      initialHidden[mostLayers], initialCell[mostLayers], decoder, decoderBias, total;
  explicit Offsets(const Config& config);
};

/** The quantities of a layer, as numbered in src/engine/native/engine.ts. */
enum class Quantity { embedding, input, forget, candidate, output, cell, hidden, update, reset };

enum class Operation { set, scale, add, bfloat16, float16, int8 };

struct Edit {
  int layer;  // −1 for the embedding
  Quantity quantity;
  int unit;
  Operation operation;
  float operand;
  const float* values;  // [rows, steps] of the edit, or null
  const int32_t* rows;  // ascending order is not needed
  int rowCount;         // −1 for all rows
  const int32_t* steps;
  int stepCount;  // −1 for all steps
  bool recurrent, output;
  float* before;  // [rows, steps] of the edit: takes the values that it found, for the way back; or null
};

struct Recording {
  int layer;
  Quantity quantity;
  void* to;  // [rows, steps, units], in the network's precision
};

/** States and recordings are in the network's precision. */
struct RunRequest {
  int rows, steps;
  const int32_t* tokens;   // [rows, steps]
  const int32_t* lengths;  // [rows] or null
  const void* hiddenIn[mostLayers];  // [rows, units] or null for the initial state
  const void* cellIn[mostLayers];
  void* hiddenOut[mostLayers];
  void* cellOut[mostLayers];
  const Recording* recordings;
  int recordingCount;
  const Edit* edits;
  int editCount;
  const int32_t* targets;  // [rows, steps] or null; −1 for none
  float* logProbabilities;
  const int32_t* candidatePositions;  // row · steps + step
  const int32_t* candidateTokens;     // [positions, width]
  int candidateCount, candidateWidth;
  float* candidateLogits;
  const int32_t* logitPositions;
  int logitCount;
  float* logits;  // [positions, outputs]
};

/** Single numbers of the decoder's answer, each with a factor. */
struct Terms {
  const int32_t* positions;  // row · steps + step
  const int32_t* tokens;
  const void* factors;  // or null for 1
  int count;
};

/** Arrays of numbers are in the network's precision. */
struct SensitivityRequest {
  RunRequest run;  // its recordings and the states that come out take gradients
  Terms logProbabilities, logits;
  const void* hiddenFactors[mostLayers];  // [rows, units] or null
  const void* cellFactors[mostLayers];
  void* values;  // [rows]
};

struct TrainRequest {
  int rows, steps;
  const int32_t *tokens, *targets;  // [rows, steps]
  const int32_t* lengths;  // [rows], falling from `steps`: what is beyond is not read; null where all have `steps`
  bool carry;         // go on from the state kept in the network
  bool mean;          // the loss is the mean over the targets, else the sum
  bool dropout;
  uint32_t seed, update;
};

struct TrainResult {
  double loss;  // Σ −log p
  int targets;
};

enum class Optimizer { sgd, adam, rmsprop };

struct UpdateRequest {
  Optimizer optimizer;
  /** momentum | beta1, beta2, epsilon | decay, epsilon */
  double parameters[3];
  double clip;  // <= 0 for none
  double learningRate;
  int step;  // from 1
};

/** A network's scratch memory and kept state, for one config. Weights are passed in with every call. */
class Network {
 public:
  virtual ~Network();
  /** @throws std::bad_alloc */
  virtual void run(const float* weights, const RunRequest& request) = 0;
  /** Each row's scalar, and its gradient with respect to sites and to the state before the first token. */
  virtual void sensitivities(const void* weights, const SensitivityRequest& request) = 0;
  /** Gradient of the loss for every weight, into `gradients`. The state at the end is kept for the next `carry`, except
   *  where rows end early. */
  virtual TrainResult gradients(const void* weights, const TrainRequest& request, void* gradients) = 0;
  /** Memory for `gradients` of batches that are no larger, so that it does not fail for want of it later.
   *  @throws std::bad_alloc */
  virtual void reserve(int rows, int steps, int positions) = 0;
  /** Clips and applies; returns the norm of the gradient before clipping. */
  virtual double update(const UpdateRequest& request, float* weights, float* gradients, float* first, float* second) = 0;
  /** The kept state, [layer][hidden, cell][rows, units] flat; `rows` 0 forgets it. */
  virtual int stateRows() const = 0;
  virtual void readState(float* to) const = 0;
  virtual void writeState(const float* from, int rows) = 0;
  /** Product of two `size`² matrices, `rounds` times: for the measured GFLOP/s of `probe doctor`. */
  virtual void exercise(int size, int rounds) = 0;
};

Network* makeAvx512(const Config& config, Team& team);
Network* makeAvx2(const Config& config, Team& team);
Network* makePortable(const Config& config, Team& team);
/** In double precision; `gradients`, and `sensitivities` without edits, may be called. */
Network* makeDouble(const Config& config, Team& team);

}  // namespace probe
