#include "heap/address_map.h"

#include "heap/pages.h"

namespace winmem::heap {

constinit AddressMap AddressMap::instance_;

// Pages come zeroed, and a zeroed entry is an empty one.
AddressMap::Entry* AddressMap::Leaf(std::uint64_t number) {
  Entry* known = leaves_[number].load(std::memory_order_acquire);
  if (known != nullptr) return known;
  auto* made = static_cast<Entry*>(TakePages(kLeafEntries * sizeof(Entry)));
  if (made == nullptr) return nullptr;
  if (leaves_[number].compare_exchange_strong(known, made, std::memory_order_acq_rel)) return made;
  GivePages(made);  // another thread was first
  return known;
}

bool AddressMap::Enter(const void* base, std::size_t size, Region* region) {
  const std::uint64_t first = reinterpret_cast<std::uintptr_t>(base) / kUnit;
  const std::uint64_t end = first + (size + kUnit - 1) / kUnit;
  for (std::uint64_t number = first / kLeafEntries; number <= (end - 1) / kLeafEntries; ++number) {
    if (Leaf(number) == nullptr) return false;
  }
  for (std::uint64_t unit = first; unit < end; ++unit) {
    Leaf(unit / kLeafEntries)[unit % kLeafEntries].store(region, std::memory_order_release);
  }
  return true;
}

}  // namespace winmem::heap
