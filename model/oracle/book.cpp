// The book: all pages in the order in which people read them, and all rules by number and by id.
#include "model/oracle/book.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <string_view>

#include "model/rule/pages.h"

namespace winmem::spec {
namespace {

struct Book {
  PageList pages;
  std::vector<const Page*> by_function;
  std::vector<const Rule*> rules;

  Book() {
    for (auto add :
         {add_virtual_alloc_pages, add_virtual_free_pages, add_virtual_query_pages,
          add_virtual_protect_pages, add_write_watch_pages, add_heap_pages, add_heap_block_pages,
          add_heap_query_pages, add_moveable_pages, add_moveable_realloc_pages,
          add_moveable_query_pages, add_system_pages, add_access_pages, add_setup_pages})
      add(pages);
    std::sort(pages.begin(), pages.end(), [](const auto& a, const auto& b) {
      return index_of(&a->function()) < index_of(&b->function());
    });
    by_function.resize(functions().size);
    for (const auto& page : pages) number(*page);
  }

 private:
  std::map<std::string_view, std::uint16_t> numbers_;

  void number(Page& page) {
    by_function[index_of(&page.function())] = &page;
    // A rule that several pages share is one rule, with one number.
    for (Rule& rule : page.rules()) {
      auto [place, is_new] = numbers_.emplace(rule.id, static_cast<std::uint16_t>(rules.size()));
      rule.index = place->second;
      if (is_new) rules.push_back(&rule);
    }
  }
};

Book& book() {
  static Book the_book;
  return the_book;
}

}  // namespace

const Page* page_of(const Function* function) {
  return book().by_function[index_of(function)];
}

bool has_rule(const Function& function, const Rule& rule) {
  const Page* page = page_of(&function);
  if (!page) return false;
  const auto& rules = page->rules();
  return std::any_of(rules.begin(), rules.end(),
                     [&](const Rule& one) { return one.index == rule.index; });
}

bool mutate_rule(const Rule& rule, Mutation mutation) {
  bool changed = false;
  for (const auto& page : book().pages)
    for (std::size_t i = 0; i < page->rules().size(); ++i)
      if (page->rules()[i].index == rule.index) changed = page->mutate(i, mutation) || changed;
  return changed;
}

void restore_rules() {
  for (const auto& page : book().pages) page->restore();
}

std::span<const Rule* const> rules() {
  return book().rules;
}

const Rule* find_rule(Text id) {
  for (const Rule* rule : rules())
    if (Text(rule->id, std::strlen(rule->id)) == id) return rule;
  return nullptr;
}

const char* name_of(Rule::Kind kind) {
  switch (kind) {
    case Rule::Kind::check:
      return "check";
    case Rule::Kind::effect:
      return "effect";
    case Rule::Kind::promise:
      return "promise";
    case Rule::Kind::unspecified:
      return "unspecified";
    case Rule::Kind::undefined:
      return "undefined";
  }
  return "";
}

namespace {
constexpr const char* profile_names[] = {"windows",    "documented", "windows-7",
                                         "windows-10", "windows-11", "x86"};
}

bool profile_named(Text name, Profile& profile) {
  for (unsigned i = 0; i < std::size(profile_names); ++i)
    if (Text(profile_names[i], std::strlen(profile_names[i])) == name) {
      profile = static_cast<Profile>(i);
      return true;
    }
  return false;
}

const char* name_of(Profile profile) {
  return profile_names[static_cast<unsigned>(profile)];
}

}  // namespace winmem::spec
