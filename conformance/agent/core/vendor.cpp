#include "conformance/agent/core/vendor.h"

#include <cstring>

#include "conformance/agent/core/platform.h"
#include "conformance/agent/core/setup.h"

namespace winmem::agent {

namespace {

constexpr unsigned most_functions = 256;
void* addresses[most_functions];
System the_system;
LastErrorAccess last_error;
std::uint32_t profile;

#if defined(_WIN32) && defined(__i386__)
#define WINMEM_STDCALL __attribute__((stdcall))
#else
#define WINMEM_STDCALL
#endif
using GetError = std::uint32_t(WINMEM_STDCALL*)();
using SetError = void(WINMEM_STDCALL*)(std::uint32_t);
GetError vendor_get_error;
SetError vendor_set_error;

std::uint32_t get_error() {
  return vendor_get_error();
}
void set_error(std::uint32_t code) {
  vendor_set_error(code);
}

/// A number in a structure that the implementation filled; 0 where it did not.
std::uint64_t field_of(const Function& function, const unsigned char* bytes, Text name) {
  for (unsigned i = 0; i < function.field_count; ++i) {
    const Field& field = function.fields[i];
    if (field.name != name) continue;
    const bool wide = sizeof(void*) == 8;
    std::uint64_t value = 0;
    std::memcpy(&value, bytes + (wide ? field.offset64 : field.offset32),
                wide ? field.width64 : field.width32);
    return value;
  }
  return 0;
}

/// What cannot be is the implementation's mistake, and for the cases about it to show.
void believe(const System& told) {
  if (impossible(told).key.empty()) the_system = told;
}

void ask_system() {
  const Function* function = find_function("GetSystemInfo");
  if (function == nullptr || address_of(*function) == nullptr) return;
  alignas(16) static unsigned char info[128];
  call_vendor("GetSystemInfo", reinterpret_cast<std::uintptr_t>(info));
  // An implementation that leaves a field empty has not said anything: the default stays.
  auto take = [&](Text name, std::uint64_t& to) {
    const std::uint64_t value = field_of(*function, info, name);
    if (value != 0) to = value;
  };
  System told = the_system;
  take("dwPageSize", told.page);
  take("dwAllocationGranularity", told.granularity);
  take("lpMinimumApplicationAddress", told.minimum);
  take("lpMaximumApplicationAddress", told.maximum);
  believe(told);
}

void ask_large_page() {
  const Function* function = find_function("GetLargePageMinimum");
  if (function == nullptr || address_of(*function) == nullptr) return;
  System told = the_system;
  told.large_page = call_vendor("GetLargePageMinimum");
  believe(told);
}

}  // namespace

void look_up_vendor() {
  Span<const Function> const all = functions();
  for (unsigned i = 0; i < all.size && i < most_functions; ++i) {
    if (!all[i].from_vendor) continue;
    char name[64];
    const std::size_t size =
        all[i].name.size < sizeof name - 1 ? all[i].name.size : sizeof name - 1;
    std::memcpy(name, all[i].name.data, size);
    name[size] = 0;
    addresses[i] = platform::find(name);
  }
  vendor_get_error = reinterpret_cast<GetError>(platform::find("GetLastError"));
  vendor_set_error = reinterpret_cast<SetError>(platform::find("SetLastError"));
  if (vendor_get_error != nullptr) last_error.get = get_error;
  if (vendor_set_error != nullptr) last_error.set = set_error;
  platform::describe_system(the_system);
  ask_system();
  ask_large_page();
}

void* address_of(const Function& function) {
  return addresses[index_of(&function)];
}

const System& vendor_system() {
  return the_system;
}

void print_functions(Output& out) {
  bool first = true;
  for (const Function& function : functions()) {
    const bool there = function.from_vendor ? address_of(function) != nullptr
                                            : function.name != Text("view") || can_view();
    if (!there) continue;
    if (!first) out << ',';
    first = false;
    out << function.name;
  }
}

std::uintptr_t call_vendor(const char* name, std::uintptr_t a, std::uintptr_t b, std::uintptr_t c,
                           std::uintptr_t d, std::uintptr_t e, std::uintptr_t f) {
  void* function = platform::find(name);
  if (function == nullptr) return 0;
  const std::uintptr_t arguments[call_arguments] = {a, b, c, d, e, f};
  std::uintptr_t value = 0;
  Raised raised;
  return guarded(function, arguments, value, raised) ? value : 0;
}

const LastErrorAccess& last_error_access() {
  return last_error;
}

void choose_profile(bool documented) {
  const std::uint32_t wanted = documented ? 1 : 0;
  if (wanted == profile) return;
  profile = wanted;
  call_vendor("WinmemSetProfile", wanted);
}

}  // namespace winmem::agent
