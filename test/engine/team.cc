// A team at work, for the thread sanitizer (native-threads.test.ts): short tasks, alone and together, with pauses after
// which the threads have gone to sleep; between two barriers each thread writes what the first one adds up.

#include <chrono>
#include <cstdio>
#include <thread>

#include "../../src/engine/native/kernels/team.h"

constexpr int threads = 4, teams = 50, tasks = 20, meetings = 5;

int main() {
  long sum = 0, expected = 0;
  for (int i = 0; i < teams; i++) {
    probe::Team team(threads);
    for (int task = 0; task < tasks; task++) {
      if (task % 7 == 3) std::this_thread::sleep_for(std::chrono::microseconds(200));
      long written[threads];
      team.run(task % 5 != 0, [&](probe::Worker& worker) {
        for (int meeting = 1; meeting <= meetings; meeting++) {
          written[worker.index] = meeting;
          worker.meet();
          if (worker.index == 0) {
            for (int other = 0; other < worker.count; other++) sum += written[other];
            expected += meeting * worker.count;
          }
          worker.meet();
        }
      });
    }
  }
  std::printf("%ld of %ld\n", sum, expected);
  return sum == expected ? 0 : 1;
}
