// The agent's own memory behind out parameters: filled with marks first, so that what a call did
// not write shows.
#pragma once

#include "conformance/agent/core/call.h"

namespace winmem::agent {

/// Prepares the memory of all out parameters of a call and puts their addresses among its
/// arguments. False when they need more memory than there is.
bool prepare_out(const Request& request, std::uintptr_t* arguments);
/// What the call left there, as the outcome's fields.
void describe_out(const Request& request, Outcome& outcome);

}  // namespace winmem::agent
