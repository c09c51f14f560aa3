#include "conformance/agent/core/outcome.h"

namespace winmem::agent {

Value number(std::uint64_t plain) {
  Value value;
  value.number.plain = plain;
  return value;
}

Pattern equal(std::uint64_t plain) {
  Pattern pattern;
  pattern.op = Pattern::Op::equal;
  pattern.value = number(plain);
  return pattern;
}

void returned(Outcome& outcome, std::uint64_t value) {
  outcome.kind = Outcome::Kind::returned;
  outcome.value = equal(value);
}

void returned_ok(Outcome& outcome) {
  outcome.kind = Outcome::Kind::returned;
  outcome.value.op = Pattern::Op::ok;
}

void unsupported(Outcome& outcome) {
  outcome.kind = Outcome::Kind::unsupported;
}

void skipped(Outcome& outcome) {
  outcome.kind = Outcome::Kind::skipped;
}

void refused(Outcome& outcome, Text reason) {
  outcome.kind = Outcome::Kind::refused;
  outcome.reason = reason;
}

void describe_exception(Exception& exception, std::uint32_t status, std::uint32_t count,
                        const std::uintptr_t* parameters, Arena& arena) {
  exception.status = status;
  exception.parameters_stated = true;
  auto* list = arena.take<Pattern>(count);
  if (list == nullptr) return;
  for (std::uint32_t i = 0; i < count; ++i) list[i] = equal(parameters[i]);
  exception.parameters = {list, count};
}

void raised(Outcome& outcome, const Raised& what, Arena& arena) {
  outcome.kind = Outcome::Kind::raises;
  describe_exception(outcome.exception, what.status, what.count, what.parameters, arena);
}

}  // namespace winmem::agent
