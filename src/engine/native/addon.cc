// The door between JavaScript and the kernels (Node-API). Requests are plain objects of numbers and typed arrays, made in
// TypeScript (engine.ts, trainer.ts). Every array must be of the length that the kernels will read or write.

#include <node_api.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "kernels/drawn.h"
#include "requests.h"

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
  bool inDouble;
  size_t parameters;
  std::unique_ptr<Network> network;
  /** Units of both states of all layers, of one row. */
  size_t stateWidth() const { return size_t(config.units) * config.layers * 2; }
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

/** Weights or their gradients, in the network's precision. */
void* parametersOf(napi_env env, const Handle& handle, napi_value value, const char* name) {
  if (handle.inDouble) return elements<double>(env, value, name, handle.parameters);
  return elements<float>(env, value, name, handle.parameters);
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
  config.directions = given.integer("directions", 1, 2);
  config.layers = config.directions * given.integer("levels", 1, mostLevels);
  config.units = given.integer("units", 1);
  config.embedding = given.integer("embedding", 1);
  config.vocabulary = given.integer("vocabulary", 1);
  config.outputs = given.integer("outputs", 1);
  config.tied = given.flag("tied");
  require(!config.tied || (config.embedding == config.width() && config.outputs == config.vocabulary), "embedding");
  config.skip = given.flag("skip");
  config.trainedInitialState = given.flag("trainedInitialState");
  config.resetAfter = given.flag("resetAfter");
  config.relu = given.flag("relu");
  config.dropout = float(given.number("dropout"));
  config.rowsForThreads = given.integer("rowsForThreads", 1);
  require(config.dropout >= 0 && config.dropout < 1, "dropout");

  Instance* instance;
  check(napi_get_instance_data(env, reinterpret_cast<void**>(&instance)));
  Team& team = instance->team(given.integer("threads", 1));
  const std::string instructionSet = given.text("instructionSet");
  auto handle = std::make_unique<Handle>();
  handle->config = config;
  handle->inDouble = instructionSet == "double";
  handle->parameters = Offsets(config).total;
  handle->network.reset(makeNetwork(instructionSet, config, team));
  napi_value result;
  check(napi_create_external(
      env, handle.get(), [](napi_env, void* data, void*) { delete static_cast<Handle*>(data); }, nullptr, &result));
  handle.release();
  return result;
}

/** run(network, weights, request): results go into the arrays of the request. */
napi_value run(napi_env env, napi_value* arguments) {
  Handle& handle = handleOf(env, arguments[0]);
  const float* weights = elements<float>(env, arguments[1], "weights", handle.parameters);
  const Arguments given(env, arguments[2]);
  RunLists lists;
  RunRequest request = runOf(given, handle.config, false, lists);
  const size_t positions = size_t(request.rows) * request.steps;
  request.targets = given.optional<int32_t>("targets", positions);
  request.logProbabilities = given.optional<float>("logProbabilities", positions);
  require(!request.targets == !request.logProbabilities, "logProbabilities");
  request.candidatePositions = given.any<int32_t>("candidatePositions", &request.candidateCount);
  request.candidateWidth = given.integer("candidateWidth", 0);
  const size_t candidates = size_t(request.candidateCount) * request.candidateWidth;
  request.candidateTokens = given.array<int32_t>("candidateTokens", candidates);
  request.candidateLogits = given.array<float>("candidateLogits", candidates);
  request.logitPositions = given.any<int32_t>("logitPositions", &request.logitCount);
  request.logits = given.array<float>("logits", size_t(request.logitCount) * handle.config.outputs);
  handle.network->run(weights, request);
  return nullptr;
}

/** sensitivities(network, weights, request): values and gradients go into the arrays of the request. */
napi_value sensitivities(napi_env env, napi_value* arguments) {
  Handle& handle = handleOf(env, arguments[0]);
  const void* weights = parametersOf(env, handle, arguments[1], "weights");
  RunLists lists;
  const SensitivityRequest request = sensitivityOf(Arguments(env, arguments[2]), handle.config, handle.inDouble, lists);
  handle.network->sensitivities(weights, request);
  return nullptr;
}

/** What is trained, whatever it is trained on. */
TrainRequest trainingOf(const Arguments& given) {
  TrainRequest request = {};
  request.mean = given.flag("mean");
  request.dropout = given.flag("dropout");
  request.seed = given.bits("seed");
  request.update = given.bits("update");
  return request;
}

/** gradients(network, weights, request, gradients) -> { loss, targets } */
napi_value gradients(napi_env env, napi_value* arguments) {
  Handle& handle = handleOf(env, arguments[0]);
  const Arguments given(env, arguments[2]);
  TrainRequest request = trainingOf(given);
  request.rows = given.integer("rows", 1);
  request.steps = given.integer("steps", 1, INT_MAX / request.rows);
  const size_t positions = size_t(request.rows) * request.steps;
  request.tokens = given.array<int32_t>("tokens", positions);
  request.targets = given.array<int32_t>("targets", positions);
  request.lengths = given.optional<int32_t>("lengths", request.rows);
  request.carry = given.flag("carry");
  const void* weights = parametersOf(env, handle, arguments[1], "weights");
  const TrainResult result =
      handle.network->gradients(weights, request, parametersOf(env, handle, arguments[3], "gradients"));
  napi_value object, loss, targets;
  check(napi_create_object(env, &object));
  check(napi_create_double(env, result.loss, &loss));
  check(napi_create_int32(env, result.targets, &targets));
  check(napi_set_named_property(env, object, "loss", loss));
  check(napi_set_named_property(env, object, "targets", targets));
  return object;
}

