// Where reservations go. The kernel places mappings by pages, Windows reservations by 64 KiB.
#pragma once

#include "virtual/address_space.h"
#include "winmem/last_error.h"

namespace winmem::vm {

// What the kernel mapped: [base, base + mapped) with 64 KiB aligned base, at least the asked size.
struct Mapping {
  std::uintptr_t base;
  std::size_t mapped;
  DWORD error;
};

// Maps exactly at `base`, a multiple of 64 KiB; ERROR_INVALID_ADDRESS when something is there. A
// mapping with protection PROT_NONE takes the rest of its last granule too where that is free.
Mapping PlaceAt(AddressSpace& space, std::uintptr_t base, std::size_t size, int protection);

// Maps at some free place: the lowest that is cheap to find, or, top_down, one of the highest.
Mapping PlaceAnywhere(AddressSpace& space, std::size_t size, int protection, bool top_down);

// Maps large pages at `base`, a multiple of their size, or, 0, where the kernel likes.
// ERROR_NO_SYSTEM_RESOURCES when the kernel has too few.
Mapping PlaceLarge(AddressSpace& space, std::uintptr_t base, std::size_t size, int protection);

// Takes the mapping of a reservation away. ERROR_NOT_ENOUGH_MEMORY when it has become part of a
// larger one that the kernel cannot split.
DWORD Unplace(AddressSpace& space, const Reservation& reservation);

}  // namespace winmem::vm
