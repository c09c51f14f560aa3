// However the runner ends, no agent goes on without it.
#include <gtest/gtest.h>

#include "conformance/runner/process.h"
#include "conformance/test/runner/temporary_folder.h"

namespace winmem::conformance {
namespace {

/// Ends a runner by a signal while its agent says nothing; tells whether the agent then ended.
std::string ended_by(const std::string& signal) {
  TemporaryFolder folder;
  const std::string script = folder.write("a.txt", "GetLastError()\n");
  const std::string id = (folder.path() / "id").string();
  const std::string agent = folder.write("agent.sh", "echo $$ >'" + id + "'; exec sleep 100\n");
  const std::string text = WINMEM_TOOLS "/winmem-run --hang 100 --vendor 'exec:/bin/sh " + agent +
                           "' " + script + " >/dev/null 2>&1 & runner=$!\n" + "while [ ! -s '" +
                           id + "' ]; do sleep 0.01; done\n" + "agent=$(cat '" + id + "'); kill -" +
                           signal + " $runner; wait $runner\n" + "for i in $(seq 500); do\n" +
                           "  kill -0 $agent 2>/dev/null || { echo gone; exit; }; sleep 0.01\n" +
                           "done\n" + "echo lives; kill -KILL $agent\n";
  Process process({{"/bin/sh", "-c", text}, {}});
  std::string line;
  process.next_line(line, Clock::now() + std::chrono::seconds(30));
  return line;
}

TEST(Orphans, AreNotLeftByARunnerThatIsKilled) {
  EXPECT_EQ(ended_by("KILL"), "gone");
}

TEST(Orphans, AreNotLeftWhereTheTerminalIsClosed) {
  EXPECT_EQ(ended_by("HUP"), "gone");
}

}  // namespace
}  // namespace winmem::conformance
