// GetWriteWatch and ResetWriteWatch as their pages see them: which pages of the range are known to
// be written.
#pragma once

#include "model/view/page_range_view.h"

namespace winmem::spec {

struct WriteWatchView : PageRangeView {
  bool gets;            ///< GetWriteWatch, and not ResetWriteWatch
  std::uint32_t flags;  ///< of GetWriteWatch
  explicit WriteWatchView(View base)
      : PageRangeView(base, takes_flags(base)), gets(takes_flags(base)), flags(gets ? dword(0) : 0) {}

  /// Part of an allocation that is watched.
  bool watched() const { return inside() && allocation->write_watch; }
  bool unwatched() const { return nobody || address == 0 || (allocation && !allocation->write_watch); }
  /// Begins in watched memory and does not end there.
  bool leaves() const { return allocation && allocation->write_watch && size != 0 && !inside(); }
  bool whole_pages() const { return address == range.begin && size % system().page == 0; }
  void set_written(Range pages, Written written) {
    allocation->change(pages, [written](Pages& run) { run.written = written; });
  }

  // Of GetWriteWatch:
  bool null(unsigned i) const { return !agents_own(i) && argument[i] == 0; }
  /// For how many addresses there is room, where the script says it.
  bool room_told() const { return call.arguments[4].form == Argument::Form::inout_value && argument[4] != 0; }
  std::uint64_t room() const { return argument[4]; }
  /// The results go where the evidence does not tell what becomes of them.
  bool results_open() const {
    const bool list = agents_own(3) || null(3), count = room_told() || null(4);
    const bool granularity = agents_own(5) || (null(5) && null(4));
    return !list || !count || !granularity;
  }
  bool overrun() const { return room_told() && agents_own(3) && argument[3] < room(); }

  /// How many pages of the range are so.
  std::uint64_t count(Written written) const;
  std::uint64_t known_count() const { return std::min(room(), count(Written::yes)); }
  bool all_known() const { return count(Written::open) == 0; }
  /// Whether what was told are written pages, upwards, without one left out.
  bool told_right(const Seen& seen) const;
  /// Takes up what was told: what was in doubt is known then.
  void learn(const Seen& seen);
  /// What should have been told, for people.
  std::string written_pages() const;

 private:
  static bool takes_flags(const View& call) { return call.function.parameters[0].kind == Kind::constant; }
  /// The told addresses; false where the outcome does not say them, or not as many as it counts.
  bool told(const Seen& seen, std::vector<std::uint64_t>& addresses) const;
};

}  // namespace winmem::spec
