// The implementation under test on Windows: kernel32 as the system has it, or a DLL.
#include "conformance/agent/windows/imports.h"

#include <cstring>

extern "C" IMAGE_DOS_HEADER __ImageBase;

namespace winmem::agent::platform {

namespace {

HMODULE library;
Text name("kernel32.dll");

/// A word of this thread's environment block.
std::uintptr_t thread_word(unsigned offset) {
  std::uintptr_t word;
#if defined(__x86_64__)
  __asm__ volatile("movq %%gs:(%1), %0" : "=r"(word) : "r"(static_cast<std::uintptr_t>(offset)));
#else
  __asm__ volatile("movl %%fs:(%1), %0" : "=r"(word) : "r"(static_cast<std::uintptr_t>(offset)));
#endif
  return word;
}

void read_version(System& system) {
  using GetVersion = LONG(WINAPI*)(OSVERSIONINFOW*);
  system.major = system.minor = system.build = 0;
  HMODULE ntdll = GetModuleHandleA("ntdll.dll");
  if (ntdll == nullptr) return;
  auto get =
      reinterpret_cast<GetVersion>(reinterpret_cast<void*>(GetProcAddress(ntdll, "RtlGetVersion")));
  OSVERSIONINFOW version = {};
  version.dwOSVersionInfoSize = sizeof version;
  if (get == nullptr || get(&version) != 0) return;
  system.major = version.dwMajorVersion;
  system.minor = version.dwMinorVersion;
  system.build = version.dwBuildNumber;
}

/// A program whose manifest does not ask for the segment heap, as the agent's does not, gets the NT
/// heap (HA-063): so it is one unless it shows that it is not. A segment heap carries 0xddeeddee
/// where Windows' NT heap carries 0xffeeffee; Wine 8, which models the NT heap, something else.
HeapKind kind_of_heap() {
  using GetHeap = HANDLE(WINAPI*)();
  auto get = from_kernel<GetHeap>("GetProcessHeap");
  HANDLE heap = get == nullptr ? nullptr : get();
  if (heap == nullptr) return HeapKind::unknown;
  constexpr std::uintptr_t signature_at = sizeof(void*) * 2;
  std::uint32_t signature = 0;
  std::uintptr_t arguments[call_arguments] = {reinterpret_cast<std::uintptr_t>(heap) + signature_at,
                                              reinterpret_cast<std::uintptr_t>(&signature)};
  auto peek = [](std::uintptr_t from, std::uintptr_t to) {
    std::memcpy(reinterpret_cast<void*>(to), reinterpret_cast<const void*>(from), sizeof signature);
  };
  void (*function)(std::uintptr_t, std::uintptr_t) = peek;
  std::uintptr_t value;
  Raised raised;
  guarded(reinterpret_cast<void*>(function), arguments, value, raised);
  return signature == 0xddeeddee ? HeapKind::segment : HeapKind::nt;
}

}  // namespace

bool load_vendor(const char* path, Text& error) {
  library = path == nullptr ? GetModuleHandleA("kernel32.dll") : LoadLibraryA(path);
  if (library == nullptr) {
    error = Text("LoadLibrary failed");
    return false;
  }
  if (path == nullptr) return true;
  const char* last = path;
  for (const char* c = path; *c != 0; ++c)
    if (*c == '/' || *c == '\\') last = c + 1;
  name = Text(last, std::strlen(last));
  return true;
}

void* find(const char* symbol) {
  // A macro of <windows.h> in both bitnesses: a name of the language that is exported as another.
  return reinterpret_cast<void*>(GetProcAddress(library, symbol));
}

Text vendor_name() {
  return name;
}

void describe_system(System& system) {
  system.bits = sizeof(void*) * 8;
  if (system.bits == 32) system.maximum = 0x7ffeffff;
  read_version(system);
  system.heap = kind_of_heap();
}

Range image() {
  auto base = reinterpret_cast<std::uintptr_t>(&__ImageBase);
  auto* headers = reinterpret_cast<const IMAGE_NT_HEADERS*>(
      base + static_cast<std::uintptr_t>(__ImageBase.e_lfanew));
  return {base, base + headers->OptionalHeader.SizeOfImage};
}

Range stack() {
  // The thread's environment block: the stack's upper end, and where its reservation begins.
  constexpr unsigned top = sizeof(void*);
  constexpr unsigned reserved = sizeof(void*) == 8 ? 0x1478 : 0xe0c;
  return {thread_word(reserved), thread_word(top)};
}

void prepare_guarding() {}

void guard_exceptions(bool guard) {
  long(WINMEM_CALLBACK * filter)(ExceptionPointers*) = guard ? top_level_filter : ending_filter;
  SetUnhandledExceptionFilter(
      reinterpret_cast<LPTOP_LEVEL_EXCEPTION_FILTER>(reinterpret_cast<void*>(filter)));
  // A script may end its process: no dialog asks anybody about it.
  using ErrorMode = UINT(WINAPI*)(UINT);
  auto error_mode = from_kernel<ErrorMode>("SetErrorMode");
  if (error_mode != nullptr) error_mode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}

// Here the implementation is the system: views are its own.
bool can_map_views() {
  return false;
}

std::uintptr_t map_view(std::uint64_t, std::uint64_t) {
  return 0;
}

bool unmap_view(std::uintptr_t, std::uint64_t) {
  return false;
}

}  // namespace winmem::agent::platform
