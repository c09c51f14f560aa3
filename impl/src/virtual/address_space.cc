#include "virtual/address_space.h"

#include <pthread.h>

#include <iterator>
#include <new>

namespace winmem::vm {
namespace {

pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
thread_local bool held __attribute__((tls_model("initial-exec"))) = false;

// Made at the first lock and never destroyed: other threads may still call when the process ends.
alignas(AddressSpace) std::byte storage[sizeof(AddressSpace)];
AddressSpace* space = nullptr;

}  // namespace

constinit NodePool AddressSpace::Nodes::pool{kCellSize};

Reservation* AddressSpace::AtOrBelow(std::uintptr_t address) {
  const auto above = reservations_.upper_bound(address);
  return above == reservations_.begin() ? nullptr : &std::prev(above)->second;
}

Reservation* AddressSpace::Above(std::uintptr_t address) {
  const auto above = reservations_.upper_bound(address);
  return above == reservations_.end() ? nullptr : &above->second;
}

Reservation* AddressSpace::Find(std::uintptr_t address) {
  Reservation* below = AtOrBelow(address);
  return below != nullptr && address < below->end() ? below : nullptr;
}

bool AddressSpace::Meets(std::uintptr_t begin, std::uintptr_t end) {
  const Reservation* last = AtOrBelow(end - 1);
  return last != nullptr && last->end() > begin;
}

PageRange AddressSpace::Pages(std::uintptr_t address, std::size_t size) {
  Reservation* reservation = Find(address);
  if (reservation == nullptr || address + (size - 1) >= reservation->end()) return {};
  return {reservation, reservation->PageOf(address), reservation->PageOf(address + (size - 1)) + 1};
}

bool AddressSpace::Prepare() {
  return Nodes::pool.Ensure(1) && PageRuns::Prepare();
}

Reservation* AddressSpace::Add(Reservation reservation) {
  const std::uintptr_t base = reservation.base;
  return &reservations_.emplace(base, std::move(reservation)).first->second;
}

void AddressSpace::Remove(const Reservation* reservation) {
  reservations_.erase(reservation->base);
}

LockedSpace::LockedSpace() {
  pthread_mutex_lock(&lock);
  held = true;
  if (space == nullptr) space = new (storage) AddressSpace;
}

LockedSpace::~LockedSpace() {
  held = false;
  pthread_mutex_unlock(&lock);
}

AddressSpace* LockedSpace::operator->() const {
  return space;
}

AddressSpace& LockedSpace::operator*() const {
  return *space;
}

bool LockedSpace::HeldByThisThread() {
  return held;
}

}  // namespace winmem::vm
