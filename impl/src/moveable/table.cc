#include "moveable/table.h"

#include "exception/guarded_copy.h"
#include "heap/pages.h"
#include "heap/region.h"

namespace winmem::moveable {

static_assert(Table::kObjects >> heap::kUserBits == 0);

namespace {

// The bits of the state word (GA-017..GA-021).
constexpr std::uintptr_t kUsed = 1;
constexpr std::uintptr_t kMoveable = 2;
constexpr std::uintptr_t kDiscardable = 4;
constexpr std::uintptr_t kDiscarded = 8;
constexpr std::uintptr_t kDdeShare = 0x8000;
constexpr int kLockShift = 16;

constinit Table* table = nullptr;

}  // namespace

// Pages come zeroed, which is what a Table and an Object begin as.
Table* Table::Get() {
  if (table != nullptr) return table;
  static constinit Table instance;
  void* objects = heap::TakePages(kObjects * sizeof(Object));
  void* slots = objects == nullptr ? nullptr : heap::TakePages(kObjects * sizeof(Slot));
  if (slots == nullptr) {
    if (objects != nullptr) heap::GivePages(objects);
    return nullptr;
  }
  instance.objects_ = static_cast<Object*>(objects);
  instance.slots_ = static_cast<Slot*>(slots);
  return table = &instance;
}

Object* Table::Find(const void* handle) {
  if (table == nullptr) return nullptr;
  const auto offset =
      reinterpret_cast<std::uintptr_t>(handle) - reinterpret_cast<std::uintptr_t>(table->slots_);
  if (offset % sizeof(Slot) != sizeof(void*)) return nullptr;
  const std::uintptr_t index = offset / sizeof(Slot);
  return index < kObjects && table->objects_[index].living ? &table->objects_[index] : nullptr;
}

Object* Table::FindNumber(std::uint32_t number) {
  if (table == nullptr || number == 0) return nullptr;
  Object* object = &table->objects_[number - 1];
  return object->living ? object : nullptr;
}

Object* Table::Add() {
  Object* object = nullptr;
  if (unused_ != 0) {
    object = &objects_[unused_ - 1];
    unused_ = object->next_unused;
  } else if (used_ < kObjects) {
    object = &objects_[used_++];
  } else {
    return nullptr;
  }
  *object = Object{.living = true};
  return object;
}

// What programs can read of an object that is none any more: no data, and for state the aligned
// address of what is unused next (GF-020).
void Table::Remove(Object* object) {
  const std::uint32_t number = NumberOf(object);
  *object = Object{.next_unused = unused_};
  const std::uint32_t next = unused_ != 0 ? unused_ - 1 : kObjects;
  Write(number - 1, {reinterpret_cast<std::uintptr_t>(slots_ + next), nullptr});
  unused_ = number;
}

void* Table::HandleOf(const Object* object) const {
  return static_cast<void*>(&slots_[object - objects_].data);
}

std::uint32_t Table::NumberOf(const Object* object) const {
  return static_cast<std::uint32_t>(object - objects_) + 1;
}

void Table::Show(const Object* object) {
  std::uintptr_t state = kUsed | kMoveable | std::uintptr_t{object->locks} << kLockShift;
  if (object->discardable) state |= kDiscardable;
  if (object->data == nullptr) state |= kDiscarded;
  if (object->dde_share) state |= kDdeShare;
  Write(NumberOf(object) - 1, {state, object->data});
}

// Nobody hears of a guard page here, as of one that a system call meets (VQ-098).
void Table::Write(std::uint32_t index, const Slot& slot) {
  const DWORD status = exception::GuardedCopy(&slots_[index], &slot, sizeof slot);
  if (status == STATUS_GUARD_PAGE_VIOLATION) {
    exception::GuardedCopy(&slots_[index], &slot, sizeof slot);
  }
}

}  // namespace winmem::moveable
