#include "virtual/foreign.h"

#include <cerrno>

#include "virtual/maps_reader.h"

namespace winmem::vm {
namespace {

DWORD ProtectionOf(const MapsLine& line) {
  if (line.execute) return line.write ? PAGE_EXECUTE_READWRITE : PAGE_EXECUTE_READ;
  if (line.write) return line.file != 0 && !line.shared ? PAGE_WRITECOPY : PAGE_READWRITE;
  return line.read ? PAGE_READONLY : PAGE_NOACCESS;
}

// Mappings of one file side by side are one image or one view.
struct Group {
  MapsLine first, last;
  bool executable;

  bool Takes(const MapsLine& line) const {
    return line.file != 0 && line.file == last.file && line.begin == last.end;
  }
  void Add(const MapsLine& line) {
    last = line;
    executable = executable || line.execute;
  }
  DWORD Type() const {
    if (first.file == 0) return MEM_PRIVATE;
    return executable && !first.shared && !first.in_memory ? MEM_IMAGE : MEM_MAPPED;
  }
};

// The kernel does not keep with which protection a view was mapped. Once we change one, we have to:
// of the views that were changed last. Guarded by the lock of the address space.
struct Changed {
  std::uintptr_t base;
  std::uint64_t file;
  DWORD protect;
};
constexpr unsigned kMostChanged = 64;
Changed changed[kMostChanged];
unsigned next_changed;

const Changed* FindChanged(std::uintptr_t base, std::uint64_t file) {
  for (const Changed& one : changed) {
    if (one.file == file && one.base == base && file != 0) return &one;
  }
  return nullptr;
}

DWORD ProtectionOfAll(const Group& group) {
  if (group.Type() == MEM_IMAGE) return PAGE_EXECUTE_WRITECOPY;  // VQ-021
  const Changed* known = FindChanged(group.first.begin, group.first.file);
  if (known != nullptr) return known->protect;
  const DWORD first = ProtectionOf(group.first);
  const bool reserved = first == PAGE_NOACCESS && group.first.in_memory && group.first.shared;
  return reserved ? PAGE_READWRITE : first;  // VQ-024: what may be committed
}

// The group to which the line at the address belongs, and that line with what follows it alike.
bool FindGroup(std::uintptr_t address, Group* group, MapsLine* found, std::uintptr_t* above) {
  MapsReader reader;
  bool within = false;
  for (MapsLine line; reader.Next(&line);) {
    const bool taken = group->Takes(line);
    if (within && !taken) break;
    if (taken) {
      group->Add(line);
    } else {
      *group = {line, line, line.execute};
    }
    if (within) {
      const bool alike = line.begin == found->end && ProtectionOf(line) == ProtectionOf(*found);
      if (alike) found->end = line.end;
    } else if (line.begin > address) {
      *above = line.begin;
      return false;
    } else if (address < line.end) {
      within = true;
      *found = line;
    }
  }
  return within;
}

}  // namespace

Surroundings LookAround(std::uintptr_t address) {
  const int saved = errno;
  Group group = {};
  MapsLine found = {};
  Surroundings around = {};
  around.mapped = FindGroup(address, &group, &found, &around.end);
  errno = saved;
  if (!around.mapped) return around;
  around.end = found.end;
  around.protect = ProtectionOf(found);
  around.base = group.first.begin;
  around.whole_end = group.last.end;
  around.allocation_protect = ProtectionOfAll(group);
  around.type = group.Type();
  around.file = group.first.file;
  around.shared = found.shared;
  around.in_memory = found.in_memory;
  return around;
}

bool IsForeignSection(std::uintptr_t address) {
  const Surroundings around = LookAround(address);
  return around.mapped && around.type != MEM_PRIVATE;
}

void KeepAllocationProtect(const Surroundings& view) {
  if (FindChanged(view.base, view.file) != nullptr) return;
  changed[next_changed++ % kMostChanged] = {view.base, view.file, view.allocation_protect};
}

}  // namespace winmem::vm
