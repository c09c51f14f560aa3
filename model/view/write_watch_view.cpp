#include "model/view/write_watch_view.h"

#include <cstdio>

namespace winmem::spec {
namespace {

constexpr std::uint8_t addresses_field = 0, count_field = 1;

}  // namespace

std::uint64_t WriteWatchView::count(Written written) const {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < allocation->pages.size(); ++i) {
    const Range run{allocation->base + allocation->pages[i].start, allocation->base + allocation->end_of(i)};
    if (allocation->pages[i].written == written && run.meets(range))
      bytes += std::min(run.end, range.end) - std::max(run.begin, range.begin);
  }
  return bytes / system().page;
}

bool WriteWatchView::told(const Seen& seen, std::vector<std::uint64_t>& addresses) const {
  std::uint64_t number = 0;
  const Pattern* list = seen.field_pattern(addresses_field);
  if (!list || !seen.field(count_field, number)) return false;
  if (list->op == Pattern::Op::list)
    for (const Value& value : list->list) addresses.push_back(seen.number(value));
  // A list that nobody wrote is told as untouched.
  const bool stated = list->op == Pattern::Op::list || list->op == Pattern::Op::untouched;
  if (!stated || addresses.size() < number) return false;
  addresses.resize(number);
  return true;
}

bool WriteWatchView::told_right(const Seen& seen) const {
  std::uint64_t number = 0;
  const Pattern* list = seen.field_pattern(addresses_field);
  if (!list || list->op == Pattern::Op::any || !seen.field(count_field, number)) return true;
  std::vector<std::uint64_t> addresses;
  if (number > room() || !told(seen, addresses)) return false;
  if (number == 0 && list->op == Pattern::Op::list && !list->list.empty()) return false;
  std::uint64_t next = range.begin;
  const auto none_written = [&](std::uint64_t end) {
    return next == end ||
           allocation->all({next, end}, [](const Pages& pages) { return pages.written != Written::yes; });
  };
  for (const std::uint64_t page : addresses) {
    if (page < next || page >= range.end || page % system().page != 0) return false;
    if (!none_written(page) || allocation->at(page).written == Written::no) return false;
    next = page + system().page;
  }
  return number == room() || none_written(range.end);
}

void WriteWatchView::learn(const Seen& seen) {
  const bool resets = flags & WRITE_WATCH_FLAG_RESET;
  std::vector<std::uint64_t> addresses;
  if (!told(seen, addresses)) {
    if (resets) allocation->doubt(range, {Written::yes});
    return;
  }
  const bool to_the_end = addresses.empty() || addresses.size() < room();
  const std::uint64_t looked_at = to_the_end ? range.end : addresses.back() + system().page;
  set_written({range.begin, looked_at}, Written::no);
  for (const std::uint64_t page : addresses)
    if (!resets) set_written({page, page + system().page}, Written::yes);
}

std::string WriteWatchView::written_pages() const {
  std::string text;
  unsigned shown = 0;
  for (std::uint64_t page = range.begin; page < range.end && shown < 8; page += system().page) {
    const Written written = allocation->at(page).written;
    if (written == Written::no) continue;
    char one[40];
    (void)std::snprintf(one, sizeof one, " %s%#llx", written == Written::open ? "perhaps " : "",
                        static_cast<unsigned long long>(page));
    text += one;
    ++shown;
  }
  return text.empty() ? "no page of the range was written" : "the written pages are, upwards," + text;
}

}  // namespace winmem::spec
