#include "conformance/agent/core/self_test.h"

#include <cstring>

#include "conformance/agent/core/input.h"
#include "conformance/agent/core/player.h"
#include "conformance/agent/core/protocol.h"

namespace winmem::agent {

namespace {

/// Only accesses and set-up calls, whose answers do not depend on the implementation.
constexpr Text conversation(
    "hello\n"
    "garbage\n"
    "begin 1 buffered\n"
    "i = image()\n"
    "load(i, 1)\n"
    "store(i, 1, 0x0)\n"
    "s = stack()\n"
    "fill(s, 0x1, 0x0)\n"
    "load(0x10, 4)\n"
    "store(0x18, 8, 0x1)\n"
    "fill(0x20, 0x10, 0xa5)\n"
    "pattern(0x28, 0x10, 0x7)\n"
    "read(0x30, 0x4)\n"
    "execute(0x40)\n"
    "3 * load(0x10, 1)\n"
    "this is not a call\n"
    "end\n"
    "bye\n");

#if defined(_WIN32)
constexpr Text first_byte("1.2 -> 0x4d\n");
#else
constexpr Text first_byte("1.2 -> 0x7f\n");
#endif

constexpr Text expected[] = {
    "0 hello protocol=1 bits=",
    "\n0 error(1, hello, begin N or bye)\n",
    "\n1.1 -> 0x",
    first_byte,
    "1.3 -> refused(overlaps agent)\n",
    "1.5 -> refused(overlaps agent)\n",
    "1.6 -> raises 0xc0000005(0x0, 0x10)\n",
    "1.7 -> raises 0xc0000005(0x1, 0x18)\n",
    "1.8 -> raises 0xc0000005(0x1, 0x20)\n",
    "1.9 -> raises 0xc0000005(0x1, 0x28)\n",
    "1.10 -> raises 0xc0000005(0x0, 0x30)\n",
    "1.11 -> refused(no known 0xC3)\n",
    "1.12 -> raises 0xc0000005(0x0, 0x10)*3\n",
    "1.13 -> error(",
    "\n1 end\n",
};

char answers[0x4000];

bool contains(Text text, Text part) {
  for (std::size_t i = 0; i + part.size <= text.size; ++i)
    if (std::memcmp(text.data + i, part.data, part.size) == 0) return true;
  return false;
}

}  // namespace

int self_test(const Options& options) {
  Output heard(answers, sizeof answers);
  use_canned_input(conversation);
  copy_output(&heard);
  speak(options);
  copy_output(nullptr);
  int failures = 0;
  for (const Text part : expected) {
    if (contains(heard.text(), part)) continue;
    ++failures;
    output() << Text("# self-test: missing: ") << part << '\n';
  }
  output() << (failures == 0 ? Text("# self-test: passed\n") : Text("# self-test: failed\n"));
  flush_output();
  return failures == 0 ? 0 : 1;
}

}  // namespace winmem::agent
