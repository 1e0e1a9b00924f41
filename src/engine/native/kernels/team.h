// Threads that run the same code side by side, each on its share, and meet at barriers. They spin for some microseconds
// and then sleep: machines are shared. How many take part never changes a result.

#pragma once
#include <cstddef>

namespace probe {

class Team;

struct Range {
  int first, last;
};

/** One thread's view of its team, inside `Team::run`. */
class Worker {
 public:
  const int index, count;
  Worker(Team& team, int index, int count) : index(index), count(count), team_(team) {}
  /** Returns when every thread of the team has come here. */
  void meet();
  /** This thread's share of `items` things. */
  Range share(int items) const {
    return {int((long long)items * index / count), int((long long)items * (index + 1) / count)};
  }

 private:
  Team& team_;
};

class Team {
 public:
  /** At most `threads` threads, the caller among them; the others start when first needed. */
  explicit Team(int threads);
  ~Team();
  int size() const { return size_; }
  /** Calls task(worker) on every thread, or on the caller alone, and returns when all are done. Where threads mostly wait
   *  for each other (a busy machine), the caller works alone for a while. */
  template <class Task> void run(bool together, Task task) {
    start(together, [](Worker& worker, void* context) { (*static_cast<Task*>(context))(worker); }, &task);
  }

 private:
  friend class Worker;
  struct Inside;
  void start(bool together, void (*task)(Worker&, void*), void* context);
  int size_;
  Inside* inside_;
};

/** Memory on cache-line boundaries that grows and is kept; zeros when it is new. */
class Memory {
 public:
  Memory() = default;
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  /** At least `count` elements. Contents survive only while the size does not grow. @throws std::bad_alloc */
  template <class T> T* of(size_t count) { return static_cast<T*>(bytes(count * sizeof(T))); }

 private:
  void* bytes(size_t size);
  void* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace probe
