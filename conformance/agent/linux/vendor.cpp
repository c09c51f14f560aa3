// The implementation under test on Linux: a shared library.
#include <dlfcn.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "conformance/agent/core/platform.h"
#include "conformance/agent/linux/linux.h"

extern "C" {
extern char __executable_start;
extern char _end;
}

namespace winmem::agent::platform {

namespace {

void* library;
Text name("none");

/// RTL_OSVERSIONINFOW.
struct VersionInformation {
  std::uint32_t size, major, minor, build, platform;
  std::uint16_t service_pack[128];
};

Text from(const char* text) {
  return Text(text, std::strlen(text));
}

}  // namespace

bool load_vendor(const char* path, Text& error) {
  if (path == nullptr) return true;
  library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    error = from(dlerror());  // NOLINT(concurrency-mt-unsafe): nothing else runs yet
    return false;
  }
  const char* slash = std::strrchr(path, '/');
  name = from(slash == nullptr ? path : slash + 1);
  return true;
}

// On the library's own handle: names that come through its dependencies count, those of the agent
// and of libc's users do not.
void* find(const char* symbol) {
  return library == nullptr ? nullptr : dlsym(library, symbol);
}

Text vendor_name() {
  return name;
}

void describe_system(System& system) {
  system.bits = sizeof(void*) * 8;
  system.page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  if (system.bits == 32) system.maximum = 0x7ffeffff;
  // The reference models the NT heap; of which kind another library's heap is, nobody has said.
  if (find("WinmemSetProfile") != nullptr) system.heap = HeapKind::nt;
  // The version is the one that the implementation says it models.
  system.major = 10;
  system.minor = system.build = 0;
  VersionInformation version = {};
  version.size = sizeof version;
  using GetVersion = std::int32_t (*)(VersionInformation*);
  void* get = find("RtlGetVersion");
  if (get == nullptr || reinterpret_cast<GetVersion>(get)(&version) != 0) return;
  system.major = version.major;
  system.minor = version.minor;
  system.build = version.build;
}

Range image() {
  return {reinterpret_cast<std::uintptr_t>(&__executable_start),
          reinterpret_cast<std::uintptr_t>(&_end)};
}

Range stack() {
  if (stack_below_2_gib().end != 0) return stack_below_2_gib();
  // The kernel keeps the whole range that the main thread's stack may grow into free of other
  // mappings.
  static Range range;
  if (range.end != 0) return range;
  static char maps[0x40000];
  std::size_t size = 0;
  if (!read_file("/proc/self/maps", maps, sizeof maps, size)) size = 0;
  auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  range = {here & ~std::uintptr_t{0xfff}, (here | 0xfffff) + 1};
  maps[size] = 0;
  for (char* line = maps; *line != 0;) {
    char* next = nullptr;
    const std::uint64_t begin = std::strtoull(line, &next, 16);
    const std::uint64_t end = std::strtoull(next + 1, nullptr, 16);
    if (begin <= here && here < end) range = {begin, end};
    line = std::strchr(next, '\n');
    if (line == nullptr) break;
    ++line;
  }
  rlimit limit = {};
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < 0x40000000 &&
      range.end > limit.rlim_cur) {
    const std::uint64_t lowest = range.end - limit.rlim_cur;
    if (lowest < range.begin) range.begin = lowest;
  }
  return range;
}

}  // namespace winmem::agent::platform
