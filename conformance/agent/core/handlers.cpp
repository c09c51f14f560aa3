#include "conformance/agent/core/handlers.h"

#include <utility>

#include "conformance/agent/core/outcome.h"
#include "conformance/agent/core/vendor.h"

namespace winmem::agent {

namespace {

/// As many as a script may have at once: each needs a function of its own, for a handler is told
/// nothing of itself.
constexpr unsigned pool_size = 16;
/// A handler that continues at an instruction which faults again would never end: from here on it
/// lets the exception pass.
constexpr unsigned most_sightings = 64;

struct Slot {
  bool used;
  Handler handler;
  std::int32_t name;
  std::uint64_t token;
};
Slot slots[pool_size] = {};
int just_taken = -1;

struct Seen {
  unsigned slot;
  std::uint32_t status;
  std::uint32_t count;
  std::uintptr_t parameters[15];
};
Seen seen[most_sightings];
unsigned seen_count;

long handle(unsigned index, const ExceptionPointers* exception) {
  const ExceptionRecord& record = *exception->record;
  const Slot& slot = slots[index];
  if (!slot.used || !guarding()) return continue_search;
  if (slot.handler.status != 0 && slot.handler.status != record.code) return continue_search;
  if (seen_count == most_sightings) return continue_search;
  Seen& now = seen[seen_count++];
  now.slot = index;
  now.status = record.code;
  now.count = record.count < 15 ? record.count : 15;
  for (unsigned i = 0; i < now.count; ++i) now.parameters[i] = record.information[i];
  return slot.handler.action == Handler::Action::resume ? continue_execution : continue_search;
}

template <unsigned Index>
long WINMEM_CALLBACK entry(ExceptionPointers* exception) {
  return handle(Index, exception);
}

using Entry = long(WINMEM_CALLBACK*)(ExceptionPointers*);
struct Entries {
  Entry at[pool_size];
};
template <unsigned... Indexes>
constexpr Entries make_entries(std::integer_sequence<unsigned, Indexes...>) {
  return {{entry<Indexes>...}};
}
constexpr Entries entries = make_entries(std::make_integer_sequence<unsigned, pool_size>());

}  // namespace

void* take_handler(const Handler& handler, std::int32_t name) {
  for (unsigned i = 0; i < pool_size; ++i) {
    if (slots[i].used) continue;
    slots[i] = {true, handler, name, 0};
    just_taken = static_cast<int>(i);
    return reinterpret_cast<void*>(entries.at[i]);
  }
  return nullptr;
}

void handler_registered(std::uint64_t token) {
  if (just_taken < 0) return;
  Slot& slot = slots[just_taken];
  slot.token = token;
  slot.used = token != 0;
  just_taken = -1;
}

void handler_removed(std::uint64_t token) {
  for (Slot& slot : slots)
    if (slot.used && slot.token == token) slot.used = false;
}

bool remove_handlers() {
  bool clean = true;
  for (Slot& slot : slots) {
    if (!slot.used) continue;
    if (call_vendor("RemoveVectoredExceptionHandler", static_cast<std::uintptr_t>(slot.token)) == 0)
      clean = false;
    slot.used = false;
  }
  return clean;
}

void start_sightings() {
  seen_count = 0;
}

void describe_sightings(Outcome& outcome, Arena& arena) {
  if (seen_count == 0) return;
  auto* list = arena.take<Sighting>(seen_count);
  if (list == nullptr) return;
  for (unsigned i = 0; i < seen_count; ++i) {
    const Slot& slot = slots[seen[i].slot];
    list[i].handler = slot.name;
    list[i].token = slot.token;
    describe_exception(list[i].exception, seen[i].status, seen[i].count, seen[i].parameters, arena);
  }
  outcome.sightings = {list, seen_count};
}

}  // namespace winmem::agent
