// --self-test: what can be checked without a host, wherever the agent runs.
#pragma once

#include "conformance/agent/core/options.h"

namespace winmem::agent {

/// Plays a canned conversation, prints it, and compares the answers that every implementation must
/// give alike. The result is the exit code.
int self_test(const Options& options);

}  // namespace winmem::agent
