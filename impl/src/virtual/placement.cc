#include "virtual/placement.h"

#include <sys/mman.h>

#include <cerrno>

#include "virtual/gap.h"
#include "virtual/kernel.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WINMEM_UNDER_TSAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define WINMEM_UNDER_TSAN 1
#endif

namespace winmem::vm {
namespace {

using system::GranuleUp;
using system::kGranularity;
using system::kPageSize;

// Reservations follow one another here, so that one system call places one and neighbours share a
// mapping of the kernel's. Nothing but a hint: whatever is there already stays there.
#if UINTPTR_MAX <= 0xFFFFFFFFu
// Below position-independent programs.
constexpr std::uintptr_t kArenaBegin = 0x10000000, kArenaEnd = 0x50000000;
#elif defined(WINMEM_UNDER_TSAN)
// One of the few ranges for which the ThreadSanitizers of clang and gcc both keep a shadow.
constexpr std::uintptr_t kArenaBegin = 0x7E9000000000, kArenaEnd = 0x7EF000000000;
#else
// Above the shadow of AddressSanitizer, below its heap and position-independent programs.
constexpr std::uintptr_t kArenaBegin = 0x200000000000, kArenaEnd = 0x500000000000;
#endif

// Whether the kernel, when it chooses, chooses addresses that a program may own on Windows, too:
// for 64-bit programs. 32-bit ones have nearly 4 GiB of it, and are placed from above.
constexpr bool kKernelKnowsBounds = sizeof(void*) > 4;

DWORD ErrorOf(int code) {
  return code == EEXIST || code == EPERM || code == EINVAL ? ERROR_INVALID_ADDRESS
                                                           : ERROR_NOT_ENOUGH_MEMORY;
}

// Lets the kernel choose, and cuts the result to the granularity.
Mapping PlaceByKernel(std::size_t size, int protection) {
  const std::size_t slack = kGranularity - kPageSize;
  std::uintptr_t got = 0;
  if (kernel.map(&got, size + slack, protection) != 0) return {0, 0, ERROR_NOT_ENOUGH_MEMORY};
  const std::uintptr_t base = GranuleUp(got);
  const std::size_t head = base - got, tail = slack - head;
  if (head != 0 && kernel.unmap(got, head) != 0) {
    kernel.unmap(got, size + slack);
    return {0, 0, ERROR_NOT_ENOUGH_MEMORY};
  }
  if (tail != 0 && kernel.unmap(base + size, tail) != 0) {
    kernel.unmap(base, size + tail);  // the head is not ours any more
    return {0, 0, ERROR_NOT_ENOUGH_MEMORY};
  }
  return {base, size, ERROR_SUCCESS};
}

// As PlaceByKernel, where the kernel would choose addresses that are none of Windows': looks for
// one. Others may take it meanwhile.
Mapping PlaceInGap(AddressSpace& space, std::size_t size, int protection, bool top_down) {
  constexpr int kTries = 4;
  for (int i = 0; i < kTries; ++i) {
    const std::uintptr_t base = FindGap(GranuleUp(size), kGranularity, top_down);
    if (base == 0) break;
    const Mapping mapping = PlaceAt(space, base, size, protection);
    if (mapping.error != ERROR_INVALID_ADDRESS) return mapping;
  }
  return {0, 0, ERROR_NOT_ENOUGH_MEMORY};
}

Mapping PlaceElsewhere(AddressSpace& space, std::size_t size, int protection, bool top_down) {
  return kKernelKnowsBounds ? PlaceByKernel(size, protection)
                            : PlaceInGap(space, size, protection, top_down);
}

// A mapping that stays at the start of the arena: where nothing at all is near, the kernel takes
// twice as long to unmap, because it gives back page tables that the next reservation needs again.
void PlaceAnchor(AddressSpace& space) {
  std::uintptr_t where = kArenaBegin;
  kernel.map(&where, kGranularity, PROT_NONE);
  space.next = kArenaBegin + kGranularity;
}

// Where to look after the place at space.next was not free.
std::uintptr_t PastObstacle(AddressSpace& space, std::size_t size) {
  // Past a stranger of unknown size.
  constexpr std::uintptr_t kStride = kKernelKnowsBounds ? 0x10000000 : 0x400000;
  const Reservation* own = space.AtOrBelow(space.next + size - 1);
  if (own != nullptr && own->end() > space.next) return GranuleUp(own->end());
  return space.next + kStride;
}

}  // namespace

Mapping PlaceAt(AddressSpace& space, std::uintptr_t base, std::size_t size, int protection) {
  if (space.Meets(base, base + size)) return {0, 0, ERROR_INVALID_ADDRESS};
  std::uintptr_t where = base;
  const std::size_t padded = GranuleUp(size);
  if (protection == PROT_NONE && padded != size && kernel.map(&where, padded, protection) == 0) {
    return {base, padded, ERROR_SUCCESS};
  }
  where = base;
  const int code = kernel.map(&where, size, protection);
  if (code != 0) return {0, 0, ErrorOf(code)};
  return {base, size, ERROR_SUCCESS};
}

Mapping PlaceAnywhere(AddressSpace& space, std::size_t size, int protection, bool top_down) {
  constexpr int kTries = 4;
  const std::size_t granules = GranuleUp(size);
  if (top_down || granules > (kArenaEnd - kArenaBegin) / 2) {
    return PlaceElsewhere(space, size, protection, top_down);
  }
  if (space.next == 0) PlaceAnchor(space);
  for (int i = 0; i < kTries; ++i) {
    if (space.next + granules > kArenaEnd) space.next = kArenaBegin + kGranularity;
    const Mapping mapping = PlaceAt(space, space.next, size, protection);
    if (mapping.error == ERROR_SUCCESS) {
      space.next += granules;
      return mapping;
    }
    if (mapping.error != ERROR_INVALID_ADDRESS) return mapping;
    space.next = PastObstacle(space, granules);
  }
  return PlaceElsewhere(space, size, protection, top_down);
}

Mapping PlaceLarge(AddressSpace& space, std::uintptr_t base, std::size_t size, int protection) {
  if (base != 0 && space.Meets(base, base + size)) return {0, 0, ERROR_INVALID_ADDRESS};
  if (base == 0 && !kKernelKnowsBounds) base = FindGap(size, system::kLargePage, false);
  if (base == 0 && !kKernelKnowsBounds) return {0, 0, ERROR_NO_SYSTEM_RESOURCES};
  const int code = kernel.map_large(&base, size, protection);
  if (code == EEXIST) return {0, 0, ERROR_INVALID_ADDRESS};
  if (code != 0) return {0, 0, ERROR_NO_SYSTEM_RESOURCES};  // VA-075, VA-715
  return {base, size, ERROR_SUCCESS};
}

DWORD Unplace(AddressSpace& space, const Reservation& reservation) {
  if (kernel.unmap(reservation.base, reservation.mapped) != 0) return ERROR_NOT_ENOUGH_MEMORY;
  if (GranuleUp(reservation.end()) == space.next) space.next = reservation.base;
  return ERROR_SUCCESS;
}

}  // namespace winmem::vm
