#include "team.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

namespace probe {

namespace {

inline void pauseProcessor() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/** Numbers below 2^-126 become zero while kernels run: they change nothing that is measured and cost a hundredfold. */
class FlushSubnormals {
 public:
#if defined(__x86_64__)
  FlushSubnormals() : before_(__builtin_ia32_stmxcsr()) { __builtin_ia32_ldmxcsr(before_ | 0x8040); }
  ~FlushSubnormals() { __builtin_ia32_ldmxcsr(before_); }

 private:
  unsigned before_;
#elif defined(__aarch64__)
  FlushSubnormals() {
    asm volatile("mrs %0, fpcr" : "=r"(before_));
    asm volatile("msr fpcr, %0" ::"r"(before_ | (1ull << 24)));
  }
  ~FlushSubnormals() { asm volatile("msr fpcr, %0" ::"r"(before_)); }

 private:
  unsigned long long before_;
#else
  FlushSubnormals() {}
#endif
};

using Clock = std::chrono::steady_clock;
using Duration = Clock::duration;

/** Spins this long before it sleeps: longer than the threads of one time step lie apart, far shorter than a time slice. */
constexpr auto patience = std::chrono::microseconds(50);

/** How long one thread works alone before all are tried again, after the first disappointment and at most. */
constexpr Duration shortestRest = std::chrono::milliseconds(50), longestRest = std::chrono::milliseconds(400);

/** A counter that threads wait on. */
class Signal {
 public:
  unsigned value() const { return value_.load(std::memory_order_acquire); }
  void raise() {
    value_.fetch_add(1, std::memory_order_seq_cst);
    if (sleepers_.load(std::memory_order_seq_cst) > 0) {
      std::lock_guard<std::mutex> lock(mutex_);
      wake_.notify_all();
    }
  }
  /** Returns when the value is no longer `old`: how long it slept for that. */
  Duration await(unsigned old) {
    const auto start = Clock::now();
    for (int round = 1; value() == old; round++) {
      pauseProcessor();
      if (round % 64 == 0 && Clock::now() - start > patience) return sleep(old);
    }
    return Duration::zero();
  }

 private:
  Duration sleep(unsigned old) {
    const auto start = Clock::now();
    std::unique_lock<std::mutex> lock(mutex_);
    sleepers_.fetch_add(1, std::memory_order_seq_cst);
    wake_.wait(lock, [&] { return value_.load(std::memory_order_seq_cst) != old; });
    sleepers_.fetch_sub(1, std::memory_order_seq_cst);
    return Clock::now() - start;
  }
  std::atomic<unsigned> value_{0};
  std::atomic<int> sleepers_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
};

}  // namespace

struct Team::Inside {
  std::vector<std::thread> threads;
  Signal work, barrier;
  std::atomic<int> arrived{0};
  bool closing = false;
  void (*task)(Worker&, void*) = nullptr;
  void* context = nullptr;
  /** time that threads slept at barriers since a task began */
  std::atomic<Duration::rep> slept{0};
  /** until when the caller works alone, and for how long after the next disappointment */
  Clock::time_point aloneUntil{};
  Duration rest = shortestRest;

  void meet(int count) {
    const unsigned generation = barrier.value();
    if (arrived.fetch_add(1, std::memory_order_acq_rel) + 1 == count) {
      arrived.store(0, std::memory_order_relaxed);
      barrier.raise();
    } else {
      slept.fetch_add(barrier.await(generation).count(), std::memory_order_relaxed);
    }
  }

  /** A neighbour that takes a core away makes every barrier wait for a time slice: then one thread is faster than two. */
  void judge(Duration elapsed) {
    const bool disappointing = slept.load() * 3 > elapsed.count() && elapsed > 40 * patience;
    if (disappointing) aloneUntil = Clock::now() + rest;
    rest = disappointing ? std::min(2 * rest, longestRest) : shortestRest;
  }
};

Team::Team(int threads) : size_(threads < 1 ? 1 : threads), inside_(new Inside) {}

Team::~Team() {
  inside_->closing = true;
  inside_->work.raise();
  for (auto& thread : inside_->threads) thread.join();
  delete inside_;
}

void Team::start(bool together, void (*task)(Worker&, void*), void* context) {
  const FlushSubnormals flush;
  Inside& inside = *inside_;
  if (!together || size_ == 1 || Clock::now() < inside.aloneUntil) {
    Worker worker(*this, 0, 1);
    return task(worker, context);
  }
  while (int(inside.threads.size()) < size_ - 1) {
    const int index = int(inside.threads.size()) + 1;
    unsigned seen = inside.work.value();
    inside.threads.emplace_back([this, &inside, index, seen]() mutable {
      const FlushSubnormals flushHere;
      for (;;) {
        inside.work.await(seen++);
        if (inside.closing) return;
        Worker worker(*this, index, size_);
        inside.task(worker, inside.context);
        inside.meet(size_);
      }
    });
  }
  inside.task = task;
  inside.context = context;
  inside.slept = 0;
  const auto begin = Clock::now();
  inside.work.raise();
  Worker worker(*this, 0, size_);
  task(worker, context);
  inside.meet(size_);
  inside.judge(Clock::now() - begin);
}

void Worker::meet() {
  if (count > 1) team_.inside_->meet(count);
}

Memory::~Memory() { std::free(data_); }

void* Memory::bytes(size_t size) {
  if (size <= size_) return data_;
  std::free(data_);
  const size_t rounded = (size + 63) / 64 * 64;
  data_ = std::aligned_alloc(64, rounded);
  size_ = data_ ? rounded : 0;
  if (!data_) throw std::bad_alloc();
  std::memset(data_, 0, rounded);
  return data_;
}

}  // namespace probe
