#include "conformance/agent/core/agent.h"

#include "conformance/agent/core/options.h"
#include "conformance/agent/core/play_files.h"
#include "conformance/agent/core/player.h"
#include "conformance/agent/core/protocol.h"
#include "conformance/agent/core/self_test.h"
#include "conformance/agent/core/vendor.h"

namespace winmem::agent {

namespace {

int fail(Text what) {
  platform::write_error("winmem-agent: ");
  platform::write_error(what);
  platform::write_error("\n");
  return 2;
}

}  // namespace

int run(int argument_count, const char* const* arguments) {
  Options options;
  Text message;
  if (!read_options(argument_count, arguments, options, message)) {
    fail(message);
    platform::write_error(usage());
    return 2;
  }
  if (options.mode == Options::Mode::help) return platform::write_output(usage()) ? 0 : 2;
  platform::prepare_guarding();
  if (!platform::load_vendor(options.library, message)) return fail(message);
  platform::guard_exceptions(true);
  look_up_vendor();
  if (options.mode == Options::Mode::self_test) return self_test(options);
  if (options.mode == Options::Mode::play) return play_files(options);
  speak(options);
  return 0;
}

}  // namespace winmem::agent
