// All pages of the specification.
#pragma once

#include <memory>

#include "model/rule/page.h"

namespace winmem::spec {

using PageList = std::vector<std::unique_ptr<Page>>;

/// The page of a function of the table: its clauses, from top to bottom.
template <class V, std::size_t N>
void add(PageList& pages, Text function, const Clause<V> (&clauses)[N]) {
  pages.push_back(std::make_unique<PageOf<V>>(function, clauses));
}

void add_virtual_alloc_pages(PageList& pages);
void add_virtual_free_pages(PageList& pages);
void add_virtual_query_pages(PageList& pages);
void add_virtual_protect_pages(PageList& pages);
void add_write_watch_pages(PageList& pages);
void add_heap_pages(PageList& pages);
void add_heap_block_pages(PageList& pages);
void add_heap_query_pages(PageList& pages);
void add_moveable_pages(PageList& pages);
void add_moveable_realloc_pages(PageList& pages);
void add_moveable_query_pages(PageList& pages);
void add_system_pages(PageList& pages);
void add_access_pages(PageList& pages);
void add_setup_pages(PageList& pages);

/// The page of a function; null where a function has none yet.
const Page* page_of(const Function* function);
/// Whether the page of the function has the rule.
bool has_rule(const Function& function, const Rule& rule);
/// Makes the rule wrong on every page that has it, until `restore_rules`; false where it cannot be
/// made wrong so. Not while somebody judges.
bool mutate_rule(const Rule& rule, Mutation mutation);
void restore_rules();

}  // namespace winmem::spec
