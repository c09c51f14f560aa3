// All pages of the specification.
#pragma once

#include <memory>

#include "model/rule/page.h"

namespace winmem::spec {

std::unique_ptr<Page> virtual_alloc_page();
std::unique_ptr<Page> virtual_free_page();
std::unique_ptr<Page> virtual_query_page();
std::unique_ptr<Page> virtual_protect_page();
std::unique_ptr<Page> virtual_lock_page();
std::unique_ptr<Page> virtual_unlock_page();
std::unique_ptr<Page> get_system_info_page();
std::unique_ptr<Page> get_large_page_minimum_page();

std::unique_ptr<Page> heap_create_page();
std::unique_ptr<Page> heap_destroy_page();
std::unique_ptr<Page> process_heap_page();
std::unique_ptr<Page> heap_alloc_page();
std::unique_ptr<Page> heap_realloc_page();
std::unique_ptr<Page> heap_free_page();
std::unique_ptr<Page> heap_size_page();
std::unique_ptr<Page> heap_validate_page();
std::unique_ptr<Page> heap_lock_page();
std::unique_ptr<Page> heap_unlock_page();

// Of the Global or the Local function of that name.
std::unique_ptr<Page> moveable_alloc_page(Text name);
std::unique_ptr<Page> moveable_realloc_page(Text name);
std::unique_ptr<Page> moveable_free_page(Text name);
std::unique_ptr<Page> moveable_lock_page(Text name);
std::unique_ptr<Page> moveable_unlock_page(Text name);
std::unique_ptr<Page> moveable_size_page(Text name);
std::unique_ptr<Page> moveable_flags_page(Text name);
std::unique_ptr<Page> moveable_handle_page(Text name);

std::unique_ptr<Page> get_last_error_page();
std::unique_ptr<Page> set_last_error_page();
std::unique_ptr<Page> raise_exception_page();
std::unique_ptr<Page> add_handler_page();
std::unique_ptr<Page> remove_handler_page();

std::unique_ptr<Page> fill_page();
std::unique_ptr<Page> pattern_page();
std::unique_ptr<Page> read_page();
std::unique_ptr<Page> load_page();
std::unique_ptr<Page> store_page();
std::unique_ptr<Page> execute_page();

/// The page of a function; null where a function has none yet.
const Page* page_of(const Function* function);

}  // namespace winmem::spec
