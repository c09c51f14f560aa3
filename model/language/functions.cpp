// The table itself. Parameters stand in the order and with the names of the Windows SDK; offsets of
// fields are those of its structures in a 64-bit and in a 32-bit process.
#include "model/language/functions.h"

#include "model/language/lookup.h"
#include "model/language/names.h"

namespace winmem {
namespace {

constexpr std::uint64_t release =
    0x8000;  // MEM_RELEASE: the only free type that ends an allocation

/// A Function under construction, so that an entry of the table reads as a sentence.
struct Entry {
  Function f;

  constexpr Entry(Text name, Family family, Kind result, Set set = Set::none) {
    f.name = name;
    f.family = family;
    f.result = result;
    f.result_set = set;
    f.success = result == Kind::nothing ? Success::always : Success::nonzero;
    f.from_vendor = family != Family::access && family != Family::setup;
  }
  constexpr Entry takes(Text name, Kind kind, Set set = Set::none) const {
    Entry next = *this;
    next.f.parameters[f.parameter_count] = {name, kind, set};
    ++next.f.parameter_count;
    return next;
  }
  template <std::size_t N>
  constexpr Entry fills(const Field (&fields)[N], std::uint8_t size64 = 0,
                        std::uint8_t size32 = 0) const {
    Entry next = *this;
    next.f.fields = fields;
    next.f.field_count = N;
    next.f.structure64 = size64;
    next.f.structure32 = size32;
    return next;
  }
  constexpr Entry succeeds(Success how) const {
    Entry next = *this;
    next.f.success = how;
    return next;
  }
  constexpr Entry extent(std::uint8_t parameter) const {
    Entry next = *this;
    next.f.extent = parameter;
    return next;
  }
  constexpr Entry ends(std::uint8_t parameter, std::uint64_t only_if = 0) const {
    Entry next = *this;
    next.f.ends = parameter;
    next.f.ends_if = only_if;
    return next;
  }
  constexpr Entry reallocates() const {
    Entry next = *this;
    next.f.reallocates = true;
    return next;
  }
  constexpr Entry observes() const {
    Entry next = *this;
    next.f.observes = true;
    return next;
  }
  constexpr operator Function() const { return f; }
};

// MEMORY_BASIC_INFORMATION.
constexpr Field query_fields[] = {
    {"BaseAddress", Kind::address, Set::none, 1, 0, 8, 0, 4},
    {"AllocationBase", Kind::address, Set::none, 1, 8, 8, 4, 4},
    {"AllocationProtect", Kind::constant, Set::protection, 1, 16, 4, 8, 4},
    {"RegionSize", Kind::size, Set::none, 1, 24, 8, 12, 4},
    {"State", Kind::constant, Set::memory_state, 1, 32, 4, 16, 4},
    {"Protect", Kind::constant, Set::protection, 1, 36, 4, 20, 4},
    {"Type", Kind::constant, Set::memory_type, 1, 40, 4, 24, 4},
};

// SYSTEM_INFO.
constexpr Field system_fields[] = {
    {"wProcessorArchitecture", Kind::number, Set::none, 0, 0, 2, 0, 2},
    {"dwPageSize", Kind::number, Set::none, 0, 4, 4, 4, 4},
    {"lpMinimumApplicationAddress", Kind::address, Set::none, 0, 8, 8, 8, 4},
    {"lpMaximumApplicationAddress", Kind::address, Set::none, 0, 16, 8, 12, 4},
    {"dwActiveProcessorMask", Kind::size, Set::none, 0, 24, 8, 16, 4},
    {"dwNumberOfProcessors", Kind::number, Set::none, 0, 32, 4, 20, 4},
    {"dwProcessorType", Kind::number, Set::none, 0, 36, 4, 24, 4},
    {"dwAllocationGranularity", Kind::number, Set::none, 0, 40, 4, 28, 4},
    {"wProcessorLevel", Kind::number, Set::none, 0, 44, 2, 32, 2},
    {"wProcessorRevision", Kind::number, Set::none, 0, 46, 2, 34, 2},
};

// PROCESS_HEAP_ENTRY. Block.hMem and the Region members are a union: wFlags says which of them
// count.
constexpr Field entry_fields[] = {
    {"lpData", Kind::address, Set::none, 1, 0, 8, 0, 4},
    {"cbData", Kind::number, Set::none, 1, 8, 4, 4, 4},
    {"cbOverhead", Kind::number, Set::none, 1, 12, 1, 8, 1},
    {"iRegionIndex", Kind::number, Set::none, 1, 13, 1, 9, 1},
    {"wFlags", Kind::constant, Set::walk_flags, 1, 14, 2, 10, 2},
    {"hMem", Kind::handle, Set::none, 1, 16, 8, 12, 4},
    {"dwCommittedSize", Kind::number, Set::none, 1, 16, 4, 12, 4},
    {"dwUnCommittedSize", Kind::number, Set::none, 1, 20, 4, 16, 4},
    {"lpFirstBlock", Kind::address, Set::none, 1, 24, 8, 20, 4},
    {"lpLastBlock", Kind::address, Set::none, 1, 32, 8, 24, 4},
};

constexpr Field protect_fields[] = {{"old", Kind::constant, Set::protection, 3, 0, 4, 0, 4}};
constexpr Field watch_fields[] = {
    {"addresses", Kind::list, Set::none, 3, 0, 8, 0, 4},
    {"count", Kind::size, Set::none, 4, 0, 8, 0, 4},
    {"granularity", Kind::number, Set::none, 5, 0, 4, 0, 4},
};
constexpr Field information_fields[] = {
    {"information", Kind::number, Set::none, 2, 0, 4, 0, 4},
    {"length", Kind::size, Set::none, 4, 0, 8, 0, 4},
};
constexpr Field physical_fields[] = {
    {"count", Kind::size, Set::none, 1, 0, 8, 0, 4},
    {"pages", Kind::list, Set::none, 2, 0, 8, 0, 4},
};
constexpr Field freed_fields[] = {{"count", Kind::size, Set::none, 1, 0, 8, 0, 4}};

constexpr Family virtual_memory = Family::virtual_memory, heap = Family::heap,
                 global = Family::global, local = Family::local;

constexpr Function all[] = {
    Entry("VirtualAlloc", virtual_memory, Kind::address)
        .takes("lpAddress", Kind::address)
        .takes("dwSize", Kind::size)
        .takes("flAllocationType", Kind::constant, Set::allocation_type)
        .takes("flProtect", Kind::constant, Set::protection)
        .extent(1),
    Entry("VirtualFree", virtual_memory, Kind::boolean)
        .takes("lpAddress", Kind::address)
        .takes("dwSize", Kind::size)
        .takes("dwFreeType", Kind::constant, Set::free_type)
        .ends(0, release),
    Entry("VirtualQuery", virtual_memory, Kind::size)
        .takes("lpAddress", Kind::address)
        .takes("lpBuffer", Kind::structure)
        .takes("dwLength", Kind::size)
        .fills(query_fields, 48, 28)
        .observes(),
    Entry("VirtualProtect", virtual_memory, Kind::boolean)
        .takes("lpAddress", Kind::address)
        .takes("dwSize", Kind::size)
        .takes("flNewProtect", Kind::constant, Set::protection)
        .takes("lpflOldProtect", Kind::value)
        .fills(protect_fields),
    Entry("VirtualLock", virtual_memory, Kind::boolean)
        .takes("lpAddress", Kind::address)
        .takes("dwSize", Kind::size),
    Entry("VirtualUnlock", virtual_memory, Kind::boolean)
        .takes("lpAddress", Kind::address)
        .takes("dwSize", Kind::size),
    Entry("GetWriteWatch", virtual_memory, Kind::number)
        .takes("dwFlags", Kind::constant, Set::write_watch)
        .takes("lpBaseAddress", Kind::address)
        .takes("dwRegionSize", Kind::size)
        .takes("lpAddresses", Kind::list)
        .takes("lpdwCount", Kind::value)
        .takes("lpdwGranularity", Kind::value)
        .fills(watch_fields)
        .succeeds(Success::zero)
        .observes(),
    Entry("ResetWriteWatch", virtual_memory, Kind::number)
        .takes("lpBaseAddress", Kind::address)
        .takes("dwRegionSize", Kind::size)
        .succeeds(Success::zero)
        .observes(),
    Entry("GetLargePageMinimum", virtual_memory, Kind::size).succeeds(Success::always).observes(),
    Entry("AllocateUserPhysicalPages", virtual_memory, Kind::boolean)
        .takes("hProcess", Kind::token)
        .takes("NumberOfPages", Kind::value)
        .takes("PageArray", Kind::list)
        .fills(physical_fields),
    Entry("MapUserPhysicalPages", virtual_memory, Kind::boolean)
        .takes("VirtualAddress", Kind::address)
        .takes("NumberOfPages", Kind::size)
        .takes("PageArray", Kind::list),
    Entry("FreeUserPhysicalPages", virtual_memory, Kind::boolean)
        .takes("hProcess", Kind::token)
        .takes("NumberOfPages", Kind::value)
        .takes("PageArray", Kind::list)
        .fills(freed_fields),

    Entry("HeapCreate", heap, Kind::heap)
        .takes("flOptions", Kind::constant, Set::heap)
        .takes("dwInitialSize", Kind::size)
        .takes("dwMaximumSize", Kind::size),
    Entry("HeapDestroy", heap, Kind::boolean).takes("hHeap", Kind::heap).ends(0),
    // A vendor whose process heap is NULL deviates, but its calls on that heap go on (FreeRDP's
    // library does so).
    Entry("GetProcessHeap", heap, Kind::heap).succeeds(Success::always),
    Entry("HeapAlloc", heap, Kind::address)
        .takes("hHeap", Kind::heap)
        .takes("dwFlags", Kind::constant, Set::heap)
        .takes("dwBytes", Kind::size)
        .extent(2),
    Entry("HeapReAlloc", heap, Kind::address)
        .takes("hHeap", Kind::heap)
        .takes("dwFlags", Kind::constant, Set::heap)
        .takes("lpMem", Kind::address)
        .takes("dwBytes", Kind::size)
        .extent(3)
        .ends(2)
        .reallocates(),
    Entry("HeapFree", heap, Kind::boolean)
        .takes("hHeap", Kind::heap)
        .takes("dwFlags", Kind::constant, Set::heap)
        .takes("lpMem", Kind::address)
        .ends(2),
    Entry("HeapSize", heap, Kind::size)
        .takes("hHeap", Kind::heap)
        .takes("dwFlags", Kind::constant, Set::heap)
        .takes("lpMem", Kind::address)
        .succeeds(Success::not_all_ones)
        .observes(),
    Entry("HeapValidate", heap, Kind::boolean)
        .takes("hHeap", Kind::heap)
        .takes("dwFlags", Kind::constant, Set::heap)
        .takes("lpMem", Kind::address)
        .observes(),
    Entry("HeapLock", heap, Kind::boolean).takes("hHeap", Kind::heap),
    Entry("HeapUnlock", heap, Kind::boolean).takes("hHeap", Kind::heap),
    Entry("HeapWalk", heap, Kind::boolean)
        .takes("hHeap", Kind::heap)
        .takes("lpEntry", Kind::structure)
        .fills(entry_fields, 40, 28)
        .observes(),
    Entry("HeapCompact", heap, Kind::size)
        .takes("hHeap", Kind::heap)
        .takes("dwFlags", Kind::constant, Set::heap)
        .observes(),
    Entry("HeapSetInformation", heap, Kind::boolean)
        .takes("HeapHandle", Kind::heap)
        .takes("HeapInformationClass", Kind::constant, Set::heap_information)
        .takes("HeapInformation", Kind::value)
        .takes("HeapInformationLength", Kind::size),
    Entry("HeapQueryInformation", heap, Kind::boolean)
        .takes("HeapHandle", Kind::heap)
        .takes("HeapInformationClass", Kind::constant, Set::heap_information)
        .takes("HeapInformation", Kind::value)
        .takes("HeapInformationLength", Kind::size)
        .takes("ReturnLength", Kind::value)
        .fills(information_fields)
        .observes(),

    Entry("GlobalAlloc", global, Kind::handle)
        .takes("uFlags", Kind::constant, Set::gmem)
        .takes("dwBytes", Kind::size)
        .extent(1),
    Entry("GlobalReAlloc", global, Kind::handle)
        .takes("hMem", Kind::handle)
        .takes("dwBytes", Kind::size)
        .takes("uFlags", Kind::constant, Set::gmem)
        .extent(1)
        .ends(0)
        .reallocates(),
    Entry("GlobalFree", global, Kind::handle)
        .takes("hMem", Kind::handle)
        .succeeds(Success::zero)
        .ends(0),
    Entry("GlobalLock", global, Kind::address).takes("hMem", Kind::handle),
    // FALSE is what the last unlock gives, with ERROR_SUCCESS (GL-* facts): the value alone does
    // not tell.
    Entry("GlobalUnlock", global, Kind::boolean)
        .takes("hMem", Kind::handle)
        .succeeds(Success::always),
    Entry("GlobalSize", global, Kind::size).takes("hMem", Kind::handle).observes(),
    Entry("GlobalFlags", global, Kind::constant, Set::gmem_state)
        .takes("hMem", Kind::handle)
        .succeeds(Success::always)
        .observes(),
    Entry("GlobalHandle", global, Kind::handle).takes("pMem", Kind::address).observes(),

    Entry("LocalAlloc", local, Kind::handle)
        .takes("uFlags", Kind::constant, Set::lmem)
        .takes("uBytes", Kind::size)
        .extent(1),
    Entry("LocalReAlloc", local, Kind::handle)
        .takes("hMem", Kind::handle)
        .takes("uBytes", Kind::size)
        .takes("uFlags", Kind::constant, Set::lmem)
        .extent(1)
        .ends(0)
        .reallocates(),
    Entry("LocalFree", local, Kind::handle)
        .takes("hMem", Kind::handle)
        .succeeds(Success::zero)
        .ends(0),
    Entry("LocalLock", local, Kind::address).takes("hMem", Kind::handle),
    Entry("LocalUnlock", local, Kind::boolean)
        .takes("hMem", Kind::handle)
        .succeeds(Success::always),
    Entry("LocalSize", local, Kind::size).takes("hMem", Kind::handle).observes(),
    Entry("LocalFlags", local, Kind::constant, Set::lmem_state)
        .takes("hMem", Kind::handle)
        .succeeds(Success::always)
        .observes(),
    Entry("LocalHandle", local, Kind::handle).takes("pMem", Kind::address).observes(),

    Entry("GetLastError", Family::error, Kind::constant, Set::error)
        .succeeds(Success::always)
        .observes(),
    Entry("SetLastError", Family::error, Kind::nothing)
        .takes("dwErrCode", Kind::constant, Set::error),
    Entry("GetSystemInfo", Family::system, Kind::nothing)
        .takes("lpSystemInfo", Kind::structure)
        .fills(system_fields, 48, 36)
        .observes(),

    Entry("RaiseException", Family::exception, Kind::nothing)
        .takes("dwExceptionCode", Kind::constant, Set::status)
        .takes("dwExceptionFlags", Kind::constant, Set::exception_flags)
        .takes("nNumberOfArguments", Kind::number)
        .takes("lpArguments", Kind::list),
    Entry("AddVectoredExceptionHandler", Family::exception, Kind::token)
        .takes("First", Kind::number)
        .takes("Handler", Kind::handler),
    Entry("RemoveVectoredExceptionHandler", Family::exception, Kind::number)
        .takes("Handle", Kind::token)
        .ends(0),

    Entry("fill", Family::access, Kind::nothing)
        .takes("p", Kind::address)
        .takes("n", Kind::size)
        .takes("byte", Kind::number),
    Entry("pattern", Family::access, Kind::nothing)
        .takes("p", Kind::address)
        .takes("n", Kind::size)
        .takes("seed", Kind::number),
    Entry("read", Family::access, Kind::content)
        .takes("p", Kind::address)
        .takes("n", Kind::size)
        .succeeds(Success::always),
    Entry("load", Family::access, Kind::size)
        .takes("p", Kind::address)
        .takes("n", Kind::number)
        .succeeds(Success::always),
    Entry("store", Family::access, Kind::nothing)
        .takes("p", Kind::address)
        .takes("n", Kind::number)
        .takes("value", Kind::size),
    Entry("execute", Family::access, Kind::nothing).takes("p", Kind::address),
    Entry("view", Family::setup, Kind::address)
        .takes("size", Kind::size)
        .takes("protection", Kind::constant, Set::protection)
        .extent(0),
    Entry("commit_limit", Family::setup, Kind::nothing).takes("bytes", Kind::size),
    Entry("image", Family::setup, Kind::address),
    Entry("stack", Family::setup, Kind::address),
};
constexpr std::uint16_t all_count = sizeof all / sizeof all[0];

constexpr auto make_table() {
  NameTable<256> table;
  for (std::uint16_t i = 0; i < all_count; ++i) table.add(word_hash(all[i].name), i);
  return table;
}
constexpr auto table = make_table();

}  // namespace

Span<const Function> functions() {
  return {all, all_count};
}

const Function* find_function(Text name, std::uint32_t hash) {
  for (std::size_t slot = hash & 255; table.slots[slot] != 0; slot = (slot + 1) & 255) {
    const Function* function = all + (table.slots[slot] - 1);
    if (function->name == name) return function;
  }
  return nullptr;
}

const Function* find_function(Text name) {
  return find_function(name, word_hash(name));
}

std::uint16_t index_of(const Function* function) {
  return static_cast<std::uint16_t>(function - all);
}

bool succeeded(const Function& function, std::uint64_t value, unsigned bits) {
  switch (function.success) {
    case Success::nonzero:
      return value != 0;
    case Success::zero:
      return value == 0;
    case Success::not_all_ones:
      return value != (bits == 32 ? 0xffffffffu : ~std::uint64_t{0});
    case Success::always:
      return true;
  }
  return true;
}

std::uint64_t failure_value(const Function& function, std::uint64_t first_argument, unsigned bits) {
  switch (function.success) {
    case Success::zero:  // GlobalFree and LocalFree; GetWriteWatch and ResetWriteWatch
      return function.result == Kind::handle ? first_argument : 0xffffffffu;
    case Success::not_all_ones:
      return bits == 32 ? 0xffffffffu : ~std::uint64_t{0};
    case Success::always:
      return function.result_set == Set::gmem_state || function.result_set == Set::lmem_state
                 ? win::GMEM_INVALID_HANDLE
                 : 0;
    case Success::nonzero:
      return 0;
  }
  return 0;
}

unsigned structure_size(const Function& function, unsigned bits) {
  return bits == 32 ? function.structure32 : function.structure64;
}

unsigned width_of(Kind kind, unsigned bits) {
  switch (kind) {
    case Kind::nothing:
    case Kind::content:
      return 0;
    case Kind::number:
    case Kind::boolean:
    case Kind::constant:
      return 32;
    default:
      return bits;
  }
}

}  // namespace winmem
