// The kernels for one instruction set. The build script compiles each of these files with its own flags.

#define PROBE_ISA probe_avx2
#include "network.h"

namespace probe {

Network* makeAvx2(const Config& config, Team& team) { return new probe_avx2::NetworkOf<float>(config, team); }

}  // namespace probe
