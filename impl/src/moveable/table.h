// The moveable objects of the process, of both families (GA-035), and their handles.
#pragma once

#include <cstdint>

namespace winmem::moveable {

struct Object {
  void* data = nullptr;  // a block of the process heap; null: the object is discarded
  std::uint32_t next_unused = 0;
  std::uint8_t locks = 0;
  bool living = false;
  bool discardable = false;
  bool dde_share = false;
};

// A handle is the address of a slot in a table that programs can read, laid out as on Windows: a
// word of state, then the slot, which holds the address of the data (GA-015..GA-021, GF-020). The
// table is written for them alone; what counts is kept apart from it. A slot that the program has
// made unwritable keeps what it holds. The caller holds the lock of the process heap.
class Table {
 public:
  static constexpr std::uint32_t kObjects = 65536;  // GA-033

  // The table, made by the first call; null: no memory for it, the next call tries again.
  static Table* Get();

  // The living object with this handle, which may be any value; null: there is none.
  static Object* Find(const void* handle);

  // The living object with this number, 0 or one that NumberOf gave; null: there is none. Number 0
  // is nobody's.
  static Object* FindNumber(std::uint32_t number);

  // A new discarded object, to be shown; null: all are in use (GA-034).
  Object* Add();
  void Remove(Object* object);

  void* HandleOf(const Object* object) const;
  std::uint32_t NumberOf(const Object* object) const;

  // Writes an object's state for programs to read. To be called after every change.
  void Show(const Object* object);

 private:
  struct Slot {
    std::uintptr_t state;
    void* data;
  };

  Table() = default;
  void Write(std::uint32_t index, const Slot& slot);

  Object* objects_ = nullptr;
  Slot* slots_ = nullptr;
  std::uint32_t used_ = 0;    // how many objects were ever in use
  std::uint32_t unused_ = 0;  // one more than the index of the object freed last; 0: none
};

}  // namespace winmem::moveable
