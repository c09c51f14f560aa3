#include "conformance/agent/core/setup.h"

#include "conformance/agent/core/outcome.h"
#include "conformance/agent/core/platform.h"
#include "conformance/agent/core/vendor.h"

namespace winmem::agent {

namespace {

struct View {
  std::uintptr_t base;
  std::uint64_t size;
};
constexpr unsigned most_views = 64;
View views[most_views];
unsigned view_count;
constexpr const char* limit_switch = "WinmemLimitCommit";
bool limited;

bool vendor_can_view() {
  return platform::find("CreateFileMappingW") != nullptr &&
         platform::find("MapViewOfFile") != nullptr;
}

/// The access of MapViewOfFile that a page protection needs.
std::uint32_t access_for(std::uint64_t protection) {
  constexpr std::uint32_t copy = 1, write = 2, read = 4, execute = 0x20;
  switch (protection & 0xff) {
    case 0x02:
      return read;
    case 0x04:
      return write;
    case 0x08:
      return copy;
    case 0x20:
      return read | execute;
    case 0x40:
      return write | execute;
    case 0x80:
      return copy | execute;
    default:
      return read;
  }
}

/// Through the implementation: it made the section, so it knows that it may unmap the view.
std::uintptr_t vendor_view(std::uint64_t size, std::uint64_t protection) {
  constexpr std::uintptr_t page_file = ~std::uintptr_t{0};
  const std::uintptr_t section =
      call_vendor("CreateFileMappingW", page_file, 0, static_cast<std::uintptr_t>(protection),
                  static_cast<std::uintptr_t>(size >> 32), static_cast<std::uint32_t>(size), 0);
  if (section == 0) return 0;
  const std::uintptr_t view = call_vendor("MapViewOfFile", section, access_for(protection), 0, 0,
                                          static_cast<std::uintptr_t>(size));
  call_vendor("CloseHandle", section);
  return view;
}

void play_view(Request& request, Outcome& outcome) {
  if (view_count == most_views) return refused(outcome, "too many views");
  const std::uint64_t size = request.arguments[0];
  const std::uint64_t protection = request.arguments[1];
  const std::uintptr_t view =
      vendor_can_view() ? vendor_view(size, protection) : platform::map_view(size, protection);
  if (view != 0) views[view_count++] = {view, size};
  returned(outcome, view);
}

void play_limit(Request& request, Outcome& outcome) {
  call_vendor(limit_switch, static_cast<std::uintptr_t>(request.arguments[0]));
  limited = true;
  returned_ok(outcome);
}

}  // namespace

bool can_set_up(const Function& function) {
  if (function.name == Text("view")) return vendor_can_view() || platform::can_map_views();
  return function.name != Text("commit_limit") || platform::find(limit_switch) != nullptr;
}

void play_setup(Request& request, Outcome& outcome) {
  const Text name = request.call.function->name;
  if (!can_set_up(*request.call.function))
    unsupported(outcome);
  else if (name == Text("view"))
    play_view(request, outcome);
  else if (name == Text("commit_limit"))
    play_limit(request, outcome);
  else if (name == Text("image"))
    returned(outcome, platform::image().begin);
  else if (name == Text("stack"))
    returned(outcome, reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)));
  else
    unsupported(outcome);
}

bool undo_setup() {
  if (limited) call_vendor(limit_switch, ~std::uintptr_t{0});
  limited = false;
  bool clean = true;
  for (; view_count != 0; --view_count) {
    const View& view = views[view_count - 1];
    const bool gone = vendor_can_view()
                          ? (call_vendor("UnmapViewOfFile", view.base) & 0xffffffffu) != 0
                          : platform::unmap_view(view.base, view.size);
    clean = clean && gone;
  }
  return clean;
}

}  // namespace winmem::agent
