// What a script has made and not given back: memory, heaps, objects, handlers, locks. After a
// batched script it is given back, so that the next one finds the process as the first did.
#pragma once

#include "conformance/agent/core/call.h"

namespace winmem::agent {

void start_ledger();
/// Takes up what came of a call.
void enter(const Request& request, const Outcome& outcome);
/// Gives everything back. False when something could not be, or when the script changed the process
/// for good.
bool give_back();

}  // namespace winmem::agent
