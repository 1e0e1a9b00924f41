// The door between JavaScript and the kernels (Node-API). Requests are plain objects of numbers and typed arrays; they are
// checked in TypeScript (engine.ts), so that this file only unpacks them.

#include <node_api.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "arguments.h"
#include "kernels/interface.h"

using namespace probe;

namespace {

/** Teams of threads are shared by all networks of one JavaScript thread. */
struct Instance {
  std::map<int, std::unique_ptr<Team>> teams;
  Team& team(int threads) {
    auto& team = teams[threads];
    if (!team) team.reset(new Team(threads));
    return *team;
  }
};

struct Handle {
  Config config;
  std::unique_ptr<Network> network;
};

std::vector<std::string> instructionSets() {
  std::vector<std::string> sets;
#if defined(PROBE_HAS_AVX512)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl")) {
    sets.push_back("avx512");
  }
#endif
#if defined(PROBE_HAS_AVX2)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) sets.push_back("avx2");
#endif
  sets.push_back("portable");
  return sets;
}

Network* makeNetwork(const std::string& instructionSet, const Config& config, Team& team) {
#if defined(PROBE_HAS_AVX512)
  if (instructionSet == "avx512") return makeAvx512(config, team);
#endif
#if defined(PROBE_HAS_AVX2)
  if (instructionSet == "avx2") return makeAvx2(config, team);
#endif
  if (instructionSet == "portable") return makePortable(config, team);
  if (instructionSet == "double") return makeDouble(config, team);
  throw Failure("the kernels were not compiled for " + instructionSet);
}

Handle& handleOf(napi_env env, napi_value value) {
  void* data;
  check(napi_get_value_external(env, value, &data));
  return *static_cast<Handle*>(data);
}

/** describe() -> { instructionSets, cores } */
napi_value describe(napi_env env, napi_value*) {
  napi_value result, sets, cores;
  check(napi_create_object(env, &result));
  check(napi_create_array(env, &sets));
  uint32_t index = 0;
  for (const std::string& name : instructionSets()) {
    napi_value text;
    check(napi_create_string_utf8(env, name.c_str(), name.size(), &text));
    check(napi_set_element(env, sets, index++, text));
  }
  check(napi_create_uint32(env, std::thread::hardware_concurrency(), &cores));
  check(napi_set_named_property(env, result, "instructionSets", sets));
  check(napi_set_named_property(env, result, "cores", cores));
  return result;
}

/** create(config, instructionSet, threads) -> network */
napi_value create(napi_env env, napi_value* arguments) {
  const Arguments given(env, arguments[0]);
  Config config;
  const std::string cell = given.text("cell");
  config.cell = cell == "lstm" ? Cell::lstm : cell == "gru" ? Cell::gru : Cell::rnn;
  config.layers = given.integer("layers");
  config.units = given.integer("units");
  config.embedding = given.integer("embedding");
  config.vocabulary = given.integer("vocabulary");
  config.tied = given.flag("tied");
  config.trainedInitialState = given.flag("trainedInitialState");
  config.resetAfter = given.flag("resetAfter");
  config.relu = given.flag("relu");
  config.dropout = float(given.number("dropout"));

  Instance* instance;
  check(napi_get_instance_data(env, reinterpret_cast<void**>(&instance)));
  Team& team = instance->team(given.integer("threads"));
  auto handle = std::make_unique<Handle>();
  handle->config = config;
  handle->network.reset(makeNetwork(given.text("instructionSet"), config, team));
  napi_value result;
  check(napi_create_external(
      env, handle.get(), [](napi_env, void* data, void*) { delete static_cast<Handle*>(data); }, nullptr, &result));
  handle.release();
  return result;
}

/** run(network, weights, request): results go into the arrays of the request. */
napi_value run(napi_env env, napi_value* arguments) {
  Handle& handle = handleOf(env, arguments[0]);
  const float* weights = Arguments::elements<float>(env, arguments[1]);
  const Arguments given(env, arguments[2]);
  RunRequest request = {};
  request.rows = given.integer("rows");
  request.steps = given.integer("steps");
  request.tokens = given.array<int32_t>("tokens");
  request.lengths = given.array<int32_t>("lengths");
  const auto layers = given.list("layers");
  for (size_t i = 0; i < layers.size(); i++) {
    request.hiddenIn[i] = layers[i].array<float>("hiddenIn");
    request.cellIn[i] = layers[i].array<float>("cellIn");
    request.hiddenOut[i] = layers[i].array<float>("hiddenOut");
    request.cellOut[i] = layers[i].array<float>("cellOut");
  }
  std::vector<Recording> recordings;
  for (const Arguments& recording : given.list("recordings")) {
    recordings.push_back(
        {recording.integer("layer"), Quantity(recording.integer("quantity")), recording.array<float>("to")});
  }
  std::vector<Edit> edits;
  for (const Arguments& edit : given.list("edits")) {
    size_t rows, steps;
    Edit e = {};
    e.layer = edit.integer("layer");
    e.quantity = Quantity(edit.integer("quantity"));
    e.unit = edit.integer("unit");
    e.operation = Operation(edit.integer("operation"));
    e.operand = float(edit.number("operand"));
    e.values = edit.array<float>("values");
    e.rows = edit.array<int32_t>("rows", &rows);
    e.steps = edit.array<int32_t>("steps", &steps);
    e.rowCount = int(rows);
    e.stepCount = int(steps);
    e.recurrent = edit.flag("recurrent");
    e.output = edit.flag("output");
    edits.push_back(e);
  }
  request.recordings = recordings.data();
  request.recordingCount = int(recordings.size());
  request.edits = edits.data();
  request.editCount = int(edits.size());
  request.targets = given.array<int32_t>("targets");
  request.logProbabilities = given.array<float>("logProbabilities");
  size_t count;
  request.candidatePositions = given.array<int32_t>("candidatePositions", &count);
  request.candidateCount = int(count);
  request.candidateTokens = given.array<int32_t>("candidateTokens");
  request.candidateWidth = given.integer("candidateWidth");
  request.candidateLogits = given.array<float>("candidateLogits");
  request.logitPositions = given.array<int32_t>("logitPositions", &count);
  request.logitCount = int(count);
  request.logits = given.array<float>("logits");
  handle.network->run(weights, request);
  return nullptr;
}

