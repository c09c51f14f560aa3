#include "conformance/agent/core/ledger.h"

#include "conformance/agent/core/handlers.h"
#include "conformance/agent/core/setup.h"
#include "conformance/agent/core/vendor.h"

namespace winmem::agent {

namespace {

enum class Owned : std::uint8_t { nothing, memory, heap, block, global, local };

struct Entry {
  std::uint64_t value;
  std::uint64_t heap;  ///< of a block
  Owned owned;
};

/// Open addressing by value; entries are never moved while a script runs, removed ones stay as
/// `nothing`.
constexpr std::uint32_t slots = 1u << 18;
constexpr std::uint32_t most_entries = slots / 2;
Entry entries[slots];
std::uint32_t used[most_entries];  ///< the slots in use, in the order of their entry
std::uint32_t used_count;
bool changed_for_good;

constexpr std::uint64_t reserve = 0x2000, release = 0x8000;
constexpr std::uint32_t invalid_handle = 6;
constexpr std::uint32_t most_locks = 256;

std::uint32_t slot_of(std::uint64_t value) {
  auto hash = static_cast<std::uint32_t>((value * 0x9e3779b97f4a7c15u) >> 40) & (slots - 1);
  while (entries[hash].value != value && entries[hash].value != 0) hash = (hash + 1) & (slots - 1);
  return hash;
}

void add(Owned owned, std::uint64_t value, std::uint64_t heap = 0) {
  if (value == 0) return;
  Entry& entry = entries[slot_of(value)];
  if (entry.value == 0) {
    if (used_count == most_entries) {
      changed_for_good = true;
      return;
    }
    used[used_count++] = static_cast<std::uint32_t>(&entry - entries);
  }
  entry = {value, heap, owned};
}

void remove(std::uint64_t value) {
  entries[slot_of(value)].owned = Owned::nothing;
}

bool owns(std::uint64_t value, Owned owned) {
  const Entry& entry = entries[slot_of(value)];
  return entry.value == value && entry.owned == owned;
}

/// A block of a heap that the script made goes with its heap.
void add_block(std::uint64_t value, std::uint64_t heap) {
  if (!owns(heap, Owned::heap)) add(Owned::block, value, heap);
}

void enter_virtual(Text name, const Request& request, std::uint64_t value) {
  Span<const std::uint64_t> const a = request.arguments;
  if (name == Text("VirtualAlloc")) {
    // Only a reservation is owned: what is committed in it goes with it.
    if (value != 0 && (a[0] == 0 || (a[2] & reserve) != 0)) add(Owned::memory, value);
  } else if (name == Text("VirtualFree")) {
    // A release may name any byte of the first page.
    if (value != 0 && (a[2] & release) != 0) remove(a[0] & ~(vendor_system().page - 1));
  } else if (name == Text("AllocateUserPhysicalPages")) {
    if (value != 0) changed_for_good = true;
  }
}

void enter_heap(Text name, const Request& request, std::uint64_t value) {
  Span<const std::uint64_t> const a = request.arguments;
  if (name == Text("HeapCreate")) {
    add(Owned::heap, value);
  } else if (name == Text("HeapDestroy")) {
    if (value != 0) remove(a[0]);
  } else if (name == Text("HeapAlloc")) {
    add_block(value, a[0]);
  } else if (name == Text("HeapReAlloc")) {
    if (value == 0) return;
    remove(a[2]);
    add_block(value, a[0]);
  } else if (name == Text("HeapFree")) {
    if (value != 0) remove(a[2]);
  } else if (name == Text("HeapSetInformation")) {
    if (value != 0 && !owns(a[0], Owned::heap)) changed_for_good = true;
  }
}

void enter_moveable(Text name, Owned owned, const Request& request, std::uint64_t value) {
  Span<const std::uint64_t> const a = request.arguments;
  if (name == Text("GlobalAlloc") || name == Text("LocalAlloc")) {
    add(owned, value);
  } else if (name == Text("GlobalReAlloc") || name == Text("LocalReAlloc")) {
    if (value == 0) return;
    remove(a[0]);
    add(owned, value);
  } else if (name == Text("GlobalFree") || name == Text("LocalFree")) {
    if (value == 0) remove(a[0]);
  }
}

std::uint32_t last_error() {
  return last_error_access().get != nullptr ? last_error_access().get() : 0;
}

/// Frees an object, unlocking it where locks keep it. An object that is no more (its pointer was
/// freed in place of its handle) is given back already.
bool free_moveable(const char* free_name, const char* unlock_name, std::uint64_t value) {
  auto object = static_cast<std::uintptr_t>(value);
  for (std::uint32_t i = 0; i < most_locks; ++i) {
    if (call_vendor(free_name, object) == 0) return true;
    if (last_error() == invalid_handle) return true;
    call_vendor(unlock_name, object);
  }
  return false;
}

bool free_entry(const Entry& entry) {
  auto value = static_cast<std::uintptr_t>(entry.value);
  auto heap = static_cast<std::uintptr_t>(entry.heap);
  switch (entry.owned) {
    case Owned::nothing:
      return true;
    case Owned::memory:
      return (call_vendor("VirtualFree", value, 0, release) & 0xffffffffu) != 0;
    case Owned::heap:
      return (call_vendor("HeapDestroy", value) & 0xffffffffu) != 0;
    case Owned::block:
      return (call_vendor("HeapFree", heap, 0, value) & 0xffffffffu) != 0;
    case Owned::global:
      return free_moveable("GlobalFree", "GlobalUnlock", entry.value);
    case Owned::local:
      return free_moveable("LocalFree", "LocalUnlock", entry.value);
  }
  return false;
}

}  // namespace

void start_ledger() {
  for (std::uint32_t i = 0; i < used_count; ++i) entries[used[i]] = {0, 0, Owned::nothing};
  used_count = 0;
  changed_for_good = false;
}

void enter(const Request& request, const Outcome& outcome) {
  const Function& function = *request.call.function;
  if (outcome.kind == Outcome::Kind::raises && function.from_vendor &&
      function.family != Family::exception) {
    // An implementation that fell over inside a call may have left anything behind.
    // HEAP_GENERATE_EXCEPTIONS raises STATUS_NO_MEMORY on purpose.
    if (outcome.exception.status != 0xc0000017) changed_for_good = true;
    return;
  }
  if (outcome.kind != Outcome::Kind::returned) return;
  const std::uint64_t value = outcome.value.value.number.plain;
  switch (function.family) {
    case Family::virtual_memory:
      return enter_virtual(function.name, request, value);
    case Family::heap:
      return enter_heap(function.name, request, value);
    case Family::global:
      return enter_moveable(function.name, Owned::global, request, value);
    case Family::local:
      return enter_moveable(function.name, Owned::local, request, value);
    default:
      return;
  }
}

bool give_back() {
  bool clean = remove_handlers();
  if (!undo_setup()) clean = false;
  // The latest first: what was made in something goes before it.
  for (std::uint32_t i = used_count; i != 0; --i)
    if (!free_entry(entries[used[i - 1]])) clean = false;
  return clean && !changed_for_good;
}

}  // namespace winmem::agent
