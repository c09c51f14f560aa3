// What a value stands for that a program gave where a handle or a pointer is expected.
#pragma once

#include "heap/heap.h"
#include "moveable/table.h"

namespace winmem::moveable {

enum class Kind {
  kNull,
  kObject,     // the handle of a living moveable object
  kBadHandle,  // shaped like a handle, or like nothing, and no living object
  kBlock,      // the address of a living block of the process heap
  kNoBlock,    // shaped like an address, and no living block
};

struct Target {
  Kind kind = Kind::kNull;
  Object* object = nullptr;  // kObject; kBlock: the moveable object whose data this is, or null
  heap::Place place = {};    // kBlock; kObject: its data. No region: the object is discarded
};

// The process heap, locked while this lives.
class Session {
 public:
  Session()
      : heap_(heap::Heap::Process()), guard_(heap_ == nullptr ? nullptr : heap_->LockFor(0)) {}

  // Null: there was no memory for it, so nothing lives in it.
  heap::Heap* Heap() const { return heap_; }

  // Any value may be asked for.
  Target Identify(const void* value) const;

 private:
  heap::Heap* heap_;
  heap::LockGuard guard_;
};

}  // namespace winmem::moveable
