#include "conformance/runner/conversation.h"

#include <gtest/gtest.h>

#include "conformance/runner/error.h"

namespace winmem::conformance {
namespace {

TEST(ParseAnswer, TakesOutcomesEndsAndDeathsApart) {
  Answer answer = parse_answer("12.3 -> 0x1 {old=0x4} !0x57");
  EXPECT_EQ(answer.kind, Answer::Kind::outcome);
  EXPECT_EQ(answer.script, 12u);
  EXPECT_EQ(answer.line, 3u);
  EXPECT_EQ(answer.text, "0x1 {old=0x4} !0x57");
  EXPECT_EQ(parse_answer("4 end").kind, Answer::Kind::end);
  EXPECT_EQ(parse_answer("4 end dirty").kind, Answer::Kind::dirty);
  EXPECT_EQ(parse_answer("4 ends 0xc0000374").kind, Answer::Kind::ends);
  EXPECT_EQ(parse_answer("4 ends 0xc0000374").text, "0xc0000374");
}

TEST(ParseAnswer, TakesEverythingElseForNoise) {
  for (const char* line : {"", "end", "-> ok", "4", "4 ending", "4.2", "4.2->ok", "12:03:04 INFO",
                           "0.123 started", "99999999999999999999.1 -> ok"})
    EXPECT_EQ(parse_answer(line).kind, Answer::Kind::noise) << line;
}

constexpr const char* hello_line =
    "hello protocol=1 bits=32 page=0x1000 granularity=0x10000 minimum=0x10000 maximum=0x7ffeffff "
    "large=0x0 "
    "version=10.0.19045 heap=nt agent=toy vendor=Toy functions=HeapAlloc,HeapFree";

TEST(ParseHello, ReadsWhoTheAgentIs) {
  Hello hello;
  std::string problem;
  ASSERT_TRUE(parse_hello(hello_line, hello, problem)) << problem;
  EXPECT_EQ(hello.system.bits, 32u);
  EXPECT_EQ(hello.system.build, 19045u);
  EXPECT_EQ(hello.agent, "toy");
  EXPECT_EQ(hello.heap, "nt");
  EXPECT_EQ(hello.functions, (std::set<std::string>{"HeapAlloc", "HeapFree"}));
  EXPECT_FALSE(hello.isolates());
}

TEST(ParseHello, RefusesAnotherProtocolAndUnreadableNumbers) {
  Hello hello;
  std::string problem;
  EXPECT_FALSE(parse_hello("hello protocol=2 bits=64", hello, problem));
  EXPECT_EQ(problem, "protocol '2', and not 1");
  EXPECT_FALSE(parse_hello("hello protocol=1 bits=many", hello, problem));
  EXPECT_EQ(problem, "'bits=many' cannot be: expected a number");
}

TEST(ParseHello, RefusesNumbersThatNoSystemHas) {
  Hello hello;
  std::string problem;
  EXPECT_FALSE(parse_hello("hello protocol=1 bits=64 page=3 agent=toy", hello, problem));
  EXPECT_EQ(problem,
            "'page=3' cannot be: expected a page that is a power of two from 0x1000 to 0x10000");
  EXPECT_FALSE(parse_hello("hello protocol=1 bits=7", hello, problem));
  EXPECT_EQ(problem, "'bits=7' cannot be: expected bits=32 or bits=64");
}

TEST(Conversation, WithAProgramThatSaysNoHelloTellsWhatItSaidInsteadAndWhatToInstall) {
  Vendor vendor = find_vendor("exec:/usr/bin/python3 -B " + std::string(WINMEM_TEST_VENDORS) +
                              "/speaks_no_protocol.py");
  vendor.missing = "install an agent";
  try {
    Conversation conversation(vendor, std::chrono::seconds(20));
    FAIL() << "it should not have been accepted";
  } catch (const CannotRun& error) {
    std::string text = error.what();
    EXPECT_NE(text.find("ended before it said hello"), std::string::npos) << text;
    EXPECT_NE(text.find("Usage: emulator"), std::string::npos) << text;
    EXPECT_NE(text.find("cannot open display"), std::string::npos) << text;
    EXPECT_NE(text.find("install an agent"), std::string::npos) << text;
  }
}

TEST(Conversation, WithAProgramThatPrintsWithoutEndIsGivenUp) {
  for (const char* program : {"exec:yes", "exec:cat /dev/zero"}) {
    try {
      Conversation conversation(find_vendor(program), std::chrono::seconds(60));
      FAIL() << program;
    } catch (const CannotRun& error) {
      EXPECT_NE(std::string(error.what()).find("does not say hello"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace winmem::conformance
