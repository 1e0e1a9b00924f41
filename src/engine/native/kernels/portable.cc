// The kernels for one instruction set. The build script compiles each of these files with its own flags.

#define PROBE_ISA probe_portable
#include "network.h"

namespace probe {

Network* makePortable(const Config& config, Team& team) { return new probe_portable::NetworkOf<float>(config, team); }

Network* makeDouble(const Config& config, Team& team) { return new probe_portable::NetworkOf<double>(config, team); }

}  // namespace probe
