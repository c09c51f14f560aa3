#include "conformance/agent/core/runs.h"

namespace winmem::agent {

namespace {

bool has_number(const Outcome& outcome) {
  return outcome.kind == Outcome::Kind::returned && outcome.value.op == Pattern::Op::equal;
}

/// Values at equal distances say something of addresses, handles and sizes only.
bool may_stride(Kind kind) {
  return kind != Kind::boolean && kind != Kind::constant;
}

/// Equal but for the value and what counts the run.
bool alike(const Outcome& a, const Outcome& b) {
  if (a.kind != b.kind || has_number(a) != has_number(b)) return false;
  Outcome x = a;
  Outcome y = b;
  if (has_number(a)) x.value = y.value = Pattern();
  x.count = y.count = 1;
  x.stride = y.stride = 0;
  return same(x, y);
}

std::uint64_t plain(const Outcome& outcome) {
  return outcome.value.value.number.plain;
}

}  // namespace

bool Runs::extends(const Outcome& outcome) const {
  if (!holds_ || !alike(held_, outcome)) return false;
  if (!has_number(outcome)) return true;
  const std::uint64_t distance = plain(outcome) - plain(held_);
  if (held_.count == 1) return distance == 0 || may_stride(call_.function->result);
  return distance == held_.stride * held_.count;
}

/// Two values have a distance by chance: only three in a row are a run. The first goes out alone.
void Runs::split() {
  if (!holds_ || held_.count != 2 || held_.stride == 0) return;
  Outcome alone = held_;
  alone.count = 1;
  alone.stride = 0;
  write(alone);
  held_.value.value.number.plain += held_.stride;
  held_.count = 1;
  held_.stride = 0;
}

void Runs::add(const Outcome& outcome) {
  if (!extends(outcome)) split();
  if (extends(outcome)) {
    if (held_.count == 1 && has_number(outcome)) held_.stride = plain(outcome) - plain(held_);
    ++held_.count;
    arenas_[next_].reset();
    return;
  }
  if (holds_) write(held_);
  held_ = outcome;
  held_.count = 1;
  held_.stride = 0;
  holds_ = true;
  next_ ^= 1;
  arenas_[next_].reset();
}

void Runs::finish() {
  split();
  if (holds_) write(held_);
  holds_ = false;
}

void Runs::write(const Outcome& outcome) {
  if (!first_) out_ << Text(", ");
  first_ = false;
  Outcome shown = outcome;
  if (style_ == Style::text) {
    const std::size_t used = arenas_[next_].used();
    shown = bindings_.describe(call_, outcome, arenas_[next_]);
    print_outcomes(out_, script_, call_, {&shown, 1}, style_);
    arenas_[next_].reset(used);
    return;
  }
  print_outcomes(out_, script_, call_, {&shown, 1}, style_);
}

}  // namespace winmem::agent
