#include "conformance/runner/content_equal.h"

#include <algorithm>

namespace winmem::conformance {
namespace {

std::uint64_t told_by_runs(const Content& content) {
  std::uint64_t sum = 0;
  for (const Run& run : content.runs) sum += run.count;
  return sum;
}

/// The bytes that the runs of a content denote, in order.
class Bytes {
 public:
  explicit Bytes(const Content& content) : runs_(content.runs) {}
  std::uint8_t next() {
    while (run_ < runs_.size && at_ >= runs_[run_].count) {
      ++run_;
      at_ = 0;
    }
    return run_ < runs_.size ? byte_of(runs_[run_], at_++) : std::uint8_t{0};
  }

 private:
  Span<Run> runs_;
  std::uint32_t run_ = 0;
  std::uint64_t at_ = 0;
};

std::uint64_t length_of(const Content& content) {
  return told_by_runs(content) + content.rest;
}

}  // namespace

bool content_equal(const Content& a, const Content& b) {
  if (length_of(a) != length_of(b)) return false;
  const Content& longer = told_by_runs(a) >= told_by_runs(b) ? a : b;
  const Content& shorter = &longer == &a ? b : a;
  std::uint64_t common = told_by_runs(shorter), told = told_by_runs(longer);
  Bytes left(longer), right(shorter);
  for (std::uint64_t i = 0; i < common; ++i)
    if (left.next() != right.next()) return false;
  if (common == told) return longer.rest == 0 || longer.hash == shorter.hash;
  if (longer.rest != 0) return false;
  std::uint64_t hash = content_hash_start;
  for (std::uint64_t i = common; i < told; ++i) hash = hash_byte(hash, left.next());
  return hash == shorter.hash;
}

}  // namespace winmem::conformance
