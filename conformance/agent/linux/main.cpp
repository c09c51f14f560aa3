#include "conformance/agent/core/agent.h"
#include "conformance/agent/core/platform.h"
#include "conformance/agent/linux/linux.h"

int main(int count, char** arguments) {
  winmem::agent::platform::take_standard_output();
  const int code = winmem::agent::run(count, arguments);
  winmem::agent::platform::leave(static_cast<unsigned>(code));
}
