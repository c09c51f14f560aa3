// VirtualQuery as its page sees it: the page of which it tells.
#pragma once

#include "model/rule/clause.h"
#include "model/view/protection.h"

namespace winmem::spec {

struct VirtualQueryView : View {
  std::uint64_t address, length;
  std::uint64_t page;      ///< the address rounded down
  Allocation* allocation;  ///< null: none of the script's
  bool low;                ///< in the first 64 KiB, which are free (VQ-708)
  bool free;               ///< it is certain that nothing lives there
  Block* block;            ///< a heap block of the script that holds the address

  explicit VirtualQueryView(View base) : View(base) {
    address = argument[0];
    length = argument[2];
    page = state.page_down(address);
    allocation = state.space.find(page);
    low = address < 0x10000 && system().bits == 64;
    free = !allocation && (low || state.surely_free(page));
    block = allocation ? nullptr : state.blocks.find(address);
  }

  std::uint64_t structure() const { return structure_size(function, system().bits); }
  bool told() const { return allocation && !allocation->physical; }
  bool known() const { return told() && allocation->extent != Extent::some_page; }
  bool whole() const { return told() && allocation->extent == Extent::whole; }
  /// A page that is written becomes the program's own, and its protection another (VQ-025).
  bool copies() const { return allocation->view() && copies_on_write(pages().protection); }
  const Pages& pages() const { return allocation->at(page); }
  /// Whether the system meets a guard page of the script where it should write the answer, and nothing else.
  bool guarded_buffer() const {
    const Allocation* owner = agents_own(1) ? nullptr : state.space.find(argument[1]);
    const bool in_page = state.page_down(argument[1]) == state.page_down(argument[1] + structure() - 1);
    return owner && in_page && length >= structure() && (owner->at(argument[1]).protection & PAGE_GUARD);
  }
  /// What is told of one of the allocation's protections.
  Expect told_protection(std::uint32_t protection) const {
    return copies() ? any() : reported(*allocation, protection);
  }
  /// From the page to the end of those like it; which those are is not known where the protection is in doubt.
  Expect region_size() const {
    const bool varies = allocation->caching_open || copies();
    return varies ? at_least(system().page) : equal(allocation->end_of_run(page) - page);
  }

  /// The data of a moveable object stays where it is only while the object is locked.
  bool steady_block() const {
    const Moveable* owner = block ? state.object(block->object) : nullptr;
    return block && block->size != 0 && (block->owner != Owner::moveable || (owner && owner->locks));
  }

  bool tainted() const { return (allocation && allocation->tainted) || (block && block->tainted); }
};

}  // namespace winmem::spec
