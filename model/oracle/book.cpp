// The book: all pages in the order in which people read them, and all rules by number and by id.
#include <cstring>
#include <map>
#include <string_view>

#include "model/spec/pages.h"

namespace winmem::spec {
namespace {

struct Book {
  std::vector<std::unique_ptr<Page>> pages;
  std::vector<const Page*> by_function;
  std::vector<const Rule*> rules;

  Book() {
    for (auto make : {virtual_alloc_page,
                      virtual_free_page,
                      virtual_query_page,
                      virtual_protect_page,
                      virtual_lock_page,
                      virtual_unlock_page,
                      heap_create_page,
                      heap_destroy_page,
                      process_heap_page,
                      heap_alloc_page,
                      heap_realloc_page,
                      heap_free_page,
                      heap_size_page,
                      heap_validate_page,
                      heap_lock_page,
                      heap_unlock_page,
                      get_system_info_page,
                      get_large_page_minimum_page,
                      get_last_error_page,
                      set_last_error_page,
                      raise_exception_page,
                      add_handler_page,
                      remove_handler_page,
                      fill_page,
                      pattern_page,
                      read_page,
                      load_page,
                      store_page,
                      execute_page})
      add(make());
    add(moveable_alloc_page("GlobalAlloc"));
    add(moveable_alloc_page("LocalAlloc"));
    add(moveable_realloc_page("GlobalReAlloc"));
    add(moveable_realloc_page("LocalReAlloc"));
    add(moveable_free_page("GlobalFree"));
    add(moveable_free_page("LocalFree"));
    add(moveable_lock_page("GlobalLock"));
    add(moveable_lock_page("LocalLock"));
    add(moveable_unlock_page("GlobalUnlock"));
    add(moveable_unlock_page("LocalUnlock"));
    add(moveable_size_page("GlobalSize"));
    add(moveable_size_page("LocalSize"));
    add(moveable_flags_page("GlobalFlags"));
    add(moveable_flags_page("LocalFlags"));
    add(moveable_handle_page("GlobalHandle"));
    add(moveable_handle_page("LocalHandle"));
  }

  void add(std::unique_ptr<Page> page) {
    by_function.resize(functions().size);
    by_function[index_of(&page->function())] = page.get();
    // A rule that several pages share is one rule, with one number.
    for (Rule& rule : page->rules()) {
      auto [place, is_new] = numbers_.emplace(rule.id, static_cast<std::uint16_t>(rules.size()));
      rule.index = place->second;
      if (is_new)
        rules.push_back(&rule);
      else
        shared_.insert_or_assign(rule.index, true);
    }
    pages.push_back(std::move(page));
  }

 private:
  std::map<std::string_view, std::uint16_t> numbers_;
  std::map<std::uint16_t, bool> shared_;
};

const Book& book() {
  static const Book the_book;
  return the_book;
}

}  // namespace

const Page* page_of(const Function* function) {
  return book().by_function[index_of(function)];
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
constexpr const char* profile_names[] = {"windows", "documented", "windows-7", "windows-10",
                                         "windows-11"};
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
