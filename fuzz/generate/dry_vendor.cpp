#include "fuzz/generate/dry_vendor.h"

#include <algorithm>

namespace winmem::fuzz {
namespace {

using Op = Pattern::Op;

/// Far from where programs begin, and so low that a 32-bit process has room above it.
constexpr std::uint64_t first = 0x10000000;

bool is_pointer(Kind kind) {
  return kind == Kind::address || kind == Kind::heap || kind == Kind::handle || kind == Kind::token;
}

bool is_success(const Call& call, const Outcome& outcome, unsigned bits) {
  if (outcome.kind != Outcome::Kind::returned) return false;
  const Op op = outcome.value.op;
  if (op != Op::equal) return true;
  return succeeded(*call.function, outcome.value.value.number.plain, bits) ||
         outcome.value.value.is_reference;
}

/// Whether the outcomes are a success and a failure of VirtualAlloc by one rule.
bool may_be_taken(bool asks, const std::vector<spec::Allowed>& allowed) {
  return asks && std::any_of(allowed.begin(), allowed.end(), [&](const spec::Allowed& one) {
           return &one != &allowed.front() && one.rule == allowed.front().rule &&
                  one.rule->kind == spec::Rule::Kind::effect;
         });
}

}  // namespace

DryVendor::DryVendor(const System& system) : system_(system), next_(first) {}

/// The start of a granule, with a free granule behind the bytes.
std::uint64_t DryVendor::fresh(std::uint64_t bytes) {
  const std::uint64_t granule = system_.granularity;
  const std::uint64_t start = next_;
  const std::uint64_t room = bytes > system_.maximum / 4 ? granule : bytes;
  next_ = (start + room + 2 * granule) & ~(granule - 1);
  return start;
}

void DryVendor::settle(const Function& function, Kind kind, Pattern& pattern, std::uint64_t bytes) {
  std::uint64_t& number = pattern.value.number.plain;
  switch (pattern.op) {
    case Op::any:
    case Op::ok:
    case Op::multiple:
    case Op::not_equal:
      number = is_pointer(kind) ? fresh(bytes) : 1;
      if (function.success == Success::zero && kind == function.result) number = 0;
      break;
    case Op::bits:
      if (kind == Kind::handle) number |= fresh(0);
      break;
    case Op::equal:
    case Op::at_least:
    case Op::at_most:
      break;
    default:
      return;
  }
  pattern.op = Op::equal;
}

Outcome DryVendor::answer(const Call& call, const std::vector<spec::Allowed>& allowed,
                          std::uint64_t wanted_bytes) {
  Outcome outcome;
  outcome.kind = Outcome::Kind::unsupported;
  // Where something may live at the address that is asked for, it does: what is built on an
  // allocation that is none would hit what is not the script's.
  const bool asks = call.function->name == Text("VirtualAlloc");
  for (const spec::Allowed& one : allowed) {
    outcome = one.outcome;
    const bool success = is_success(call, outcome, system_.bits);
    if (success != may_be_taken(asks, allowed)) break;
  }
  if (outcome.kind != Outcome::Kind::returned) return outcome;
  settle(*call.function, call.function->result, outcome.value, wanted_bytes);
  fields_.assign(outcome.fields.begin(), outcome.fields.end());
  for (FieldPattern& field : fields_)
    settle(*call.function, call.function->fields[field.field].kind, field.pattern, 0);
  outcome.fields = {fields_.data(), static_cast<std::uint32_t>(fields_.size())};
  return outcome;
}

}  // namespace winmem::fuzz
