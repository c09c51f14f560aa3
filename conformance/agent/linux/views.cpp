// Views on Linux: of a file that is memory only, so that the implementation under test finds mapped
// memory that it did not make, as Windows' functions find what MapViewOfFile made.
#include <sys/mman.h>
#include <unistd.h>

#include "conformance/agent/core/platform.h"
#include "conformance/agent/linux/linux.h"

namespace winmem::agent::platform {

namespace {

constexpr std::uint64_t section_reserves = 0x4000000;  ///< SEC_RESERVE

/// How mmap is told a PAGE_* protection. What is opened for reading is mapped privately: it may be
/// made a copy later, as on Windows, and nobody else sees the file. With SEC_RESERVE nobody may
/// touch it yet. False: a view has none such.
bool mapping_of(std::uint64_t protection, int& access, int& sharing) {
  constexpr std::uint64_t readonly = 2, readwrite = 4, writecopy = 8;
  const bool reserves = (protection & section_reserves) != 0;
  protection &= ~section_reserves;
  const std::uint64_t runs = protection >> 4;
  access = PROT_READ | (runs != 0 ? PROT_EXEC : 0);
  sharing = MAP_PRIVATE;
  switch (runs != 0 ? runs : protection) {
    case readonly:
      break;
    case readwrite:
      sharing = MAP_SHARED;
      [[fallthrough]];
    case writecopy:
      access |= PROT_WRITE;
      break;
    default:
      return false;
  }
  if (reserves) access = PROT_NONE;
  return true;
}

}  // namespace

bool can_map_views() {
  return true;
}

std::uintptr_t map_view(std::uint64_t size, std::uint64_t protection) {
  int access = 0;
  int sharing = 0;
  if (size == 0 || size != static_cast<std::size_t>(size) ||
      !mapping_of(protection, access, sharing))
    return 0;
  const int file = memfd_create("winmem-view", MFD_CLOEXEC);
  if (file < 0) return 0;
  void* view = MAP_FAILED;
  if (ftruncate(file, static_cast<off_t>(size)) == 0)
    view = map_where_programs_are(static_cast<std::size_t>(size), access, sharing, file);
  close(file);
  return view == MAP_FAILED ? 0 : reinterpret_cast<std::uintptr_t>(view);
}

bool unmap_view(std::uintptr_t view, std::uint64_t size) {
  return munmap(reinterpret_cast<void*>(view), static_cast<std::size_t>(size)) == 0;
}

}  // namespace winmem::agent::platform
