// Vectors of the widest kind that this translation unit is compiled for, and the elementary functions on them.
// Every operation acts on each lane alone and is rounded as IEEE 754 says (the multiply-add is explicit), so a lane's result
// is the same whatever the width. Compiled once per instruction set, each time in a namespace of its own (PROBE_ISA).

#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>
#if defined(__AVX512F__) || defined(__AVX2__)
#include <immintrin.h>
#endif

namespace PROBE_ISA {

#if defined(__AVX512F__)
constexpr int vectorBytes = 64;
#elif defined(__AVX2__)
constexpr int vectorBytes = 32;
#else
constexpr int vectorBytes = 16;
#endif

/** Units are handled in blocks of this many lanes at every width: sums over lanes keep one order. */
constexpr int blockLanes = 16;

template <class T> struct SimdTypes;
template <> struct SimdTypes<float> {
  typedef float Vector __attribute__((vector_size(vectorBytes)));
  typedef int32_t Integers __attribute__((vector_size(vectorBytes)));
};
template <> struct SimdTypes<double> {
  typedef double Vector __attribute__((vector_size(vectorBytes)));
  typedef int64_t Integers __attribute__((vector_size(vectorBytes)));
};
template <class T> using Vector = typename SimdTypes<T>::Vector;
template <class T> using Integers = typename SimdTypes<T>::Integers;
template <class T> constexpr int lanes = vectorBytes / int(sizeof(T));

template <class T> inline Vector<T> load(const T* from) {
  Vector<T> v;
  std::memcpy(&v, from, sizeof v);
  return v;
}
template <class T> inline void store(T* to, Vector<T> v) { std::memcpy(to, &v, sizeof v); }
template <class T> inline Vector<T> all(T x) { return x - Vector<T>{}; }

/** The first `count` lanes of x, and zeros. */
template <class T> inline Vector<T> firstLanes(Vector<T> x, int count) {
  Integers<T> lane;
  for (int i = 0; i < lanes<T>; i++) lane[i] = i;
  return (Vector<T>)((Integers<T>)x & (lane < count));
}

inline float fusedMultiplyAdd(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
inline double fusedMultiplyAdd(double a, double b, double c) { return __builtin_fma(a, b, c); }

/** a · b + c, rounded once. */
inline Vector<float> multiplyAdd(Vector<float> a, Vector<float> b, Vector<float> c) {
#if defined(__AVX512F__)
  return (Vector<float>)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
#elif defined(__AVX2__)
  return (Vector<float>)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
#else
  Vector<float> r;
  for (int i = 0; i < lanes<float>; i++) r[i] = __builtin_fmaf(a[i], b[i], c[i]);
  return r;
#endif
}
inline Vector<double> multiplyAdd(Vector<double> a, Vector<double> b, Vector<double> c) {
  Vector<double> r;
  for (int i = 0; i < lanes<double>; i++) r[i] = __builtin_fma(a[i], b[i], c[i]);
  return r;
}

/** a < b ? a : b and a > b ? a : b, in one instruction where there is one: b where either is not a number. */
inline Vector<float> lower(Vector<float> a, Vector<float> b) {
#if defined(__AVX512F__)
  return (Vector<float>)_mm512_min_ps((__m512)a, (__m512)b);
#elif defined(__AVX2__)
  return (Vector<float>)_mm256_min_ps((__m256)a, (__m256)b);
#else
  return a < b ? a : b;
#endif
}
inline Vector<float> higher(Vector<float> a, Vector<float> b) {
#if defined(__AVX512F__)
  return (Vector<float>)_mm512_max_ps((__m512)a, (__m512)b);
#elif defined(__AVX2__)
  return (Vector<float>)_mm256_max_ps((__m256)a, (__m256)b);
#else
  return a > b ? a : b;
#endif
}

/** e^x for |x| <= 87: x = k ln 2 + r, a polynomial in r (Cephes, Moshier 1989), and k added to the exponent bits. */
inline Vector<float> exponential(Vector<float> x) {
  x = lower(all(87.0f), x);
  x = higher(all(-87.0f), x);
  const float roundingShift = 12582912.0f;  // 1.5 · 2^23: adding it leaves the nearest integer in the low bits
  const Vector<float> shifted = multiplyAdd(x, all(1.44269504088896341f), all(roundingShift));
  const Vector<float> k = shifted - roundingShift;
  Vector<float> r = multiplyAdd(k, all(-0.693359375f), x);
  r = multiplyAdd(k, all(2.12194440e-4f), r);
  Vector<float> p = all(1.9875691500e-4f);
  p = multiplyAdd(p, r, all(1.3981999507e-3f));
  p = multiplyAdd(p, r, all(8.3334519073e-3f));
  p = multiplyAdd(p, r, all(4.1665795894e-2f));
  p = multiplyAdd(p, r, all(1.6666665459e-1f));
  p = multiplyAdd(p, r, all(5.0000001201e-1f));
  p = multiplyAdd(p, r * r, r) + 1.0f;
  const Integers<float> exponent = ((Integers<float>)shifted - (Integers<float>)all(roundingShift) + 127) << 23;
  return p * (Vector<float>)exponent;
}

/** 1 / x for 1 <= x < 2^126: a guess from the exponent bits (relative error 0.12) and three Newton steps, each of which
 *  squares the error. Four times as fast as the division and, unlike `rcp`, the same on every processor. */
inline Vector<float> reciprocal(Vector<float> x) {
  Vector<float> y = (Vector<float>)(0x7ef311c3 - (Integers<float>)x);
  for (int step = 0; step < 3; step++) y = multiplyAdd(y, multiplyAdd(-x, y, all(1.0f)), y);
  return y;
}

/** σ(x) = 1 / (1 + e^−x). */
inline Vector<float> sigmoid(Vector<float> x) { return reciprocal(exponential(-x) + 1.0f); }

/** tanh(x): an odd polynomial (Cephes) up to 0.625, 1 − 2 / (e^2|x| + 1) with the sign of x beyond. */
inline Vector<float> hyperbolicTangent(Vector<float> x) {
  const Vector<float> size = (Vector<float>)((Integers<float>)x & 0x7fffffff);
  const Vector<float> z = x * x;
  Vector<float> p = all(-5.70498872745e-3f);
  p = multiplyAdd(p, z, all(2.06390887954e-2f));
  p = multiplyAdd(p, z, all(-5.37397155531e-2f));
  p = multiplyAdd(p, z, all(1.33314422036e-1f));
  p = multiplyAdd(p, z, all(-3.33332819422e-1f));
  const Vector<float> small = multiplyAdd(p * z, x, x);
  const Vector<float> large = multiplyAdd(reciprocal(exponential(size + size) + 1.0f), all(-2.0f), all(1.0f));
  const Vector<float> signedLarge = (Vector<float>)((Integers<float>)large | ((Integers<float>)x & (int32_t)0x80000000));
  return size < all(0.625f) ? small : signedLarge;
}

// In double precision, for the finite-difference tests, the C library answers.
template <class F> inline Vector<double> lanewise(Vector<double> x, F f) {
  for (int i = 0; i < lanes<double>; i++) x[i] = f(x[i]);
  return x;
}
inline Vector<double> exponential(Vector<double> x) {
  return lanewise(x, [](double v) { return __builtin_exp(v); });
}
inline Vector<double> sigmoid(Vector<double> x) { return 1.0 / (exponential(-x) + 1.0); }
inline Vector<double> hyperbolicTangent(Vector<double> x) {
  return lanewise(x, [](double v) { return __builtin_tanh(v); });
}

/** Vectors of four, at every width. */
template <class T> struct FourLanes {
  typedef T Vector __attribute__((vector_size(4 * sizeof(T))));
};

/** One block's lanes brought to one value, in one order at every width: halves onto halves. */
template <class T, class Combine> inline T foldBlock(const T (&block)[blockLanes], Combine combine) {
  typename FourLanes<T>::Vector quarters[4];
  std::memcpy(quarters, block, sizeof quarters);
  const auto four = combine(combine(quarters[0], quarters[2]), combine(quarters[1], quarters[3]));
  return combine(combine(T(four[0]), T(four[2])), combine(T(four[1]), T(four[3])));
}
template <class T> inline T sumOfBlock(const T (&block)[blockLanes]) {
  return foldBlock(block, [](auto a, auto b) { return a + b; });
}
template <class T> inline T largestOfBlock(const T (&block)[blockLanes]) {
  return foldBlock(block, [](auto a, auto b) { return a > b ? a : b; });
}

}  // namespace PROBE_ISA
