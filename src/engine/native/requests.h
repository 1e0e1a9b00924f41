// What a run and its sensitivities ask for, unpacked and checked: sites, edits, states, terms.

#pragma once
#include <vector>

#include "arguments.h"
#include "kernels/interface.h"

namespace probe {

/** A site that the request names, and its number of units. */
struct Site {
  int layer;  // −1 for the embedding
  Quantity quantity;
  int width;
};

inline Site siteOf(const Arguments& given, const Config& config) {
  const int layer = given.integer("layer", -1, config.layers - 1);
  const auto quantity = Quantity(given.integer("quantity", 0, int(Quantity::reset)));
  require((layer < 0) == (quantity == Quantity::embedding), "quantity");
  return {layer, quantity, layer < 0 ? config.embedding : config.units};
}

inline Edit editOf(const Arguments& given, const RunRequest& request, const Config& config) {
  const Site site = siteOf(given, config);
  Edit edit = {};
  edit.layer = site.layer;
  edit.quantity = site.quantity;
  edit.unit = given.integer("unit", 0, site.width - 1);
  edit.operation = Operation(given.integer("operation", 0, int(Operation::int8)));
  edit.operand = float(given.number("operand"));
  edit.rows = given.any<int32_t>("rows", &edit.rowCount);
  edit.steps = given.any<int32_t>("steps", &edit.stepCount);
  const size_t rows = edit.rowCount < 0 ? request.rows : edit.rowCount;
  const size_t steps = edit.stepCount < 0 ? request.steps : edit.stepCount;
  edit.values = given.optional<float>("values", rows * steps);
  edit.recurrent = given.flag("recurrent");
  edit.output = given.flag("output");
  return edit;
}

/** Memory of the lists that a request points to. */
struct RunLists {
  std::vector<Recording> recordings;
  std::vector<Edit> edits;
};

/** Tokens, states, recordings and edits. */
inline RunRequest runOf(const Arguments& given, const Config& config, bool inDouble, RunLists& lists) {
  RunRequest request = {};
  request.rows = given.integer("rows", 1);
  request.steps = given.integer("steps", 1);
  const size_t positions = size_t(request.rows) * request.steps, state = size_t(request.rows) * config.units;
  request.tokens = given.array<int32_t>("tokens", positions);
  request.lengths = given.optional<int32_t>("lengths", request.rows);
  const auto layers = given.list("layers");
  require(layers.size() == size_t(config.layers), "layers");
  for (int i = 0; i < config.layers; i++) {
    request.hiddenIn[i] = layers[i].optionalNumbers("hiddenIn", state, inDouble);
    request.hiddenOut[i] = layers[i].numbers("hiddenOut", state, inDouble);
    if (config.cell != Cell::lstm) continue;
    request.cellIn[i] = layers[i].optionalNumbers("cellIn", state, inDouble);
    request.cellOut[i] = layers[i].numbers("cellOut", state, inDouble);
  }
  for (const Arguments& recording : given.list("recordings")) {
    const Site site = siteOf(recording, config);
    lists.recordings.push_back({site.layer, site.quantity, recording.numbers("to", positions * site.width, inDouble)});
  }
  for (const Arguments& edit : given.list("edits")) lists.edits.push_back(editOf(edit, request, config));
  request.recordings = lists.recordings.data();
  request.recordingCount = int(lists.recordings.size());
  request.edits = lists.edits.data();
  request.editCount = int(lists.edits.size());
  return request;
}

inline Terms termsOf(const Arguments& given, bool inDouble) {
  Terms terms = {};
  terms.positions = given.any<int32_t>("positions", &terms.count);
  require(terms.count >= 0, "positions");
  terms.tokens = given.array<int32_t>("tokens", terms.count);
  terms.factors = given.numbers("factors", terms.count, inDouble);
  return terms;
}

inline SensitivityRequest sensitivityOf(const Arguments& given, const Config& config, bool inDouble, RunLists& lists) {
  SensitivityRequest request = {};
  request.run = runOf(given, config, inDouble, lists);
  require(!inDouble || request.run.editCount == 0, "edits");
  request.logProbabilities = termsOf(given.object("logProbabilities"), inDouble);
  request.logits = termsOf(given.object("logits"), inDouble);
  const size_t state = size_t(request.run.rows) * config.units;
  const auto factors = given.list("factors");
  require(factors.size() == size_t(config.layers), "factors");
  for (int i = 0; i < config.layers; i++) {
    request.hiddenFactors[i] = factors[i].optionalNumbers("hidden", state, inDouble);
    if (config.cell == Cell::lstm) request.cellFactors[i] = factors[i].optionalNumbers("cell", state, inDouble);
  }
  request.values = given.numbers("values", request.run.rows, inDouble);
  return request;
}

}  // namespace probe
