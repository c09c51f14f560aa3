#include "conformance/runner/interrupt.h"

#include <csignal>

namespace winmem::conformance {
namespace {

volatile std::sig_atomic_t came = 0;

void remember(int) {
  came = 1;
}

}  // namespace

void remember_interrupts() {
  struct sigaction action = {};
  action.sa_handler = remember;
  // Not SA_RESTART: a waiting poll must return. A second one ends the program as usual.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGHUP, &action, nullptr);  // the terminal was closed
}

bool interrupted() {
  return came != 0;
}

}  // namespace winmem::conformance
