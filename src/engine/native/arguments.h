// What JavaScript hands over, unpacked (Node-API): properties of an object as numbers, texts and the memory of typed arrays.
// A number out of its range and an array of another type or length (a detached one has none) are refused here; the ids
// inside the arrays are checked in TypeScript (checks.ts).

#pragma once
#include <node_api.h>

#include <climits>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace probe {

/** An error to be thrown in JavaScript. */
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void check(napi_status status) {
  if (status != napi_ok) throw Failure("the native engine was called with a wrong argument");
}

inline void require(bool usable, const char* name) {
  if (!usable) throw Failure(std::string("the native engine cannot use the ") + name + " that it was given");
}

/** What Node-API calls a typed array of these elements. */
template <class E> constexpr napi_typedarray_type arrayType = napi_float32_array;
template <> constexpr napi_typedarray_type arrayType<double> = napi_float64_array;
template <> constexpr napi_typedarray_type arrayType<int32_t> = napi_int32_array;

/** The elements of a typed array and their number. */
template <class E> E* elements(napi_env env, napi_value value, const char* name, size_t* length) {
  napi_typedarray_type type;
  void* data;
  require(napi_get_typedarray_info(env, value, &type, length, &data, nullptr, nullptr) == napi_ok, name);
  require(type == arrayType<E>, name);
  return static_cast<E*>(data);
}

/** The elements of a typed array that has `length` of them. */
template <class E> E* elements(napi_env env, napi_value value, const char* name, size_t length) {
  size_t found;
  E* data = elements<E>(env, value, name, &found);
  require(found == length, name);
  return data;
}

/** A JavaScript object that a function was called with. */
class Arguments {
 public:
  Arguments(napi_env env, napi_value object) : env_(env), object_(object) {}

  double number(const char* name) const {
    double value;
    require(napi_get_value_double(env_, get(name), &value) == napi_ok, name);
    return value;
  }
  /** A whole number from `least` to `most`. */
  int integer(const char* name, int least, int most = INT_MAX) const {
    const double value = number(name);
    require(value >= least && value <= most && value == int(value), name);
    return int(value);
  }
  /** The lowest 32 bits of a whole number. */
  uint32_t bits(const char* name) const {
    uint32_t value;
    require(napi_get_value_uint32(env_, get(name), &value) == napi_ok, name);
    return value;
  }
  bool flag(const char* name) const {
    bool value;
    require(napi_get_value_bool(env_, get(name), &value) == napi_ok, name);
    return value;
  }
  std::string text(const char* name) const {
    char buffer[64];
    size_t length;
    require(napi_get_value_string_utf8(env_, get(name), buffer, sizeof buffer, &length) == napi_ok, name);
    return std::string(buffer, length);
  }
  /** The elements of a typed array that has `length` of them. */
  template <class E> E* array(const char* name, size_t length) const {
    return elements<E>(env_, get(name), name, length);
  }
  /** The same, or null where there is no array. */
  template <class E> E* optional(const char* name, size_t length) const {
    return has(name) ? array<E>(name, length) : nullptr;
  }
  /** The elements of an array in single or in double precision. */
  void* numbers(const char* name, size_t length, bool inDouble) const {
    if (inDouble) return array<double>(name, length);
    return array<float>(name, length);
  }
  void* optionalNumbers(const char* name, size_t length, bool inDouble) const {
    return has(name) ? numbers(name, length, inDouble) : nullptr;
  }
  /** The elements of an array of any length, and their number; null and −1 where there is no array. */
  template <class E> E* any(const char* name, int* count) const {
    *count = -1;
    if (!has(name)) return nullptr;
    size_t length;
    E* data = elements<E>(env_, get(name), name, &length);
    require(length <= INT_MAX, name);
    *count = int(length);
    return data;
  }
  Arguments object(const char* name) const { return Arguments(env_, get(name)); }
  /** The objects of a list. */
  std::vector<Arguments> list(const char* name) const {
    std::vector<Arguments> result;
    const napi_value values = get(name);
    uint32_t count;
    require(napi_get_array_length(env_, values, &count) == napi_ok, name);
    for (uint32_t i = 0; i < count; i++) {
      napi_value value;
      check(napi_get_element(env_, values, i, &value));
      result.emplace_back(env_, value);
    }
    return result;
  }

 private:
  napi_value get(const char* name) const {
    napi_value value;
    check(napi_get_named_property(env_, object_, name, &value));
    return value;
  }
  bool has(const char* name) const {
    napi_valuetype type;
    check(napi_typeof(env_, get(name), &type));
    return type != napi_undefined && type != napi_null;
  }

  napi_env env_;
  napi_value object_;
};

}  // namespace probe
