// The kernels for one instruction set. The build script compiles each of these files with its own flags.

#define PROBE_ISA probe_avx512
#include "network.h"

namespace probe {

Network* makeAvx512(const Config& config, Team& team) { return new probe_avx512::NetworkOf<float>(config, team); }

}  // namespace probe
