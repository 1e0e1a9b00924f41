// The matrix product: C = start + A · B, B packed into panels. Each element of C is one chain of fused multiply-adds in the
// order of k, whatever the tile, the panel, the vector width or the thread: the bits are always the same.
// B's columns come in blocks of 16 lanes; a panel is one to four blocks wide and contiguous: [k, 16 · blocks].
// (The tiling follows Goto & van de Geijn 2008: A is broadcast, a tile of C stays in registers.)

#pragma once
#include <utility>

#include "simd.h"
#include "team.h"

namespace PROBE_ISA {

inline int least(int a, int b) { return a < b ? a : b; }
inline int blocksOf(int n) { return (n + blockLanes - 1) / blockLanes; }
inline int padded(int n) { return blocksOf(n) * blockLanes; }
/** Distance between rows: an odd number of cache lines, so that a column walks through every set of the cache. */
inline int rowStride(int n) { return (blocksOf(n) | 1) * blockLanes; }

/** What an element of C starts from. */
template <class T> struct Start {
  /** one value per column, or null */
  const T* bias;
  /** what stands in C already */
  bool keep;
};
template <class T> inline Start<T> fromZero() { return {nullptr, false}; }
template <class T> inline Start<T> fromBias(const T* bias) { return {bias, false}; }
template <class T> inline Start<T> fromHere() { return {nullptr, true}; }

/**
 * Columns of B, packed. The columns fall into `gates` parts of `padded(columns)` each (one for a plain matrix), every part
 * into the same panels, so that a thread can own a range of units in all their gates.
 */
template <class T> struct Packed {
  T* data;
  int depth;   // rows of B
  int blocks;  // of one gate
  int gates;
  int panels;  // of one gate; a multiple of the number of threads where there are blocks enough
  int joined;  // gates side by side in a panel: all where there is one panel and they do not make it wider than it may be
  const T* lying = nullptr;  // B itself, where it is used as it lies
  size_t lyingStep = 0;      // between its rows
  static Packed of(int depth, int columns, int gates, int threads) {
    const int blocks = blocksOf(columns), fewest = (blocks + 3) / 4;
    const int even = (fewest + threads - 1) / threads * threads;
    const int panels = even <= blocks ? even : fewest;
    return {nullptr, depth, blocks, gates, panels, panels == 1 && blocks * gates <= 4 ? gates : 1};
  }
  size_t size() const { return size_t(depth) * blocks * blockLanes * gates; }
  int firstBlock(int panel) const { return int(int64_t(panel) * blocks / panels); }
  /** first column in C, and width in each gate, of the panel `panel` of gate `gate` */
  int column(int gate, int panel) const { return (gate * blocks + firstBlock(panel)) * blockLanes; }
  int width(int panel) const { return (firstBlock(panel + 1) - firstBlock(panel)) * blockLanes; }
  /** distance between the rows of a panel */
  size_t step(int panel) const { return lying ? lyingStep : joined * width(panel); }
  const T* panel(int gate, int index) const {
    return lying ? lying + column(gate, index) : data + size_t(depth) * column(gate, index);
  }
  /** `count` gates from `first` on, for a product of their own. */
  Packed part(int first, int count) const {
    Packed result = *this;
    result.gates = count;
    if (lying || joined > 1) {
      result.joined = joined > 1 ? count : 1;
      result.lyingStep = step(0);
      result.lying = (lying ? lying : data) + first * blocks * blockLanes;
    } else {
      result.data += size_t(depth) * column(first, 0);
    }
    return result;
  }
};

/** Where B's elements stand: (part, row, gate, column) at
 *  from[part · partStep + row · rowStep + gate · gateStep + column · columnStep]. The rows of B fall into parts of `rows`
 *  real rows and zeros up to whole blocks (the gates of a transposed weight); a plain matrix is one part. */
template <class T> struct Source {
  const T* from;
  int rows, columns;  // real ones, of a part and of a gate
  size_t rowStep, columnStep;
  size_t gateStep = 0, partStep = 0;
};

/** Packs the panels `first` to `last` of each gate. */
template <class T> void pack(const Packed<T>& packed, const Source<T>& source, int first, int last) {
  const int period = source.partStep ? padded(source.rows) : packed.depth;
  for (int gate = 0; gate < packed.gates; gate++) {
    for (int p = first; p < last; p++) {
      const int width = packed.width(p), start = packed.firstBlock(p) * blockLanes;
      const int real = least(width, source.columns - start);
      const int beside = gate % packed.joined;
      T* to = packed.data + size_t(packed.depth) * packed.column(gate - beside, p) + beside * width;
      for (int k = 0; k < packed.depth; k++, to += packed.joined * width) {
        const int part = k / period, row = k % period;
        const T* from = source.from + part * source.partStep + row * source.rowStep + gate * source.gateStep +
                        start * source.columnStep;
        const int count = row < source.rows ? real : 0;
        if (source.columnStep == 1) {
          for (int j = 0; j < count; j++) to[j] = from[j];
        } else {
          for (int j = 0; j < count; j++) to[j] = from[j * source.columnStep];
        }
        for (int j = count > 0 ? count : 0; j < width; j++) to[j] = 0;
      }
    }
  }
}

/** visit(0), visit(1), … visit(Count − 1), each with its number as a constant: what an array holds between the calls can stay
 *  in registers, which it does not in a loop. */
template <class Visit, int... Numbers>
inline void repeatEach(Visit&& visit, std::integer_sequence<int, Numbers...>) {
  (visit(std::integral_constant<int, Numbers>()), ...);
}
template <int Count, class Visit> inline void repeat(Visit&& visit) {
  repeatEach(visit, std::make_integer_sequence<int, Count>());
}

/** A tile of `Rows` rows and `Vectors` vectors of C, held in registers over the whole depth. */
template <class T, int Vectors, int Rows>
inline void tile(int depth, const T* a, size_t aRow, size_t aColumn, const T* b, size_t bRow, T* c, size_t cRow,
                 Start<T> start) {
  Vector<T> sum[Rows][Vectors], row[Vectors];
  repeat<Rows>([&](auto r) {
    repeat<Vectors>([&](auto v) {
      sum[r][v] = start.keep   ? load(c + r * cRow + v * lanes<T>)
                  : start.bias ? load(start.bias + v * lanes<T>)
                               : Vector<T>{};
    });
  });
  for (int k = 0; k < depth; k++) {
    repeat<Vectors>([&](auto v) { row[v] = load(b + k * bRow + v * lanes<T>); });
    repeat<Rows>([&](auto r) {
      const Vector<T> factor = all(a[r * aRow + k * aColumn]);
      repeat<Vectors>([&](auto v) { sum[r][v] = multiplyAdd(factor, row[v], sum[r][v]); });
    });
  }
  repeat<Rows>([&](auto r) {
    repeat<Vectors>([&](auto v) { store(c + r * cRow + v * lanes<T>, sum[r][v]); });
  });
}

/** The tile of exactly `rows` <= Rows rows. */
template <class T, int Vectors, int Rows>
inline void tileOf(int rows, int depth, const T* a, size_t aRow, size_t aColumn, const T* b, size_t bRow, T* c, size_t cRow,
                   Start<T> start) {
  if (rows == Rows) return tile<T, Vectors, Rows>(depth, a, aRow, aColumn, b, bRow, c, cRow, start);
  if constexpr (Rows > 1) tileOf<T, Vectors, Rows - 1>(rows, depth, a, aRow, aColumn, b, bRow, c, cRow, start);
}

template <class T, int Vectors, int Rows>
void strip(int rows, int depth, const T* a, size_t aRow, size_t aColumn, const T* b, size_t bRow, T* c, size_t cRow,
           Start<T> start) {
  const int tiles = (rows + Rows - 1) / Rows;  // rows are shared out evenly: 32 as 6 6 5 5 5 5, not 6 6 6 6 6 2
  for (int t = 0, row = 0; t < tiles; t++) {
    const int height = int(int64_t(rows) * (t + 1) / tiles) - row;
    tileOf<T, Vectors, Rows>(height, depth, a + row * aRow, aRow, aColumn, b, bRow, c + row * cRow, cRow, start);
    row += height;
  }
}

/** One panel of a product, in slices of the depth that stay in the cache. */
template <class T>
void multiplyPanel(int rows, int depth, const T* a, size_t aRow, size_t aColumn, const T* panel, size_t bRow, int width,
                   T* c, size_t cRow, Start<T> start) {
  constexpr int slice = 256;
  for (int k = 0; k < depth; k += slice) {
    const int count = least(slice, depth - k);
    const T* from = a + k * aColumn;
    const T* b = panel + k * bRow;
    const Start<T> here = k == 0 ? start : fromHere<T>();
    if constexpr (lanes<T> == blockLanes) {
      switch (width / blockLanes) {
        case 4: strip<T, 4, 6>(rows, count, from, aRow, aColumn, b, bRow, c, cRow, here); break;
        case 3: strip<T, 3, 8>(rows, count, from, aRow, aColumn, b, bRow, c, cRow, here); break;
        case 2: strip<T, 2, 12>(rows, count, from, aRow, aColumn, b, bRow, c, cRow, here); break;
        default: strip<T, 1, 16>(rows, count, from, aRow, aColumn, b, bRow, c, cRow, here);
      }
    } else {
      constexpr int columns = 2 * lanes<T>;
      for (int j = 0; j < width; j += columns) {
        const Start<T> part = {here.bias ? here.bias + j : nullptr, here.keep};
        strip<T, 2, 6>(rows, count, from, aRow, aColumn, b + j, bRow, c + j, cRow, part);
      }
    }
  }
}

/** A as it lies in memory: element (row, k) at a[row · row + k · column]. */
template <class T> struct Left {
  const T* data;
  size_t row, column;
};
template <class T> inline Left<T> rowsOf(const T* data, size_t stride) { return {data, stride, 1}; }
template <class T> inline Left<T> columnsOf(const T* data, size_t stride) { return {data, 1, stride}; }

/** Panels `first` to `last` of every gate: C[rows, ·] = start + A · B. A bias has the columns of C. */
template <class T>
void multiply(int rows, Left<T> a, const Packed<T>& b, int first, int last, T* c, size_t cRow, Start<T> start) {
  for (int gate = 0; gate < b.gates; gate += b.joined) {
    for (int p = first; p < last; p++) {
      const int column = b.column(gate, p), width = b.joined * b.width(p);
      const Start<T> here = {start.bias ? start.bias + column : nullptr, start.keep};
      multiplyPanel(rows, b.depth, a.data, a.row, a.column, b.panel(gate, p), b.step(p), width, c + column, cRow, here);
    }
  }
}

/** The whole product, shared out over the team: by panels where they divide evenly, else by rows. */
template <class T>
void multiply(const probe::Worker& worker, int rows, Left<T> a, const Packed<T>& b, T* c, size_t cRow, Start<T> start) {
  if (b.panels % worker.count == 0) {
    const probe::Range share = worker.share(b.panels);
    multiply(rows, a, b, share.first, share.last, c, cRow, start);
  } else {
    const probe::Range share = worker.share(rows);
    const Left<T> mine = {a.data + share.first * a.row, a.row, a.column};
    multiply(share.last - share.first, mine, b, 0, b.panels, c + share.first * cRow, cRow, start);
  }
}
template <class T> void pack(const probe::Worker& worker, const Packed<T>& packed, const Source<T>& source) {
  const probe::Range share = worker.share(packed.panels);
  pack(packed, source, share.first, share.last);
}


/** B for a product of `rows` rows: packed into `room`, or as it lies where packing would take as long as the product. Its
 *  rows must be whole blocks, the gates side by side. The caller puts a barrier behind it. */
template <class T>
Packed<T> packFor(int rows, const probe::Worker& worker, Packed<T> room, const Source<T>& source) {
  if (rows <= 16) {
    room.lying = source.from;
    room.lyingStep = source.rowStep;
  } else {
    pack(worker, room, source);
  }
  return room;
}

/** sums[j] += Σ from[i, j] over the rows, in order, columns `first` to `last`; some rows at a time, in registers. */
template <class T> void addRows(const T* from, size_t stride, int rows, int first, int last, T* sums) {
  constexpr int rowsAtOnce = 16;
  for (int start = 0; start < rows; start += rowsAtOnce) {
    const int end = least(rows, start + rowsAtOnce);
    int j = first;
    for (; j + lanes<T> <= last; j += lanes<T>) {
      Vector<T> sum = load(sums + j);
      for (int i = start; i < end; i++) sum += load(from + i * stride + j);
      store(sums + j, sum);
    }
    for (; j < last; j++) {
      for (int i = start; i < end; i++) sums[j] += from[i * stride + j];
    }
  }
}

/** The same from zero on. */
template <class T> void sumRows(const T* from, size_t stride, int rows, int first, int last, T* sums) {
  for (int j = first; j < last; j++) sums[j] = 0;
  addRows(from, stride, rows, first, last, sums);
}

}  // namespace PROBE_ISA