/** An optimiser and the arrays that it works on. */
struct Optimization {
  UpdateRequest request;  // without what changes from update to update
  float *weights, *gradients, *first, *second;
  Optimization(const Arguments& given, size_t size)
      : request(),
        weights(given.array<float>("weights", size)),
        gradients(given.array<float>("gradients", size)),
        first(given.optional<float>("first", size)),
        second(given.optional<float>("second", size)) {
    const std::string name = given.text("optimizer");
    request.optimizer = name == "sgd" ? Optimizer::sgd : name == "adam" ? Optimizer::adam : Optimizer::rmsprop;
    require(first || request.optimizer == Optimizer::sgd, "first");
    require(second || request.optimizer != Optimizer::adam, "second");
    std::memcpy(request.parameters, given.array<double>("parameters", 3), sizeof request.parameters);
    request.clip = given.number("clip");
  }
};

/** update(network, request) -> norm of the gradient before clipping */
napi_value update(napi_env env, napi_value* arguments) {
  Handle& handle = handleOf(env, arguments[0]);
  const Arguments given(env, arguments[1]);
  Optimization on(given, handle.parameters);
  on.request.learningRate = given.number("learningRate");
  on.request.step = given.integer("step", 1);
  const double norm = handle.network->update(on.request, on.weights, on.gradients, on.first, on.second);
  napi_value result;
  check(napi_create_double(env, norm, &result));
  return result;
}

/** updateOn(network, request): many updates on drawn sentences; what they report goes into an array of the request */
napi_value updateOn(napi_env env, napi_value* arguments) {
  Handle& handle = handleOf(env, arguments[0]);
  const Arguments given(env, arguments[1]);
  const Optimization on(given, handle.parameters);
  DrawnRequest request = {};
  request.tokens = given.any<int32_t>("tokens", &request.tokenCount);
  request.starts = given.any<int32_t>("starts", &request.sentenceCount);
  request.tags = given.optional<int32_t>("tags", request.tokenCount);
  if (!request.tags) request.context = given.integer("context", 0, handle.config.vocabulary - 1);
  request.updates = given.integer("updates", 1);
  request.rows = given.integer("rows", 1);
  request.draws = given.array<int32_t>("draws", size_t(request.updates) * request.rows);
  request.learningRates = given.array<double>("learningRates", request.updates);
  request.reports = given.array<double>("reports", size_t(request.updates) * 3);
  request.training = trainingOf(given);
  request.optimizer = on.request;
  updateOnDrawn(*handle.network, request, on.weights, on.gradients, on.first, on.second);
  return nullptr;
}

/** readState(network) -> Float32Array, empty before the first batch */
napi_value readState(napi_env env, napi_value* arguments) {
  Handle& handle = handleOf(env, arguments[0]);
  const size_t length = handle.network->stateRows() * handle.stateWidth();
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
  const float* from = elements<float>(env, arguments[1], "state", &length);
  require(length % handle.stateWidth() == 0, "state");
  handle.network->writeState(from, int(length / handle.stateWidth()));
  return nullptr;
}

/** exercise(network, { size, rounds }): multiplies square matrices */
napi_value exercise(napi_env env, napi_value* arguments) {
  const Arguments given(env, arguments[1]);
  handleOf(env, arguments[0]).network->exercise(given.integer("size", 1), given.integer("rounds", 1));
  return nullptr;
}

/** Turns C++ exceptions into JavaScript ones. */
template <class Body> napi_value guarded(napi_env env, Body body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    napi_throw_error(env, "OUT_OF_MEMORY", "there is not enough memory for this batch");
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
  }
  return nullptr;
}

template <napi_value (*function)(napi_env, napi_value*)> napi_value called(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    size_t count = 5;
    napi_value arguments[5];
    check(napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr));
    return function(env, arguments);
  });
}

template <napi_value (*function)(napi_env, napi_value*)>
void expose(napi_env env, napi_value exports, const char* name) {
  napi_value value;
  check(napi_create_function(env, name, NAPI_AUTO_LENGTH, called<function>, nullptr, &value));
  check(napi_set_named_property(env, exports, name, value));
}

}  // namespace

/** Fails in a worker that is terminated while it loads the addon. */
NAPI_MODULE_INIT() {
  return guarded(env, [&] {
    check(napi_set_instance_data(
        env, new Instance, [](napi_env, void* data, void*) { delete static_cast<Instance*>(data); }, nullptr));
    expose<describe>(env, exports, "describe");
    expose<create>(env, exports, "create");
    expose<run>(env, exports, "run");
    expose<sensitivities>(env, exports, "sensitivities");
    expose<gradients>(env, exports, "gradients");
    expose<update>(env, exports, "update");
    expose<updateOn>(env, exports, "updateOn");
    expose<readState>(env, exports, "readState");
    expose<writeState>(env, exports, "writeState");
    expose<exercise>(env, exports, "exercise");
    return exports;
  });
}
