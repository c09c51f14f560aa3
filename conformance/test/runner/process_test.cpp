#include "conformance/runner/process.h"

#include <gtest/gtest.h>
#include <signal.h>

#include "conformance/runner/error.h"

namespace winmem::conformance {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Command shell(const std::string& text) {
  return {{"/bin/sh", "-c", text}, {}};
}
Clock::time_point soon() {
  return Clock::now() + seconds(20);
}

TEST(Process, GivesTheLinesOfItsOutputAndThenThatItClosed) {
  Process process(shell("printf 'one\\r\\n\\ntwo'"));
  std::string line;
  ASSERT_EQ(process.next_line(line, soon()), Process::Got::line);
  EXPECT_EQ(line, "one");
  ASSERT_EQ(process.next_line(line, soon()), Process::Got::line);
  EXPECT_EQ(line, "");
  ASSERT_EQ(process.next_line(line, soon()), Process::Got::line);
  EXPECT_EQ(line, "two");
  EXPECT_EQ(process.next_line(line, soon()), Process::Got::closed);
}

TEST(Process, ExchangesMoreThanAPipeHoldsWithoutBlocking) {
  Process process({{"/bin/cat"}, {}});
  std::string sent(300'000, 'x');
  for (int i = 0; i < 10; ++i) process.send(sent + "\n");
  process.finish_sending();
  std::string line;
  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(process.next_line(line, soon()), Process::Got::line);
    EXPECT_EQ(line.size(), sent.size());
  }
  EXPECT_EQ(process.next_line(line, soon()), Process::Got::closed);
  EXPECT_EQ(process.wait(soon()).kind, ExitStatus::Kind::exited);
}

TEST(Process, SaysHowItEnded) {
  Process exits(shell("exit 7"));
  ExitStatus status = exits.wait(soon());
  EXPECT_EQ(status.kind, ExitStatus::Kind::exited);
  EXPECT_EQ(status.code, 7);
  Process dies(shell("kill -SEGV $$"));
  status = dies.wait(soon());
  EXPECT_EQ(status.kind, ExitStatus::Kind::signalled);
  EXPECT_EQ(status.code, SIGSEGV);
}

TEST(Process, IsSilentAtTheDeadline) {
  Process process({{"/bin/cat"}, {}});
  std::string line;
  EXPECT_EQ(process.next_line(line, Clock::now() + milliseconds(20)), Process::Got::silence);
  EXPECT_EQ(process.wait(Clock::now()).kind, ExitStatus::Kind::running);
}

TEST(Process, IsKilledWithItsChildrenWhenItIsNoLongerNeeded) {
  std::string line;
  pid_t child = 0;
  {
    Process process(shell("sleep 1000 & echo $!; wait"));
    ASSERT_EQ(process.next_line(line, soon()), Process::Got::line);
    child = std::stoi(line);
  }
  // Nobody tells us when a grandchild is gone; its new parent reaps it.
  auto deadline = soon();
  auto gone = [&] {
    std::string state;
    Process look(shell("cut -d' ' -f3 /proc/" + line + "/stat 2>/dev/null || echo gone"));
    look.next_line(state, soon());
    return state == "gone" || state == "Z";
  };
  while (!gone() && Clock::now() < deadline) {
  }
  EXPECT_TRUE(gone()) << child;
}

TEST(Process, KeepsWhatItWroteOnStderr) {
  Process process(shell("echo trouble >&2"));
  process.wait(soon());
  EXPECT_EQ(process.log(), "trouble\n");
}

TEST(Process, AddsToTheEnvironment) {
  Process process({{"/bin/sh", "-c", "echo $WINMEM_TEST $HOME"},
                   {{"WINMEM_TEST", "a b"}, {"HOME", "/nowhere"}}});
  std::string line;
  ASSERT_EQ(process.next_line(line, soon()), Process::Got::line);
  EXPECT_EQ(line, "a b /nowhere");
}

TEST(Process, ThatCannotBeStartedSaysWhy) {
  EXPECT_THROW(
      {
        try {
          Process process({{"/no/such/program"}, {}});
        } catch (const CannotRun& error) {
          EXPECT_STREQ(error.what(), "cannot start /no/such/program: No such file or directory");
          throw;
        }
      },
      CannotRun);
}

TEST(SplitCommand, HonoursQuotesAndRefusesCommands) {
  EXPECT_EQ(split_command("a 'b c' \"d\""), (std::vector<std::string>{"a", "b c", "d"}));
  EXPECT_THROW(split_command("a `ls`"), CannotRun);
  EXPECT_THROW(split_command("a | b"), CannotRun);
}

}  // namespace
}  // namespace winmem::conformance
