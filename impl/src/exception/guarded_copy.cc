#include "exception/guarded_copy.h"

#include <algorithm>
#include <iterator>

#include "exception/machine.h"

namespace winmem::exception {
namespace {

thread_local Fault last __attribute__((tls_model("initial-exec"))) = {};

constexpr char kZeros[0x1000] = {};

}  // namespace

DWORD GuardedCopy(void* to, const void* from, std::size_t size) {
  return winmem_guarded_copy(to, from, size);
}

bool GuardedCopy(void* to, const void* from, std::size_t size, Fault* fault) {
  if (GuardedCopy(to, from, size) == 0) return true;
  *fault = last;
  return false;
}

bool GuardedClear(void* to, std::size_t size, Fault* fault) {
  auto* place = static_cast<char*>(to);
  for (std::size_t part = 0; size != 0; place += part, size -= part) {
    part = std::min(size, sizeof kZeros);
    if (!GuardedCopy(place, kZeros, part, fault)) return false;
  }
  return true;
}

void NoteFaultOfCopy(const EXCEPTION_RECORD& record) {
  constexpr DWORD kMost = std::size(last.parameters);
  last.status = record.ExceptionCode;
  last.count = std::min(record.NumberParameters, kMost);
  std::copy_n(record.ExceptionInformation, last.count, last.parameters);
}

}  // namespace winmem::exception
