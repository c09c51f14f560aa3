#include "virtual/address_space.h"

#include <pthread.h>

#include <new>
#include <type_traits>

namespace winmem::vm {
namespace {

pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
thread_local bool held __attribute__((tls_model("initial-exec"))) = false;

// Never destroyed: other threads may still call when the process ends.
constinit AddressSpace space;
static_assert(std::is_trivially_destructible_v<AddressSpace>);
#if UINTPTR_MAX > 0xFFFFFFFFu
static_assert(sizeof(Reservation) == 64);
#endif

}  // namespace

constinit NodePool AddressSpace::pool_{sizeof(Reservation)};

Reservation* AddressSpace::AtOrBelow(std::uintptr_t address) {
  return static_cast<Reservation*>(index_.AtOrBelow(address));
}

Reservation* AddressSpace::Above(std::uintptr_t address) {
  return static_cast<Reservation*>(index_.Above(address));
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
  return pool_.Ensure(1) && GranuleIndex::Prepare() && PageRuns::Prepare();
}

Reservation* AddressSpace::Add(std::uintptr_t base, std::size_t size, std::size_t mapped,
                               DWORD protect, DWORD type, PageState state) {
  auto* reservation = new (pool_.Take()) Reservation{base,
                                                     size,
                                                     mapped,
                                                     protect,
                                                     (type & MEM_PHYSICAL) != 0,
                                                     (type & MEM_WRITE_WATCH) != 0,
                                                     PageRuns(size / system::kPageSize, state)};
  index_.Insert(base, reservation);
  return reservation;
}

void AddressSpace::Remove(Reservation* reservation) {
  index_.Erase(reservation->base);
  reservation->~Reservation();
  pool_.Give(reservation);
}

LockedSpace::LockedSpace() {
  pthread_mutex_lock(&lock);
  held = true;
}

LockedSpace::~LockedSpace() {
  held = false;
  pthread_mutex_unlock(&lock);
}

AddressSpace* LockedSpace::operator->() const {
  return &space;
}

AddressSpace& LockedSpace::operator*() const {
  return space;
}

bool LockedSpace::HeldByThisThread() {
  return held;
}

}  // namespace winmem::vm
