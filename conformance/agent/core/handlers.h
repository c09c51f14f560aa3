// Scripted exception handlers: what AddVectoredExceptionHandler(1, on=STATUS do=continue) is given,
// and what they saw.
#pragma once

#include "conformance/agent/core/guard.h"
#include "model/language/script.h"

namespace winmem::agent {

/// A function for the implementation to call, which does what `handler` says; null when all are in
/// use. `name` is the name that the script gives to it, or -1.
void* take_handler(const Handler& handler, std::int32_t name);
/// The call that registered the handler just taken returned `token`; 0: it failed, and the handler
/// is free again.
void handler_registered(std::uint64_t token);
/// The implementation took back the handler of that token.
void handler_removed(std::uint64_t token);
/// Removes the handlers that the script left. False when the implementation does not take one back.
bool remove_handlers();

/// Forgets what handlers saw; what they see is taken down from here on.
void start_sightings();
/// What they saw since, in order.
void describe_sightings(Outcome& outcome, Arena& arena);

}  // namespace winmem::agent
