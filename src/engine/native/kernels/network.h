// A network: layers of one cell between an embedding and a decoder. Every method runs the same code on every thread of the
// team, each on its share, with barriers where one needs what another wrote.

#pragma once
#include <initializer_list>
#include <vector>

#include "decoder.h"
#include "dropout.h"
#include "embedding.h"
#include "gru.h"
#include "interface.h"
#include "lstm.h"
#include "optimizer.h"
#include "rnn.h"
#include "terms.h"

namespace PROBE_ISA {

using probe::Edit;
using probe::mostLevels;
using probe::SensitivityRequest;
using probe::Team;
using probe::TrainRequest;
using probe::TrainResult;

template <class T> class NetworkOf final : public probe::Network {
 public:
  NetworkOf(const Config& config, Team& team) : config_(config), team_(team), offsets_(config) {}

  void run(const float* weights, const RunRequest& request) override;
  void sensitivities(const void* weights, const SensitivityRequest& request) override;
  TrainResult gradients(const void* weights, const TrainRequest& request, void* gradients) override;
  void reserve(int rows, int steps, int positions) override {
    plan(rows, steps, positions, Purpose::training);
  }
  double update(const UpdateRequest& request, float* weights, float* gradients, float* first, float* second) override;
  int stateRows() const override { return stateRows_; }
  void readState(float* to) const override;
  void writeState(const float* from, int rows) override;
  void exercise(int size, int rounds) override;

 private:
  /** What memory is for: a way up, one up and back to sites, one up and back to weights. */
  enum class Purpose { run, sensitivities, training };

  /** A chunk of a run or a training batch, time outermost. */
  struct Chunk {
    int rows, steps, positions;
    bool distinct;  // the input of level 0 is computed once for each different token
    const Watch* watch;
    const TrainRequest* training;  // null in a run
  };

  bool lstm() const { return config_.cell == Cell::lstm; }
  bool gru() const { return config_.cell == Cell::gru; }
  int levelOf(const Layer<T>& layer) const { return layer.index / config_.directions; }
  int directionOf(const Layer<T>& layer) const { return layer.index % config_.directions; }
  Layer<T>& layerAt(int level, int direction) { return layers_[level * config_.directions + direction]; }
  bool dropsOut(const Chunk& chunk) const { return chunk.training && chunk.training->dropout && config_.dropout > 0; }
  /** Of what a level reads; the decoder's comes after the last level's. */
  Mask mask(const Chunk& chunk, int level) const {
    return Mask::of(config_.dropout, chunk.training->seed, chunk.training->update, level);
  }
  /** What levels read is not what the layer below has put out, but a copy. */
  bool copies(const Chunk& chunk) const { return config_.bidirectional() || config_.skip || dropsOut(chunk); }
  /** What level `level` or the decoder reads holds what the level below read, too. */
  bool skips(int level) const { return config_.skip && level > 1; }
  void plan(int rows, int steps, int positions, Purpose purpose);
  void placeSteps(int rows, int steps, const int32_t* lengths);
  void placeMirror(int rows, int steps, const int32_t* lengths);
  void readTokens(const int32_t* from, int stride, int rows, int steps, int32_t* to) const;
  void packWeights(Worker& worker, const T* weights, bool decoder, bool back);

  const T* readAt(const Chunk& chunk, int level) const;
  const T* inputOf(const Chunk& chunk, const Layer<T>& layer) const;
  void hand(Worker& worker, const Chunk& chunk, int level);
  T* topGrad();
  T* inputGradOf(const Layer<T>& layer);
  void addMirrored(const Worker& worker, const Chunk& chunk, int level);
  void handBack(Worker& worker, const Chunk& chunk, int level);
  void addSkipped(Worker& worker, const Chunk& chunk, int level);

  void beginChunk(const RunRequest& request, Watch& watch, const T* weights, int firstRow, int rows, int firstStep,
                  int steps, bool distinct);
  void setState(int layer, int row, const T* hidden, const T* cell, const T* weights);
  void findDistinct(int positions);
  void lookUpTokens(Worker& worker, const Chunk& chunk, const T* weights);
  void project(Worker& worker, const Chunk& chunk, Layer<T>& layer, const T* weights);
  void projectTokens(Worker& worker, const Chunk& chunk, Layer<T>& layer, const T* weights);
  const T* forward(Worker& worker, const Chunk& chunk, const T* weights);
  void answer(Worker& worker, const RunRequest& request, const T* weights, const T* top, int firstRow, int rows,
              int firstStep, int steps);

  Sensitivity<T> wantedOf(const SensitivityRequest& request, const Watch& edits, const Watch& sites,
                          int firstRow) const;
  void clearHiddenGradients(Worker& worker);
  Range unitsOf(const Worker& worker) const;
  void readLogits(Worker& worker, ChunkTerms<T>& terms, const T* weights, const T* top);
  void readLogProbabilities(Worker& worker, ChunkTerms<T>& terms, const T* top);
  void addUpValues(const Sensitivity<T>& wanted, std::initializer_list<ChunkTerms<T>*> kinds, T* values);
  void siteGradients(Worker& worker, const Chunk& chunk, int level, const Sensitivity<T>& wanted);
  void writeStateGradients(const Worker& worker, const RunRequest& run, const Watch& edits, int firstRow) const;
  void cellBackward(Worker& worker, Layer<T>& layer, const Sensitivity<T>* wanted);

  void clearGradients(const Worker& worker);
  const T* statesBefore(const Worker& worker, const Chunk& chunk, const Layer<T>& layer);
  Packed<T> recurrentGradients(Worker& worker, const Chunk& chunk, Layer<T>& layer);
  void inputGradients(Worker& worker, const Chunk& chunk, Layer<T>& layer, const Packed<T>& gates);
  void tokenGradients(Worker& worker, const Chunk& chunk, Layer<T>& layer);
  void embeddingGradients(Worker& worker, const Chunk& chunk);
  void collect(const Worker& worker, bool carried, T* gradients);
  void keepState(int rows);
  void saveState(const Worker& worker);

  Config config_;
  Team& team_;
  Offsets offsets_;
  Layer<T> layers_[mostLayers] = {};
  Decoder<T> decoder_ = {};
  Distinct distinct_ = {};
  int threads_ = 1;

  // What `plan` lays out, beside the layers and the decoder.
  T* read_[mostLevels + 1] = {};  // [positions, inputs] of a level, and of the decoder: embeddings, or a copy from below
  size_t readStride_[mostLevels + 1] = {};
  T* mirrored_[mostLevels] = {};     // the same in the order in which it is read backward
  T* splitOutput_[mostLayers] = {};  // [positions, units], for runs in which readers see different values
  T* table_ = nullptr;               // [different tokens, gates]: x W + b, then its gradient
  T* gathered_ = nullptr;            // [rows at once, width]: what logits are wanted of
  T* skipGrad_ = nullptr;            // [positions, width]: of what is added to a level's output
  T* inputGrad_[2] = {};             // [positions, inputs] of a level, from each direction in its own order
  T* logProbabilities_ = nullptr;    // [positions]
  T* before_ = nullptr;              // [positions, units]: the state before each, where rows end early
  int32_t* starts_ = nullptr;        // of all layers
  int32_t *ids_ = nullptr, *targets_ = nullptr;
  int32_t* keys_ = nullptr;  // [positions]: what dropout knows each by
  int32_t* mirror_ = nullptr;           // [positions]: the one as far from its row's end as this from its start
  int32_t* places_[2] = {};             // [positions]: of the tokens among the different ones, as each direction reads them
  Packed<T> gatePanels_[mostLayers] = {};       // gradients of the gates, packed for the products with what fed them
  Packed<T> candidatePanels_[mostLayers] = {};  // GRU with reset after: of the candidate's recurrent part
  Packed<T> tablePanels_ = {};
  T* kernelGrad_[mostLayers] = {};
  T* recurrentGrad_[mostLayers] = {};
  T* biasGrad_[mostLayers] = {};
  T* recurrentBiasGrad_[mostLayers] = {};
  T* embeddingGrad_ = nullptr;  // [vocabulary, embedding]
  size_t embeddingStride_ = 0;

  int stateRows_ = 0;
  T* state_[mostLayers][2] = {};  // kept between training batches: hidden, cell [rows, units]

  Memory arena_, vocabularyMemory_, stateMemory_, sliceMemory_;
};

}  // namespace PROBE_ISA

#include "plan.h"
#include "levels.h"
#include "forward.h"
#include "backward.h"
#include "kept-state.h"
#include "sensitivity.h"
