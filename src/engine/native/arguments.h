// What JavaScript hands over, unpacked (Node-API): properties of an object as numbers, texts and the memory of typed arrays.

#pragma once
#include <node_api.h>

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

/** A JavaScript object that a function was called with. */
class Arguments {
 public:
  Arguments(napi_env env, napi_value object) : env_(env), object_(object) {}

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
  double number(const char* name) const {
    double value;
    check(napi_get_value_double(env_, get(name), &value));
    return value;
  }
  int integer(const char* name) const { return int(number(name)); }
  bool flag(const char* name) const {
    bool value;
    check(napi_get_value_bool(env_, get(name), &value));
    return value;
  }
  std::string text(const char* name) const {
    char buffer[64];
    size_t length;
    check(napi_get_value_string_utf8(env_, get(name), buffer, sizeof buffer, &length));
    return std::string(buffer, length);
  }
  /** The elements of a typed array and their number; null where there is none. */
  template <class E> E* array(const char* name, size_t* length = nullptr) const {
    if (length) *length = 0;
    return has(name) ? elements<E>(env_, get(name), length) : nullptr;
  }
  /** The objects of a list. */
  std::vector<Arguments> list(const char* name) const {
    std::vector<Arguments> result;
    const napi_value values = get(name);
    uint32_t count;
    check(napi_get_array_length(env_, values, &count));
    for (uint32_t i = 0; i < count; i++) {
      napi_value value;
      check(napi_get_element(env_, values, i, &value));
      result.emplace_back(env_, value);
    }
    return result;
  }
  template <class E> static E* elements(napi_env env, napi_value value, size_t* length = nullptr) {
    napi_typedarray_type type;
    size_t count, offset;
    void* data;
    napi_value buffer;
    check(napi_get_typedarray_info(env, value, &type, &count, &data, &buffer, &offset));
    if (length) *length = count;
    return static_cast<E*>(data);
  }

 private:
  napi_env env_;
  napi_value object_;
};

}  // namespace probe