/** gradients(network, weights, request, gradients) -> { loss, targets } */
napi_value gradients(napi_env env, napi_value* arguments) {
  Handle& handle = handleOf(env, arguments[0]);
  const Arguments given(env, arguments[2]);
  TrainRequest request = {};
  request.rows = given.integer("rows");
  request.steps = given.integer("steps");
  request.tokens = given.array<int32_t>("tokens");
  request.targets = given.array<int32_t>("targets");
  request.carry = given.flag("carry");
  request.mean = given.flag("mean");
  request.dropout = given.flag("dropout");
  request.seed = uint32_t(given.number("seed"));
  request.update = uint32_t(given.number("update"));
  const TrainResult result = handle.network->gradients(Arguments::elements<void>(env, arguments[1]), request,
                                                       Arguments::elements<void>(env, arguments[3]));
  napi_value object, loss, targets;
  check(napi_create_object(env, &object));
  check(napi_create_double(env, result.loss, &loss));
  check(napi_create_int32(env, result.targets, &targets));
  check(napi_set_named_property(env, object, "loss", loss));
  check(napi_set_named_property(env, object, "targets", targets));
  return object;
}

/** update(network, request, weights, gradients, moments) -> norm of the gradient before clipping */
napi_value update(napi_env env, napi_value* arguments) {
  Handle& handle = handleOf(env, arguments[0]);
  const Arguments given(env, arguments[1]);
  UpdateRequest request = {};
  const std::string optimizer = given.text("optimizer");
  request.optimizer = optimizer == "sgd" ? Optimizer::sgd : optimizer == "adam" ? Optimizer::adam : Optimizer::rmsprop;
  std::memcpy(request.parameters, given.array<double>("parameters"), sizeof request.parameters);
  request.clip = given.number("clip");
  request.learningRate = given.number("learningRate");
  request.step = given.integer("step");
  const double norm =
      handle.network->update(request, given.array<float>("weights"), given.array<float>("gradients"),
                             given.array<float>("first"), given.array<float>("second"));
  napi_value result;
  check(napi_create_double(env, norm, &result));
  return result;
}

/** readState(network) -> Float32Array, empty before the first batch */
napi_value readState(napi_env env, napi_value* arguments) {
  Handle& handle = handleOf(env, arguments[0]);
  const size_t length = size_t(handle.network->stateRows()) * handle.config.units * handle.config.layers * 2;
  void* data;
  napi_value buffer, result;
  check(napi_create_arraybuffer(env, length * sizeof(float), &data, &buffer));
  if (length > 0) handle.network->readState(static_cast<float*>(data));
  check(napi_create_typedarray(env, napi_float32_array, length, buffer, 0, &result));
  return result;
}

/** writeState(network, Float32Array) */
napi_value writeState(napi_env env, napi_value* arguments) {
  Handle& handle = handleOf(env, arguments[0]);
  size_t length;
  const float* from = Arguments::elements<float>(env, arguments[1], &length);
  handle.network->writeState(from, int(length / (size_t(handle.config.units) * handle.config.layers * 2)));
  return nullptr;
}

/** exercise(network, { size, rounds }): multiplies square matrices */
napi_value exercise(napi_env env, napi_value* arguments) {
  const Arguments given(env, arguments[1]);
  handleOf(env, arguments[0]).network->exercise(given.integer("size"), given.integer("rounds"));
  return nullptr;
}

/** Turns C++ exceptions into JavaScript ones. */
template <napi_value (*function)(napi_env, napi_value*)> napi_value guarded(napi_env env, napi_callback_info info) {
  try {
    size_t count = 5;
    napi_value arguments[5];
    check(napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr));
    return function(env, arguments);
  } catch (const std::bad_alloc&) {
    napi_throw_error(env, "OUT_OF_MEMORY", "there is not enough memory for this batch");
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
  }
  return nullptr;
}

template <napi_value (*function)(napi_env, napi_value*)>
void expose(napi_env env, napi_value exports, const char* name) {
  napi_value value;
  check(napi_create_function(env, name, NAPI_AUTO_LENGTH, guarded<function>, nullptr, &value));
  check(napi_set_named_property(env, exports, name, value));
}

}  // namespace

NAPI_MODULE_INIT() {
  check(napi_set_instance_data(
      env, new Instance, [](napi_env, void* data, void*) { delete static_cast<Instance*>(data); }, nullptr));
  expose<describe>(env, exports, "describe");
  expose<create>(env, exports, "create");
  expose<run>(env, exports, "run");
  expose<gradients>(env, exports, "gradients");
  expose<update>(env, exports, "update");
  expose<readState>(env, exports, "readState");
  expose<writeState>(env, exports, "writeState");
  expose<exercise>(env, exports, "exercise");
  return exports;
}
