// Every reservation of the process, by address, and the lock that guards them.
#pragma once

#include <cstdint>

#include "system/layout.h"
#include "virtual/granule_index.h"
#include "virtual/node_pool.h"
#include "virtual/page_runs.h"
#include "winmem/virtual.h"

namespace winmem::vm {

// One cache line tells of a reservation whose pages are all alike.
struct alignas(64) Reservation {
  std::uintptr_t base;
  std::size_t size;    // bytes, whole pages
  std::size_t mapped;  // bytes that the kernel has mapped for it from base on, at least size: what
                       // is left of the last granule may be taken as well, so that neighbours make
                       // one mapping and no stranger gets in between
  DWORD protect;       // AllocationProtect
  bool physical;       // MEM_PHYSICAL
  bool write_watch;    // MEM_WRITE_WATCH
  PageRuns pages;

  std::uintptr_t end() const { return base + size; }
  // Of an address inside.
  std::size_t PageOf(std::uintptr_t address) const { return (address - base) / system::kPageSize; }
  std::uintptr_t AddressOf(std::size_t page) const { return base + page * system::kPageSize; }
};

// What VirtualQuery tells of a reservation whose pages are all alike.
struct Uniform {
  std::uintptr_t base;
  std::size_t pages;
  DWORD protect;       // AllocationProtect
  DWORD page_protect;  // 0 while only reserved
  bool committed;
};

// Pages [first, end) of one reservation.
struct PageRange {
  Reservation* reservation;
  std::size_t first, end;

  std::size_t count() const { return end - first; }
  std::size_t bytes() const { return count() * system::kPageSize; }
  std::uintptr_t address() const { return reservation->AddressOf(first); }
};

class AddressSpace {
 public:
  // The reservation that holds the address, or null.
  Reservation* Find(std::uintptr_t address);
  // The last reservation that begins at the address or below it, or null.
  Reservation* AtOrBelow(std::uintptr_t address);
  // The first reservation that begins above the address, or null.
  Reservation* Above(std::uintptr_t address);
  // Whether a reservation meets [begin, end).
  bool Meets(std::uintptr_t begin, std::uintptr_t end);
  // The pages that [address, address + size) touches; a null reservation when they are not all
  // inside one. The range neither is empty nor wraps.
  PageRange Pages(std::uintptr_t address, std::size_t size);

  // Sees to it that the next Add and the next change of its pages will have what they need.
  static bool Prepare();
  Reservation* Add(std::uintptr_t base, std::size_t size, std::size_t mapped, DWORD protect,
                   DWORD type, PageState state);
  void Remove(Reservation* reservation);
  // Gives each page of the range the state change(its state). Needs PageRuns::Prepare. Nothing else
  // changes the pages of a reservation.
  template <class Function>
  void Change(const PageRange& range, Function change) {
    range.reservation->pages.Change(range.first, range.end, change);
    Summarize(*range.reservation);
  }
  // Whether the address is in the first granule of a reservation whose pages are all alike, and how
  // they are. It costs the memory of one line, and never that of the reservation itself.
  bool IsUniform(std::uintptr_t address, Uniform* told) const;

  std::size_t committed = 0;  // pages, of all reservations
  std::size_t locked = 0;     // pages
  std::uintptr_t next = 0;    // where placement looks first; 0: it has not looked yet

 private:
  // Keeps what IsUniform tells, in the index's note.
  void Summarize(const Reservation& reservation);

  static NodePool pool_;
  GranuleIndex index_;  // Reservation by base
};

// The address space, locked while this lives. No memory of the program may be touched meanwhile: it
// could fault, and the fault handler takes this lock.
class LockedSpace {
 public:
  LockedSpace();
  ~LockedSpace();
  LockedSpace(const LockedSpace&) = delete;
  LockedSpace& operator=(const LockedSpace&) = delete;

  AddressSpace* operator->() const;
  AddressSpace& operator*() const;

  // The same without an object, for fork.
  static void Hold();
  static void LetGo();

  // Whether this thread has it locked, or is about to: a signal handler that interrupted such a
  // thread must not wait.
  static bool HeldByThisThread();
};

}  // namespace winmem::vm
