// Making outcomes.
#pragma once

#include "conformance/agent/core/guard.h"
#include "model/language/script.h"

namespace winmem::agent {

/// A plain number.
Value number(std::uint64_t plain);
/// A value that equals a number.
Pattern equal(std::uint64_t plain);

void returned(Outcome& outcome, std::uint64_t value);
void returned_ok(Outcome& outcome);
void unsupported(Outcome& outcome);
void skipped(Outcome& outcome);
void refused(Outcome& outcome, Text reason);
/// An exception with its parameters, whose list lies in the arena.
void describe_exception(Exception& exception, std::uint32_t status, std::uint32_t count,
                        const std::uintptr_t* parameters, Arena& arena);
void raised(Outcome& outcome, const Raised& what, Arena& arena);

}  // namespace winmem::agent
