#include "conformance/agent/core/memory.h"

namespace winmem::agent {

Memory memory;

}  // namespace winmem::agent
