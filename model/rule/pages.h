// How the sources of the specification hand over their pages.
#pragma once

#include <initializer_list>
#include <memory>

#include "model/rule/page.h"

namespace winmem::spec {

using PageList = std::vector<std::unique_ptr<Page>>;

/// The page of a function of the table: its clauses, from top to bottom.
template <class V, std::size_t N>
void add(PageList& pages, Text function, const Clause<V> (&clauses)[N]) {
  pages.push_back(std::make_unique<PageOf<V>>(function, clauses));
}
/// One page each for functions that have the same.
template <class V, std::size_t N>
void add(PageList& pages, std::initializer_list<Text> functions, const Clause<V> (&clauses)[N]) {
  for (const Text function : functions) add(pages, function, clauses);
}

// One a source of spec/.
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

}  // namespace winmem::spec
