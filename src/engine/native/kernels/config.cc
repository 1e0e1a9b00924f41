#include "interface.h"

namespace probe {

Network::~Network() = default;

Offsets::Offsets(const Config& config) {
  const size_t units = config.units, columns = units * config.gates();
  size_t at = 0;
  const auto take = [&at](size_t size) {
    const size_t here = at;
    at += size;
    return here;
  };
  embedding = take(size_t(config.vocabulary) * config.embedding);
  for (int layer = 0; layer < config.layers; layer++) {
    kernel[layer] = take(config.inputs(layer) * columns);
    recurrentKernel[layer] = take(units * columns);
    bias[layer] = take(columns);
    recurrentBias[layer] = config.cell == Cell::gru && config.resetAfter ? take(units) : 0;
    initialHidden[layer] = config.trainedInitialState ? take(units) : 0;
    initialCell[layer] = config.trainedInitialState && config.cell == Cell::lstm ? take(units) : 0;
  }
  decoder = config.tied ? embedding : take(size_t(config.outputs) * config.width());
  decoderBias = take(config.outputs);
  total = at;
}

}  // namespace probe
