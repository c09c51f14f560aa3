#include "conformance/agent/core/agent.h"
#include "conformance/agent/core/platform.h"
#include "conformance/agent/linux/linux.h"

namespace {

int start(int count, char** arguments) {
  return winmem::agent::run(count, arguments);
}

}  // namespace

int main(int count, char** arguments) {
  namespace platform = winmem::agent::platform;
  platform::take_standard_output();
  const int code = platform::run_where_programs_are(start, count, arguments);
  platform::leave(static_cast<unsigned>(code));
}
