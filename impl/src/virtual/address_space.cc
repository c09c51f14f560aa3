#include "virtual/address_space.h"

#include <pthread.h>

#include <atomic>
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

namespace {

// The note of a reservation in the index, 0 where it does not fit into one: the number of pages,
// the protections, and whether they are committed. Of what is reported as a protection, PAGE_GUARD,
// PAGE_NOCACHE and PAGE_WRITECOMBINE are the highest bits.
constexpr int kPagesBits = 32, kProtectBits = 12;
static_assert((PAGE_GUARD | PAGE_NOCACHE | PAGE_WRITECOMBINE) >> kProtectBits == 0);
constexpr int kPageProtectAt = kPagesBits + kProtectBits,
              kCommittedAt = kPageProtectAt + kProtectBits;

std::uint64_t NoteOf(const Reservation& reservation) {
  const std::uint64_t pages = reservation.pages.pages();
  const PageState state = reservation.pages.At(0).state;
  if (!reservation.pages.alike() || pages >> kPagesBits != 0) return 0;
  return pages | std::uint64_t{reservation.protect} << kPagesBits |
         std::uint64_t{state.protect} << kPageProtectAt |
         std::uint64_t{state.committed} << kCommittedAt;
}

DWORD ProtectAt(std::uint64_t note, int bit) {
  return static_cast<DWORD>(note >> bit & ((1u << kProtectBits) - 1));
}

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
  Summarize(*reservation);
  return reservation;
}

void AddressSpace::Summarize(const Reservation& reservation) {
  index_.SetNote(reservation.base, NoteOf(reservation));
}

bool AddressSpace::IsUniform(std::uintptr_t address, Uniform* told) const {
  const std::uint64_t note = index_.Note(address);
  if (note == 0) return false;
  told->base = system::GranuleDown(address);
  told->pages = static_cast<std::size_t>(note & ((std::uint64_t{1} << kPagesBits) - 1));
  told->protect = ProtectAt(note, kPagesBits);
  told->page_protect = ProtectAt(note, kPageProtectAt);
  told->committed = (note >> kCommittedAt & 1) != 0;
  return address - told->base < told->pages * system::kPageSize;
}

void AddressSpace::Remove(Reservation* reservation) {
  index_.Erase(reservation->base);
  reservation->~Reservation();
  pool_.Give(reservation);
}

LockedSpace::LockedSpace() {
  Hold();
}

LockedSpace::~LockedSpace() {
  LetGo();
}

// The fences are for a signal handler of this thread: `held` is true for it before the lock is held
// and until it is not.
void LockedSpace::Hold() {
  held = true;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  pthread_mutex_lock(&lock);
}

void LockedSpace::LetGo() {
  pthread_mutex_unlock(&lock);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  held = false;
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
