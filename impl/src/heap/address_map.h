// Which region a pointer lies in, for any pointer value at all, in constant time and without a
// lock. A wrong pointer is thereby known as wrong before anything behind it is looked at.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "heap/layout.h"

namespace winmem::heap {

struct Region;

// Two levels: a leaf covers 4 GiB, an entry 64 KiB. A leaf that was made once stays.
class AddressMap {
 public:
  static AddressMap& Instance() { return instance_; }

  // The region entered for the unit that holds `address`; null: none.
  Region* Find(const void* address) const {
    const std::uint64_t unit = reinterpret_cast<std::uintptr_t>(address) / kUnit;
    if (unit >= kLeaves * kLeafEntries) return nullptr;
    const Entry* leaf = leaves_[unit / kLeafEntries].load(std::memory_order_acquire);
    if (leaf == nullptr) return nullptr;
    return leaf[unit % kLeafEntries].load(std::memory_order_acquire);
  }

  // Enters `region` for every unit that [base, base + size) touches; false: no memory for a leaf,
  // and nothing was entered. `region` null removes what was entered, which cannot fail.
  bool Enter(const void* base, std::size_t size, Region* region);

 private:
  using Entry = std::atomic<Region*>;
  static constexpr std::uint64_t kLeafEntries = 0x10000;
  // User space ends at 47 bits on x86-64, at 32 on i386.
  static constexpr std::uint64_t kLeaves = sizeof(void*) == 8 ? 0x8000 : 1;

  Entry* Leaf(std::uint64_t number);

  static AddressMap instance_;
  std::atomic<Entry*> leaves_[kLeaves] = {};
};

}  // namespace winmem::heap
